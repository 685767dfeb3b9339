package dev.rivulet.views.metrics;

import dev.rivulet.measure.Measured;
import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.Summary;
import dev.rivulet.time.Buckets;
import dev.rivulet.view.Times;
import dev.rivulet.views.metrics.MetricHistory.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws one stat over the buckets of a range, and notes how good the numbers are. One use. */
final class Line {
  private final Stat stat;
  private final MeasuredRange read;
  private final long now;
  private double error;
  private boolean overflowed;

  Line(Stat stat, MeasuredRange read, long now) {
    this.stat = stat;
    this.read = read;
    this.now = now;
  }

  /** The number over the whole range, and each bucket's. */
  record Drawn(@Nullable Double value, List<Point> points) {}

  Drawn draw(List<Measured> series) {
    Buckets buckets = read.buckets();
    var whole = new Summary();
    List<Point> points = new ArrayList<>(buckets.count());
    for (int i = 0; i < buckets.count(); i++) {
      Summary values = Measured.bucket(series, i, !stat.exact());
      whole.add(values);
      Boolean partial = buckets.end(i) > now ? Boolean.TRUE : null;
      points.add(
          new Point(
              Times.iso(buckets.start(i)),
              value(values, buckets.start(i), buckets.end(i)),
              partial));
    }
    return new Drawn(value(whole, read.range().from(), read.range().to()), points);
  }

  /** The largest relative error of the numbers drawn. */
  double error() {
    return error;
  }

  /** Why a number is null although there are values; null when none is. */
  @Nullable String explanation() {
    return overflowed
        ? "a sum of these values is larger than 1.8e308, the largest number there is: it is null"
        : null;
  }

  private @Nullable Double value(Summary values, long from, long to) {
    if (values.count() == 0) {
      return null;
    }
    // Of a bucket that is not over, the time until now; of one that a fast clock began, a second.
    double seconds = Math.max(1, (Math.min(to, now) - from) / 1000.0);
    double value = stat.of(values, seconds);
    if (!Double.isFinite(value)) {
      overflowed = true;
      return null;
    }
    if (!stat.exact()) {
      error = Math.max(error, values.error());
    }
    return value + 0.0;
  }
}
