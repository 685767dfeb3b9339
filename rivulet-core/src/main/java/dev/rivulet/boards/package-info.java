/** Boards: tiles over queries, arranged by hand, saved for everybody who reads the project. */
@NullMarked
package dev.rivulet.boards;

import org.jspecify.annotations.NullMarked;
