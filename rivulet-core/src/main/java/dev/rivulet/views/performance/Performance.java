package dev.rivulet.views.performance;

import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How long requests take: all together and by endpoint and method, from samples of the metric
 * {@code response_time} in milliseconds with the tags {@code endpoint}, {@code method} and {@code
 * status}. Requests, times added up, mean, least and greatest are exact; percentiles come from the
 * merged sketches of all nodes and of all of the range. Costs some microseconds per stored bucket
 * of each endpoint, method, status and node.
 *
 * @param endpoint a route template, null for all
 * @param method null for all
 * @param step width of a bucket of the series; null for no series
 * @param zone zone of days, weeks and months; null takes the project's
 * @param sort which endpoints come first
 * @param limit endpoints listed, at least 1; null lists 100, or as many as there is room for series
 * @param apdexMillis the T of the Apdex, over 0
 * @param split by what else the total is told, null for nothing
 * @param previous whether each is told beside its requests in the same time before
 */
public record Performance(
    String project,
    @Nullable String endpoint,
    @Nullable String method,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone,
    Order sort,
    @Nullable Integer limit,
    double apdexMillis,
    @Nullable Split split,
    boolean previous)
    implements Query<PerformanceAnswer> {
  /** The T of the Apdex where none is said. */
  public static final double USUAL_APDEX_MILLIS = 500;

  /** The longest T: a day. */
  public static final double MOST_APDEX_MILLIS = 86_400_000;

  /**
   * @throws IllegalArgumentException when {@code limit} or {@code apdexMillis} is out of bounds
   */
  public Performance {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is less than 1");
    }
    if (!(apdexMillis > 0 && apdexMillis <= MOST_APDEX_MILLIS)) {
      throw new IllegalArgumentException(
          "apdex " + apdexMillis + " is not a number of milliseconds over 0 and up to a day");
    }
  }

  /**
   * The busiest endpoints of a range.
   *
   * @param limit endpoints listed, at least 1
   */
  public static Performance of(String project, Range range, int limit) {
    return new Performance(
        project,
        null,
        null,
        range,
        null,
        null,
        Order.REQUESTS,
        limit,
        USUAL_APDEX_MILLIS,
        null,
        false);
  }

  @Override
  public PerformanceAnswer answer(Asking asking) {
    return new PerformanceReport(this, asking).answer();
  }
}
