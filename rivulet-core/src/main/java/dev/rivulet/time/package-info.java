/** Ranges, steps and buckets of time, in any zone, daylight saving included. */
@NullMarked
package dev.rivulet.time;

import org.jspecify.annotations.NullMarked;
