package dev.rivulet.time;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Durations as the API writes them: {@code 90s}, {@code 15m}, {@code 1h}, {@code 7d}, {@code 2w}.
 */
public final class Durations {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException naming the value and the right form
   */
  public static Duration parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "duration '" + text + "' is not a number with a unit, such as 90s, 15m, 1h or 7d");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofDays(7 * amount);
    };
  }
}
