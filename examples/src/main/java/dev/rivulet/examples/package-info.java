/** Rivulet inside an application, in a few lines each. */
@NullMarked
package dev.rivulet.examples;

import org.jspecify.annotations.NullMarked;
