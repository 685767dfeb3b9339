/**
 * What was measured: the current value of a metric, its history and percentiles, by tag and node.
 */
@NullMarked
package dev.rivulet.views.metrics;

import org.jspecify.annotations.NullMarked;
