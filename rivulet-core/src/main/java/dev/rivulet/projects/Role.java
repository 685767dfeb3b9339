package dev.rivulet.projects;

import java.util.Locale;

/** What a key opens. */
public enum Role {
  /** May only send events. */
  WRITE,
  /** May only ask. */
  READ,
  /** May do all. */
  ADMIN;

  /** Lower-case word, for example {@code write}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
