package dev.rivulet.views.retention;

import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole periods that a range touches, none that begins after now. They follow each other
 * without gap. Immutable.
 */
final class Periods {
  /** Periods of one question. */
  static final int MOST = 400;

  private final Period period;
  private final ZoneId zone;
  private final long[] edges;
  private final long now;

  private Periods(Period period, ZoneId zone, long[] edges, long now) {
    this.period = period;
    this.zone = zone;
    this.edges = edges;
    this.now = now;
  }

  /**
   * @param range null for the usual one: 14 days, 12 weeks or 12 months, this one included
   * @throws IllegalArgumentException when there are more than {@link #MOST}
   */
  static Periods of(@Nullable Range range, Period period, ZoneId zone, long now) {
    Step step = period.step();
    long end = step.next(now, zone);
    long from;
    long to = end;
    if (range == null) {
      from = usualStart(period, zone, now);
    } else {
      TimeRange asked = range.at(now);
      from = step.floor(asked.from(), zone);
      to = Math.min(asked.to(), end);
      if ((to - from) / step.nominalMillis() > MOST + 1) {
        throw tooMany(asked, period);
      }
    }
    var edges = new ArrayList<Long>();
    for (long edge = from; edge < to; edge = step.next(edge, zone)) {
      edges.add(edge);
    }
    if (edges.size() > MOST) {
      throw tooMany(new TimeRange(from, to), period);
    }
    edges.add(edges.isEmpty() ? from : step.next(edges.get(edges.size() - 1), zone));
    return new Periods(period, zone, array(edges), now);
  }

  private static long usualStart(Period period, ZoneId zone, long now) {
    LocalDate first = dateOf(period.step().floor(now, zone), zone);
    LocalDate start =
        switch (period) {
          case DAY -> first.minusDays(13);
          case WEEK -> first.minusWeeks(11);
          case MONTH -> first.minusMonths(11);
        };
    return start.atStartOfDay(zone).toEpochSecond() * 1000;
  }

  private static IllegalArgumentException tooMany(TimeRange range, Period period) {
    return new IllegalArgumentException(
        "the range from "
            + Instant.ofEpochMilli(range.from())
            + " has more than "
            + MOST
            + " periods of a "
            + period.word()
            + ": take a shorter range or a longer period");
  }

  /** The same with the period before the first. */
  Periods withOneBefore() {
    long[] more = new long[edges.length + 1];
    System.arraycopy(edges, 0, more, 1, edges.length);
    more[0] = period.step().floor(edges[0] - 1, zone);
    return new Periods(period, zone, more, now);
  }

  /** The days of these periods. */
  Periods days() {
    List<Long> days = new ArrayList<>();
    for (long edge = edges[0]; edge < end(); edge = Step.DAY.next(edge, zone)) {
      days.add(edge);
    }
    days.add(end());
    return new Periods(Period.DAY, zone, array(days), now);
  }

  Period period() {
    return period;
  }

  ZoneId zone() {
    return zone;
  }

  int count() {
    return edges.length - 1;
  }

  /** First moment of the first period, in epoch milliseconds. */
  long start() {
    return edges[0];
  }

  /** First moment after the last. */
  long end() {
    return edges[edges.length - 1];
  }

  long start(int index) {
    return edges[index];
  }

  long end(int index) {
    return edges[index + 1];
  }

  /** Whether a period is over. */
  boolean isFinished(int index) {
    return edges[index + 1] <= now;
  }

  /** The period that holds {@code time}; -1 before the first and after the last. */
  int indexOf(long time) {
    if (time < edges[0] || time >= end()) {
      return -1;
    }
    int found = Arrays.binarySearch(edges, time);
    return found >= 0 ? found : -found - 2;
  }

  /** The first day of the first period, in days since 1970-01-01. */
  int firstDay() {
    return Math.toIntExact(dateOf(edges[0], zone).toEpochDay());
  }

  /** The number under which the set of a period is kept. */
  int number(int index) {
    return period.number(Math.toIntExact(dateOf(edges[index], zone).toEpochDay()));
  }

  private static LocalDate dateOf(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
  }

  private static long[] array(List<Long> edges) {
    return edges.stream().mapToLong(Long::longValue).toArray();
  }
}
