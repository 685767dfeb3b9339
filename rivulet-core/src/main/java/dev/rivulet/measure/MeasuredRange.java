package dev.rivulet.measure;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What series measured over a range, bucket by bucket. The range is widened outwards to whole
 * minutes where these are kept, else to whole quarter-hours.
 *
 * @param range the widened range
 * @param step width of a bucket
 * @param zone zone of days, weeks and months
 * @param series those with values in the range
 */
public record MeasuredRange(
    TimeRange range, Step step, ZoneId zone, Buckets buckets, List<Measured> series) {
  /** The longest range that is read by the minute. */
  private static final long MOST_MINUTES_RANGE = 4L * 86_400_000;

  /**
   * Reads {@code series} in one round trip, two where minutes were let go, more where it is much.
   *
   * @param room whose state they are
   * @param step null takes one that fits the range
   * @param zone null takes the project's
   * @throws IllegalArgumentException when that is too much to read, saying what would be less
   */
  public static MeasuredRange read(
      Asking asking,
      String room,
      List<MetricSeries> series,
      Range range,
      @Nullable Step step,
      @Nullable ZoneId zone) {
    TimeRange asked = range.at(asking.now());
    Step width = step == null ? Step.fitting(asked) : step;
    ZoneId days = zone == null ? asking.zone() : zone;
    boolean minutesKept = asked.from() >= asking.now() - Grain.MINUTE.keptMillis;
    if ((minutesKept || width == Step.MINUTE) && asked.millis() <= MOST_MINUTES_RANGE) {
      TimeRange whole = asked.widened(Step.MINUTE, days);
      Buckets buckets = Buckets.of(whole, width, days);
      var reading = new RangeReading(buckets, true);
      List<Measured> found = reading.read(asking, room, series);
      if (!reading.gone()) {
        return new MeasuredRange(whole, width, days, buckets, found);
      }
    }
    TimeRange whole = asked.widened(Step.QUARTER, days);
    Step kept = width == Step.MINUTE ? Step.QUARTER : width;
    Buckets buckets = Buckets.of(whole, kept, days);
    List<Measured> found = new RangeReading(buckets, false).read(asking, room, series);
    return new MeasuredRange(whole, kept, days, buckets, found);
  }
}
