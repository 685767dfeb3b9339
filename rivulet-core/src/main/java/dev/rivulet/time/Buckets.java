package dev.rivulet.time;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The buckets that a series has over a range. The first starts where the range starts, the last
 * ends where it ends; those between follow the calendar. Immutable.
 */
public final class Buckets {
  /** The most buckets a series may have. */
  public static final int MOST = 10_000;

  private final long[] edges;

  private Buckets(long[] edges) {
    this.edges = edges;
  }

  /**
   * @throws IllegalArgumentException when the range would have more than {@link #MOST} buckets
   */
  public static Buckets of(TimeRange range, Step step, ZoneId zone) {
    if (range.millis() / step.nominalMillis() > MOST) {
      throw new IllegalArgumentException(
          "step "
              + step.text()
              + " gives more than "
              + MOST
              + " buckets over this range: take a wider step or a shorter range");
    }
    var edges = new ArrayList<Long>();
    edges.add(range.from());
    for (long edge = step.next(range.from(), zone);
        edge < range.to();
        edge = step.next(edge, zone)) {
      edges.add(edge);
    }
    edges.add(range.to());
    return new Buckets(edges.stream().mapToLong(Long::longValue).toArray());
  }

  /** Buckets of {@code millis} each, whatever the calendar says. */
  public static Buckets even(TimeRange range, long millis) {
    int count = Math.toIntExact((range.millis() + millis - 1) / millis);
    long[] edges = new long[count + 1];
    for (int i = 0; i < count; i++) {
      edges[i] = range.from() + i * millis;
    }
    edges[count] = range.to();
    return new Buckets(edges);
  }

  public int count() {
    return edges.length - 1;
  }

  /** First moment of bucket {@code index}, in epoch milliseconds. */
  public long start(int index) {
    return edges[index];
  }

  /** First moment after bucket {@code index}, in epoch milliseconds. */
  public long end(int index) {
    return edges[index + 1];
  }

  /** The bucket that holds {@code time}, or -1 when it is outside the range. */
  public int indexOf(long time) {
    if (time < edges[0] || time >= edges[edges.length - 1]) {
      return -1;
    }
    int found = Arrays.binarySearch(edges, time);
    return found >= 0 ? found : -found - 2;
  }
}
