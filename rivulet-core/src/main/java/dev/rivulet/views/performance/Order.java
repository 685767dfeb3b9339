package dev.rivulet.views.performance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which endpoints come first: those with the most, or, by Apdex, the least. */
public enum Order {
  REQUESTS("requests"),
  /** Those that took the most time of all: where the server is kept busy. */
  TOTAL_MILLIS("totalMillis"),
  MEAN("mean"),
  MAX("max"),
  P50("p50"),
  P90("p90"),
  P95("p95"),
  P99("p99"),
  P999("p999"),
  ERROR_RATE("errorRate"),
  APDEX("apdex");

  private final String word;

  Order(String word) {
    this.word = word;
  }

  /** The word of the API, the name of the field that is sorted by. */
  public String word() {
    return word;
  }

  /** The words that are known. */
  public static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Order order : values()) {
      words.add(order.word);
    }
    return words;
  }

  /**
   * The order of a word.
   *
   * @throws IllegalArgumentException naming the words that are known
   */
  public static Order parse(String word) {
    for (Order order : values()) {
      if (order.word.equals(word)) {
        return order;
      }
    }
    throw new IllegalArgumentException(
        "sort '" + word + "' is not one of " + String.join(", ", words()));
  }

  /** What has no data comes last. */
  Comparator<Figures> comparator() {
    return Comparator.comparing(this::rank, Comparator.nullsLast(Comparator.reverseOrder()));
  }

  private @Nullable Double rank(Figures figures) {
    return switch (this) {
      case REQUESTS -> (double) figures.requests();
      case TOTAL_MILLIS -> figures.totalMillis();
      case MEAN -> figures.mean();
      case MAX -> figures.max();
      case P50 -> figures.p50();
      case P90 -> figures.p90();
      case P95 -> figures.p95();
      case P99 -> figures.p99();
      case P999 -> figures.p999();
      case ERROR_RATE -> figures.errorRate();
      case APDEX -> figures.apdex() == null ? null : (Double) (-figures.apdex());
    };
  }
}
