/**
 * The proof of exactly once: kills, pauses, cuts and rivals under load, then a recount. Each suite
 * prints its seed; {@code -Drivulet.faults.seed=…} repeats it.
 */
@NullMarked
package dev.rivulet.testkit.faults;

import org.jspecify.annotations.NullMarked;
