package dev.rivulet.views.metrics;

import dev.rivulet.measure.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is asked about values. */
public enum Stat {
  COUNT,
  SUM,
  MEAN,
  MIN,
  MAX,
  LAST,
  /** The sum per second. */
  RATE,
  P50,
  P90,
  P95,
  P99,
  P999;

  /** The words of the API. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Stat::word).toList();
  }

  /** The word of the API, for example {@code p95}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The stat of a word.
   *
   * @throws IllegalArgumentException naming the word and those that are known
   */
  public static Stat of(String word) {
    for (Stat stat : values()) {
      if (stat.word().equals(word)) {
        return stat;
      }
    }
    throw new IllegalArgumentException(
        "stat '" + word + "' is not one of " + String.join(", ", words()));
  }

  /** Whether it is exact whatever the values are. */
  public boolean exact() {
    return compareTo(P50) < 0;
  }

  /**
   * The number, infinite where a sum is larger than any double.
   *
   * @param values at least one
   * @param seconds how long they took, for a rate
   */
  double of(Summary values, double seconds) {
    return switch (this) {
      case COUNT -> values.count();
      case SUM -> values.sum();
      case MEAN -> values.mean();
      case MIN -> values.min();
      case MAX -> values.max();
      case LAST -> values.last();
      case RATE -> values.sum() / seconds;
      case P50 -> values.percentile(0.5);
      case P90 -> values.percentile(0.9);
      case P95 -> values.percentile(0.95);
      case P99 -> values.percentile(0.99);
      case P999 -> values.percentile(0.999);
    };
  }
}
