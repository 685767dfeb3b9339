/** Measures inside an application: values are folded where they arise and shipped every second. */
@NullMarked
package dev.rivulet.recorder;

import org.jspecify.annotations.NullMarked;
