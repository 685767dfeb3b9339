package dev.rivulet.time;

import java.time.Duration;

/** The range of a question: fixed, or moving with the clock. */
public sealed interface Range {
  /** The moments it covers when it is {@code now}, in epoch milliseconds. */
  TimeRange at(long now);

  /**
   * The time just before now, for example the last hour.
   *
   * @throws IllegalArgumentException when {@code length} is not between a second and 100 years
   */
  static Range last(Duration length) {
    return new Last(length);
  }

  /**
   * From {@code from} until before {@code to}, in epoch milliseconds.
   *
   * @throws IllegalArgumentException when {@code from} is not before {@code to}
   */
  static Range between(long from, long to) {
    return new Between(new TimeRange(from, to));
  }

  /** The time just before now. */
  record Last(Duration length) implements Range {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    public Last {
      if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "range of the last " + length + " is not between 1s and 36525d");
      }
    }

    @Override
    public TimeRange at(long now) {
      return TimeRange.last(length, now);
    }
  }

  /** A fixed range. */
  record Between(TimeRange range) implements Range {
    @Override
    public TimeRange at(long now) {
      return range;
    }
  }
}
