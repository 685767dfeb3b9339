package dev.rivulet.boards;

import java.util.Locale;

/**
 * What a number means from here on upwards, to the next threshold.
 *
 * @param from the smallest value it is true of
 */
public record Threshold(double from, Level level) {
  /** How a number is to be taken. */
  public enum Level {
    GOOD,
    WARN,
    BAD;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
