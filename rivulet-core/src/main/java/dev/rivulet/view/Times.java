package dev.rivulet.view;

import java.time.Instant;

/** Times as answers give them. */
public final class Times {
  private Times() {}

  /** ISO-8601 in UTC, for example {@code 2026-11-22T10:00:00Z}. */
  public static String iso(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
