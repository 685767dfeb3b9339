/** Measurements: samples, series and what many values add up to. Shared by the rooms. */
@NullMarked
package dev.rivulet.measure;

import org.jspecify.annotations.NullMarked;
