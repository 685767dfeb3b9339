package dev.rivulet.time;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A half-open range of time, {@code from ≤ t < to}, in epoch milliseconds.
 *
 * @param from first moment inside
 * @param to first moment after
 */
public record TimeRange(long from, long to) {
  /** The first moment of year 1 and the first after year 9999, which every calendar knows. */
  private static final long EARLIEST = -62_135_596_800_000L;

  private static final long LATEST = 253_402_300_800_000L;

  public TimeRange {
    if (from < EARLIEST || to > LATEST) {
      throw new IllegalArgumentException(
          "range from " + from + " to " + to + " ms is not between the years 1 and 9999");
    }
    if (from >= to) {
      throw new IllegalArgumentException(
          "range from "
              + Instant.ofEpochMilli(from)
              + " to "
              + Instant.ofEpochMilli(to)
              + " is empty: from must be before to");
    }
  }

  /** The time just before {@code now}. */
  public static TimeRange last(Duration length, long now) {
    return new TimeRange(now - length.toMillis(), now);
  }

  public long millis() {
    return to - from;
  }

  public boolean contains(long time) {
    return from <= time && time < to;
  }

  /** This range widened outwards to whole buckets of {@code step}. */
  public TimeRange widened(Step step, ZoneId zone) {
    long start = step.floor(from, zone);
    long last = step.floor(to - 1, zone);
    return new TimeRange(start, step.next(last, zone));
  }
}
