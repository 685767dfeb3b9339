package dev.rivulet.definitions;

import org.jspecify.annotations.Nullable;

/** Somebody else has changed the definition since it was read; nothing was changed now. */
public final class DefinitionConflict extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final @Nullable Integer current;

  DefinitionConflict(String name, int expected, @Nullable Integer current) {
    super(
        "'"
            + name
            + (expected == 0
                ? "' was expected not to be defined"
                : "' was expected to be at revision " + expected)
            + (current == null ? ", but is not defined" : ", but is at revision " + current)
            + ": read it again, and repeat the change if it is still wanted");
    this.current = current;
  }

  /** The newest revision there is, or null when nothing is defined under the name. */
  public @Nullable Integer current() {
    return current;
  }
}
