/** Funnels against the naive evaluator, whatever order events arrive in. */
@NullMarked
package dev.rivulet.testkit.funnels;

import org.jspecify.annotations.NullMarked;
