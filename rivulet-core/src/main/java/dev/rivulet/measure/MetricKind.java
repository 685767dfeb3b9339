package dev.rivulet.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the values of a metric are. The ordinal is stored: append, never reorder. */
public enum MetricKind {
  /** A level, such as a queue's depth: the last value counts. */
  GAUGE,
  /** Increments, such as orders: their sum counts. */
  COUNTER,
  /** Single values, such as response times: their distribution counts. */
  HISTOGRAM;

  /** The word of the API, for example {@code gauge}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a word, null when there is none. */
  public static @Nullable MetricKind of(String word) {
    for (MetricKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return null;
  }
}
