package dev.rivulet.server.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A series as a row of block characters, from zero to the largest value. No data is a blank, zero
 * the thinnest line, and what is more than zero always shows as more.
 */
final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * Draws the values, null standing for no data.
   *
   * @param maxWidth with more values than this, neighbours share a character and its largest shows
   */
  static String of(List<@Nullable Double> values, int maxWidth) {
    var shown = fit(values, maxWidth);
    var top = 0.0;
    for (var value : shown) {
      top = Math.max(top, value == null ? 0 : value);
    }
    var line = new StringBuilder();
    for (var value : shown) {
      line.append(value == null ? ' ' : LEVELS.charAt(level(value, top)));
    }
    return line.toString();
  }

  private static int level(double value, double top) {
    if (value <= 0 || top <= 0) {
      return 0;
    }
    var highest = LEVELS.length() - 1;
    return Math.max(1, (int) Math.round(value / top * highest));
  }

  private static List<@Nullable Double> fit(List<@Nullable Double> values, int maxWidth) {
    if (values.size() <= maxWidth) {
      return values;
    }
    var fitted = new ArrayList<@Nullable Double>();
    for (var cell = 0; cell < maxWidth; cell++) {
      var from = (int) ((long) cell * values.size() / maxWidth);
      var to = (int) ((cell + 1L) * values.size() / maxWidth);
      Double most = null;
      for (var value : values.subList(from, to)) {
        if (value != null && (most == null || value > most)) {
          most = value;
        }
      }
      fitted.add(most);
    }
    return fitted;
  }
}
