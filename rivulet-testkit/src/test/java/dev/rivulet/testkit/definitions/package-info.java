/** Definitions: filled, redefined, deleted, and recounted. */
@NullMarked
package dev.rivulet.testkit.definitions;

import org.jspecify.annotations.NullMarked;
