package dev.rivulet.views.funnels;

import java.util.Locale;

/** What a funnel counts. */
public enum Count {
  /** Each person once in a range, with their best attempt. */
  PEOPLE,
  /** Each session once, with its best attempt; only what happened in the session counts. */
  SESSIONS,
  /** Every attempt. */
  ENTRIES;

  /** As the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
