package dev.rivulet.views.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The local days of a zone, without gap or overlap, whatever the clocks do. Remembers the day asked
 * for last. Used by one thread.
 */
final class LocalDays {
  /** Midnight UTC of 1 January of the year 1. */
  private static final long FIRST_MILLIS = -62_135_596_800_000L;

  /** Midnight UTC of 31 December of the year 9999. */
  private static final long LAST_MILLIS = 253_402_214_400_000L;

  private final ZoneId zone;
  private int day;
  private long start;
  private long end;

  LocalDays(ZoneId zone) {
    this.zone = zone;
  }

  /** Whether {@code time} is inside the years 1 to 9999, where days can be told. */
  static boolean covers(long time) {
    return time >= FIRST_MILLIS && time < LAST_MILLIS;
  }

  /** The day that holds {@code time}, in days since 1970-01-01. */
  int dayOf(long time) {
    if (time < start || time >= end) {
      LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
      // Where clocks went back over midnight, a date came back for a while after the next began.
      while (time >= startOf(date.plusDays(1))) {
        date = date.plusDays(1);
      }
      day = Math.toIntExact(date.toEpochDay());
      start = startOf(date);
      end = startOf(date.plusDays(1));
    }
    return day;
  }

  /** First moment of a day, in epoch milliseconds. */
  long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toEpochSecond() * 1000;
  }
}
