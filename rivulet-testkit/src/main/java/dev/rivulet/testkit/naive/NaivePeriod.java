package dev.rivulet.testkit.naive;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Hours, days, weeks from Monday and months of a time zone, as its calendar has them. */
public enum NaivePeriod {
  HOUR,
  DAY,
  WEEK,
  MONTH;

  /**
   * From {@code start} until before {@code end}, in epoch milliseconds.
   *
   * @param start the first millisecond
   * @param end the first millisecond after it
   */
  public record Span(long start, long end) {
    /** Whether {@code time} lies in it. */
    public boolean holds(long time) {
      return start <= time && time < end;
    }
  }

  /** The period that {@code time} falls in. */
  public Span around(long time, ZoneId zone) {
    ZonedDateTime local = Instant.ofEpochMilli(time).atZone(zone);
    LocalDate date = local.toLocalDate();
    return switch (this) {
      case HOUR -> {
        ZonedDateTime hour = local.truncatedTo(ChronoUnit.HOURS);
        yield span(hour, hour.plusHours(1));
      }
      case DAY -> days(date, date.plusDays(1), zone);
      case WEEK -> {
        LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        yield days(monday, monday.plusWeeks(1), zone);
      }
      case MONTH -> {
        LocalDate first = date.withDayOfMonth(1);
        yield days(first, first.plusMonths(1), zone);
      }
    };
  }

  /** The whole periods that overlap the range, in order. */
  public List<Span> covering(long from, long to, ZoneId zone) {
    List<Span> spans = new ArrayList<>();
    for (long at = from; at < to; at = spans.get(spans.size() - 1).end()) {
      spans.add(around(at, zone));
    }
    return spans;
  }

  /** The range cut into periods; the first and the last may be cut short. */
  public List<Span> cutting(long from, long to, ZoneId zone) {
    return covering(from, to, zone).stream()
        .map(span -> new Span(Math.max(from, span.start), Math.min(to, span.end)))
        .toList();
  }

  private static Span days(LocalDate first, LocalDate next, ZoneId zone) {
    return span(first.atStartOfDay(zone), next.atStartOfDay(zone));
  }

  private static Span span(ZonedDateTime start, ZonedDateTime end) {
    return new Span(start.toInstant().toEpochMilli(), end.toInstant().toEpochMilli());
  }
}
