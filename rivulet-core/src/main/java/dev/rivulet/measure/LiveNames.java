package dev.rivulet.measure;

import dev.rivulet.event.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The names of one sort that the series of a metric have: nodes, tags, or the values of a tag.
 * There is room for a new one while fewer than {@code most} were heard of within a day.
 */
final class LiveNames {
  private final int most;
  private final Iterable<SeriesBook.Series> series;
  private final Function<SeriesBook.Series, Collection<String>> names;

  /** By name how many series have it. */
  private final Map<String, Integer> held = new HashMap<>();

  /** So many are known to be heard of within the day before any earlier moment. */
  private long fullUntil = Long.MIN_VALUE;

  LiveNames(
      int most,
      Iterable<SeriesBook.Series> series,
      Function<SeriesBook.Series, Collection<String>> names) {
    this.most = most;
    this.series = series;
    this.names = names;
  }

  void add(SeriesBook.Series one) {
    names.apply(one).forEach(name -> held.merge(name, 1, Integer::sum));
  }

  void remove(SeriesBook.Series one) {
    names.apply(one).forEach(name -> held.computeIfPresent(name, (n, c) -> c == 1 ? null : c - 1));
    fullUntil = Long.MIN_VALUE;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  boolean contains(String name) {
    return held.containsKey(name);
  }

  /** Whether {@code name} is told apart in a sample that arrived at {@code at}. */
  boolean tells(String name, long at) {
    return held.containsKey(name)
        || name.equals(Limits.OTHER)
        || held.size() < most
        || (at >= fullUntil && hasRoom(at));
  }

  private boolean hasRoom(long at) {
    Map<String, Long> heard = new HashMap<>();
    for (SeriesBook.Series one : series) {
      if (one.heard() > at - SeriesBook.SILENT_MILLIS) {
        names.apply(one).forEach(name -> heard.merge(name, one.heard(), Math::max));
      }
    }
    heard.remove(Limits.OTHER);
    if (heard.size() < most) {
      return true;
    }
    // They are only ever heard of later, so none of them is silent before this.
    long first = heard.values().stream().mapToLong(Long::longValue).min().orElse(at);
    fullUntil = first + SeriesBook.SILENT_MILLIS;
    return false;
  }
}
