/** The naive twins against numbers worked out by hand. */
@NullMarked
package dev.rivulet.testkit.naive;

import org.jspecify.annotations.NullMarked;
