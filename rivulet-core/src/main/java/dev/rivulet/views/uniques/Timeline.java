package dev.rivulet.views.uniques;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stored hours of a range and the buckets they belong to. Every bucket is made of whole stored
 * hours. Immutable.
 */
final class Timeline {
  /** Days one question may touch. */
  static final int MOST_DAYS = 800;

  /** The bucket of an hour that is outside the range. */
  static final int OUTSIDE = -1;

  private static final long DAY_MILLIS = Step.DAY.nominalMillis();

  private final List<DayHours> days = new ArrayList<>();
  private final Step step;
  private final long[] edges;
  private final int[][] bucketOf;

  /**
   * @param home the zone of the stored hours
   * @param shown the zone of the buckets
   * @throws IllegalArgumentException when the range is too long or hours of the zones do not fit
   */
  Timeline(Range asked, long now, Step step, ZoneId home, ZoneId shown) {
    this.step = step;
    TimeRange range = asked.at(now);
    addDays(range, home);
    DayHours first = days.get(0);
    DayHours last = days.get(days.size() - 1);
    long from = first.edge(first.indexOf(range.from()));
    long to = last.edge(last.indexOf(range.to() - 1) + 1);
    this.edges = edges(new TimeRange(from, to), shown);
    this.bucketOf = new int[days.size()][];
    assign(home, shown);
  }

  private void addDays(TimeRange range, ZoneId home) {
    for (long time : new long[] {range.from(), range.to() - 1}) {
      if (!DayHours.covers(time)) {
        throw new IllegalArgumentException(
            "range reaches " + time + " ms: it must be between the years 1 and 9999");
      }
    }
    if (range.millis() / DAY_MILLIS > MOST_DAYS) {
      throw new IllegalArgumentException(
          "range of "
              + range.millis() / DAY_MILLIS
              + " days is too long: people are counted over"
              + " at most "
              + MOST_DAYS
              + " days");
    }
    DayHours day = DayHours.of(range.from(), home);
    days.add(day);
    while (day.end() < range.to()) {
      day = DayHours.of(day.end(), home);
      days.add(day);
    }
  }

  private long[] edges(TimeRange range, ZoneId shown) {
    var found = new ArrayList<Long>();
    if (step == Step.HOUR) {
      DayHours day = DayHours.of(range.from(), shown);
      for (long time = range.from(); time < range.to(); ) {
        found.add(time);
        time = day.edge(day.indexOf(time) + 1);
        day = day.contains(time) ? day : DayHours.of(time, shown);
      }
      if (found.size() > Buckets.MOST) {
        throw new IllegalArgumentException(
            "step 1h gives more than "
                + Buckets.MOST
                + " buckets over this range: take a wider step or a shorter range");
      }
    } else {
      Buckets buckets = Buckets.of(range, step, shown);
      for (int i = 0; i < buckets.count(); i++) {
        found.add(buckets.start(i));
      }
    }
    found.add(range.to());
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  private void assign(ZoneId home, ZoneId shown) {
    int aligned = 0;
    for (int d = 0; d < days.size(); d++) {
      DayHours day = days.get(d);
      bucketOf[d] = new int[DayHours.MOST];
      Arrays.fill(bucketOf[d], OUTSIDE);
      for (int hour = 0; hour < day.count(); hour++) {
        int found = Arrays.binarySearch(edges, day.edge(hour));
        int bucket = found >= 0 ? found : -found - 2;
        if (bucket < buckets() && bucket >= 0) {
          bucketOf[d][hour] = bucket;
          aligned += found >= 0 ? 1 : 0;
        }
      }
    }
    if (aligned != buckets()) {
      throw new ZonesApart(
          "time zone "
              + shown
              + " differs from the project's, "
              + home
              + ", by a part of an hour:"
              + " people are kept per hour of "
              + home
              + ", which cannot be cut. Ask in a zone that"
              + " differs by whole hours");
    }
  }

  List<DayHours> days() {
    return days;
  }

  int buckets() {
    return edges.length - 1;
  }

  long start(int bucket) {
    return edges[bucket];
  }

  long end(int bucket) {
    return edges[bucket + 1];
  }

  /** The bucket of each hour of day {@code day}, {@link #OUTSIDE} where it has none. */
  int[] bucketsOf(int day) {
    return bucketOf[day];
  }

  String from() {
    return Times.iso(edges[0]);
  }

  String to() {
    return Times.iso(edges[edges.length - 1]);
  }
}
