package dev.rivulet.boards;

import org.jspecify.annotations.Nullable;

/** Somebody else has changed the board since it was read; nothing was changed now. */
public final class BoardConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  BoardConflict(String name, int expected, @Nullable Integer current) {
    super(
        (expected == 0
                ? "'" + name + "' was expected not to be there"
                : "'" + name + "' was expected to be at revision " + expected)
            + (current == null ? ", but there is no such board" : ", but is at revision " + current)
            + ": read it again, and repeat the change if it is still wanted");
  }
}
