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
  public TimeRange {
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
