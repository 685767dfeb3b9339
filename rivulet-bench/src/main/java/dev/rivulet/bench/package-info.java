/**
 * Measures Rivulet from outside, as a separate process over HTTP, beside {@code redis-benchmark},
 * nginx and the naive way on the same machine in the same run. {@code docs/benchmark.md} says how
 * each figure is taken.
 */
@NullMarked
package dev.rivulet.bench;

import org.jspecify.annotations.NullMarked;
