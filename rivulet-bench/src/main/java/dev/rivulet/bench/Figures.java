package dev.rivulet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was measured, in the order it was measured, as a table and as JSON. One thread only. */
final class Figures {
  private final List<Figure> figures = new ArrayList<>();

  /**
   * What a figure must reach, and what it aims at.
   *
   * @param least true if more is better
   * @param aim the bound itself where there is no further aim
   */
  record Target(boolean least, double bound, double aim) {
    static Target atLeast(double bound, double aim) {
      return new Target(true, bound, aim);
    }

    static Target atMost(double bound, double aim) {
      return new Target(false, bound, aim);
    }

    boolean met(double value) {
      return least ? value >= bound : value <= bound;
    }

    private String text() {
      String text = (least ? "≥ " : "≤ ") + number(bound);
      return aim == bound ? text : text + " (aim " + number(aim) + ")";
    }
  }

  /** A median over rounds; a figure that is taken once has one round. */
  private record Figure(
      String key, String title, String unit, List<Double> rounds, @Nullable Target target) {
    double value() {
      double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private String mark() {
      return target == null ? "" : target.met(value()) ? "✓" : "✗";
    }
  }

  void add(String key, String title, String unit, double... rounds) {
    add(key, title, unit, null, rounds);
  }

  void add(String key, String title, String unit, @Nullable Target target, double... rounds) {
    figures.add(new Figure(key, title, unit, Arrays.stream(rounds).boxed().toList(), target));
  }

  /** The figure of that key, empty if its stage did not run. */
  Optional<Double> value(String key) {
    return figures.stream().filter(f -> f.key().equals(key)).map(Figure::value).findFirst();
  }

  String table() {
    int width = figures.stream().mapToInt(f -> f.title().length()).max().orElse(0);
    String row = "%-" + width + "s  %12s %-9s  %-20s  %s%n";
    var table = new StringBuilder(row.formatted("figure", "measured", "", "target", ""));
    for (var figure : figures) {
      var target = figure.target();
      table.append(
          row.formatted(
              figure.title(),
              number(figure.value()),
              figure.unit(),
              target == null ? "" : target.text(),
              figure.mark()));
    }
    return table.toString();
  }

  void writeTo(ObjectNode json) {
    var all = json.putArray("figures");
    for (var figure : figures) {
      var one = all.addObject();
      one.put("key", figure.key()).put("title", figure.title()).put("unit", figure.unit());
      one.put("value", figure.value());
      var rounds = one.putArray("rounds");
      figure.rounds().forEach(rounds::add);
      var target = figure.target();
      if (target != null) {
        one.put(target.least() ? "atLeast" : "atMost", target.bound());
        one.put("aim", target.aim()).put("met", target.met(figure.value()));
      }
    }
  }

  /** Three significant digits below 100, whole numbers above. */
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
