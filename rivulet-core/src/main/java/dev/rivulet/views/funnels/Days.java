package dev.rivulet.views.funnels;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Local days of a zone as numbers, 0 for 1970-01-01. They follow each other without gap or overlap,
 * also where clocks go back over midnight. Remembers the last day asked for; not thread-safe.
 */
final class Days {
  private final ZoneId zone;
  private int day;
  private long start;
  private long end;

  Days(ZoneId zone) {
    this.zone = zone;
  }

  /** The day that holds {@code time}, in epoch milliseconds. */
  int of(long time) {
    if (time < start || time >= end) {
      LocalDate date = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
      // Where clocks went back over midnight, a date came back after the next one began.
      while (time >= startOf(date.plusDays(1))) {
        date = date.plusDays(1);
      }
      day = Math.toIntExact(date.toEpochDay());
      start = startOf(date);
      end = startOf(date.plusDays(1));
    }
    return day;
  }

  /** First moment of a day. */
  long start(int day) {
    return startOf(LocalDate.ofEpochDay(day));
  }

  /** Whether a day begins at {@code time}. */
  boolean isStart(long time) {
    return start(of(time)) == time;
  }

  private long startOf(LocalDate date) {
    return date.atStartOfDay(zone).toEpochSecond() * 1_000;
  }
}
