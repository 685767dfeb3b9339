/** Projects and the keys that open their doors. */
@NullMarked
package dev.rivulet.projects;

import org.jspecify.annotations.NullMarked;
