package dev.rivulet.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;

/** The width of a bucket of a series. Days, weeks and months follow the calendar of a zone. */
public enum Step {
  MINUTE("1m", 60_000),
  QUARTER("15m", 900_000),
  HOUR("1h", 3_600_000),
  DAY("1d", 86_400_000),
  WEEK("1w", 7 * 86_400_000L),
  MONTH("1M", 30 * 86_400_000L);

  private final String text;
  private final long nominalMillis;

  Step(String text, long nominalMillis) {
    this.text = text;
    this.nominalMillis = nominalMillis;
  }

  /** The word of the API, for example {@code 15m}. */
  public String text() {
    return text;
  }

  /** Usual width in milliseconds; a day of a daylight-saving change is longer or shorter. */
  public long nominalMillis() {
    return nominalMillis;
  }

  /**
   * @throws IllegalArgumentException naming the value and the words that are known
   */
  public static Step parse(String text) {
    for (Step step : values()) {
      if (step.text.equals(text)) {
        return step;
      }
    }
    throw new IllegalArgumentException("step '" + text + "' is not one of 1m, 15m, 1h, 1d, 1w, 1M");
  }

  /** A step that draws {@code range} in about thirty to a hundred buckets. */
  public static Step fitting(TimeRange range) {
    long millis = range.millis();
    for (Step step : values()) {
      if (millis / step.nominalMillis <= 100) {
        return step;
      }
    }
    return MONTH;
  }

  /** Start of the bucket that holds {@code time}, both in epoch milliseconds. */
  public long floor(long time, ZoneId zone) {
    if (this == MINUTE) {
      return Math.floorDiv(time, nominalMillis) * nominalMillis;
    }
    ZonedDateTime at = Instant.ofEpochMilli(time).atZone(zone);
    if (this == QUARTER || this == HOUR) {
      long offset = at.getOffset().getTotalSeconds() * 1000L;
      long start = Math.floorDiv(time + offset, nominalMillis) * nominalMillis - offset;
      // Where clocks move by half an hour, the change ends one bucket and begins another.
      ZoneOffsetTransition change =
          zone.getRules().previousTransition(Instant.ofEpochMilli(time + 1));
      return change == null ? start : Math.max(start, change.toEpochSecond() * 1000);
    }
    LocalDate day = at.toLocalDate();
    LocalDate first =
        switch (this) {
          case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> day.withDayOfMonth(1);
          default -> day;
        };
    return startOf(first, zone);
  }

  /** Start of the bucket after the one that holds {@code time}. */
  public long next(long time, ZoneId zone) {
    if (this == MINUTE) {
      return floor(time, zone) + nominalMillis;
    }
    if (this == QUARTER || this == HOUR) {
      return nextClock(time, zone);
    }
    LocalDate day = Instant.ofEpochMilli(floor(time, zone)).atZone(zone).toLocalDate();
    LocalDate following =
        switch (this) {
          case WEEK -> day.plusWeeks(1);
          case MONTH -> day.plusMonths(1);
          default -> day.plusDays(1);
        };
    return startOf(following, zone);
  }

  private long nextClock(long time, ZoneId zone) {
    Instant instant = Instant.ofEpochMilli(time);
    long offset = zone.getRules().getOffset(instant).getTotalSeconds() * 1000L;
    long next = (Math.floorDiv(time + offset, nominalMillis) + 1) * nominalMillis - offset;
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant);
    return change == null ? next : Math.min(next, change.toEpochSecond() * 1000);
  }

  private static long startOf(LocalDate day, ZoneId zone) {
    LocalDateTime midnight = day.atStartOfDay();
    return midnight
        .atZone(zone) // a midnight that a change skips moves to the first moment of that day
        .truncatedTo(ChronoUnit.SECONDS)
        .toInstant()
        .toEpochMilli();
  }
}
