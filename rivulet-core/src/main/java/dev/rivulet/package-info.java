/** Rivulet, the library: real-time analytics inside an application, exactly once, on Redis. */
@NullMarked
package dev.rivulet;

import org.jspecify.annotations.NullMarked;
