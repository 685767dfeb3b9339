package dev.rivulet.views.performance;

import dev.rivulet.measure.Summary;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What requests come to. Times are milliseconds. Where there are no requests all else is null: no
 * data is not zero.
 *
 * @param requests how many; exact
 * @param throughput requests a second, over the part of the range that is past
 * @param totalMillis all their times added up; exact
 * @param mean exact
 * @param min exact
 * @param max exact
 * @param p50 percentiles, of all requests together and never a mean of percentiles; within {@code
 *     error}
 * @param apdex from 0 to 1
 * @param apdexError the true Apdex is no further away than this
 * @param errorRate share of server errors, from 0 to 1; null also where no status is known
 * @param statuses requests by status, {@code none} for those that came without
 * @param statusClasses requests by class, {@code other} for what is no status code; exact
 * @param error largest relative error of a percentile; 0 when they are exact
 */
public record Figures(
    long requests,
    @Nullable Double throughput,
    @Nullable Double totalMillis,
    @Nullable Double mean,
    @Nullable Double min,
    @Nullable Double max,
    @Nullable Double p50,
    @Nullable Double p90,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double p999,
    @Nullable Double apdex,
    @Nullable Double apdexError,
    @Nullable Double errorRate,
    @Nullable Map<String, Long> statuses,
    @Nullable Map<String, Long> statusClasses,
    @Nullable Double error) {
  /** No data. */
  static final Figures NONE =
      new Figures(
          0, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null);

  /**
   * @param seconds the part of the range that is past, in seconds
   */
  static Figures of(Requests requests, double apdexMillis, double seconds) {
    Summary times = requests.times();
    if (times.count() == 0) {
      return NONE;
    }
    Apdex apdex = Apdex.of(times, apdexMillis);
    return new Figures(
        times.count(),
        perSecond(times.count(), seconds),
        finite(times.sum()),
        finite(times.mean()),
        times.min(),
        times.max(),
        times.percentile(0.5),
        times.percentile(0.9),
        times.percentile(0.95),
        times.percentile(0.99),
        times.percentile(0.999),
        apdex.score(),
        apdex.error(),
        requests.errorRate(),
        requests.statuses(),
        StatusClass.sums(requests.statuses()),
        times.error());
  }

  /** Null where no time has passed. */
  static @Nullable Double perSecond(long count, double seconds) {
    return seconds > 0 ? (Double) (count / seconds) : null;
  }

  /** Sums of the largest doubles are no number that JSON has. */
  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
