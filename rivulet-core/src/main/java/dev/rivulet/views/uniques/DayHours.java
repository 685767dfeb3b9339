package dev.rivulet.views.uniques;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * One local day of a zone, cut into its local hours. A change of the clocks ends an hour, so a day
 * has 23 to 26 of them, some shorter than an hour. Days follow each other without gap or overlap,
 * whatever the clocks do. Immutable.
 */
final class DayHours {
  /** Hours of one day are told by 5 bits. Only days of before 1970 that came twice have more. */
  static final int MOST = 32;

  /** Midnight UTC of 1 January of the year 1. */
  private static final long FIRST_MILLIS = -62_135_596_800_000L;

  /** Midnight UTC of 31 December of the year 9999. */
  private static final long LAST_MILLIS = 253_402_214_400_000L;

  private static final long HOUR_SECONDS = 3_600;

  private final String text;
  private final long[] edges;

  private DayHours(LocalDate day, ZoneId zone) {
    this.text = day.toString();
    this.edges = edges(day, zone);
  }

  /** Whether {@code time} is inside the years 1 to 9999, where days can be told. */
  static boolean covers(long time) {
    return time >= FIRST_MILLIS && time < LAST_MILLIS;
  }

  /**
   * The day that holds {@code time}, in epoch milliseconds.
   *
   * @throws IllegalArgumentException when the time is outside the years 1 to 9999
   */
  static DayHours of(long time, ZoneId zone) {
    if (!covers(time)) {
      throw new IllegalArgumentException(
          "time " + time + " ms is not between the years 1 and 9999");
    }
    LocalDate day = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
    // Where clocks went back over midnight, a date came back for a while after the next one began.
    while (time >= startOf(day.plusDays(1), zone) * 1000) {
      day = day.plusDays(1);
    }
    return new DayHours(day, zone);
  }

  /** The local date, for example {@code 2026-11-22}. */
  String text() {
    return text;
  }

  int count() {
    return edges.length - 1;
  }

  /** First moment of the day, in epoch milliseconds. */
  long start() {
    return edges[0];
  }

  /** First moment after the day, in epoch milliseconds. */
  long end() {
    return edges[edges.length - 1];
  }

  boolean contains(long time) {
    return edges[0] <= time && time < edges[edges.length - 1];
  }

  /** First moment of hour {@code index}, in epoch milliseconds; of {@link #count}, the end. */
  long edge(int index) {
    return edges[index];
  }

  /** The hour that holds {@code time}, which is inside the day. */
  int indexOf(long time) {
    int found = Arrays.binarySearch(edges, time);
    return found >= 0 ? found : -found - 2;
  }

  private static long[] edges(LocalDate day, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    long end = startOf(day.plusDays(1), zone);
    long at = startOf(day, zone);
    long[] edges = new long[MOST + 1];
    int count = 0;
    while (at < end && count < MOST) {
      edges[count++] = at * 1000;
      at = next(at, rules);
    }
    edges[count++] = end * 1000;
    return Arrays.copyOf(edges, count);
  }

  private static long next(long at, ZoneRules rules) {
    Instant instant = Instant.ofEpochSecond(at);
    long offset = rules.getOffset(instant).getTotalSeconds();
    long hour = (Math.floorDiv(at + offset, HOUR_SECONDS) + 1) * HOUR_SECONDS - offset;
    ZoneOffsetTransition change = rules.nextTransition(instant);
    return change == null ? hour : Math.min(hour, change.toEpochSecond());
  }

  private static long startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toEpochSecond();
  }
}
