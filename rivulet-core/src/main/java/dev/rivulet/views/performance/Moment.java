package dev.rivulet.views.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Buckets;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of the total; null where there were no requests.
 *
 * @param time its start, ISO-8601 in UTC
 * @param throughput requests a second, in an unfinished bucket over what is past of it
 * @param statusClasses requests by class
 * @param partial true while the bucket is not over
 */
public record Moment(
    String time,
    long requests,
    @Nullable Double throughput,
    @Nullable Double mean,
    @Nullable Double max,
    @Nullable Double p50,
    @Nullable Double p90,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double p999,
    @Nullable Double apdex,
    @Nullable Double errorRate,
    @Nullable Map<String, Long> statusClasses,
    @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {
  static List<Moment> series(Requests[] requests, Buckets buckets, double apdex, long now) {
    List<Moment> series = new ArrayList<>(requests.length);
    for (int i = 0; i < requests.length; i++) {
      double seconds = (Math.min(buckets.end(i), now) - buckets.start(i)) / 1_000.0;
      Figures of = Figures.of(requests[i], apdex, seconds);
      series.add(
          new Moment(
              Times.iso(buckets.start(i)),
              of.requests(),
              of.throughput(),
              of.mean(),
              of.max(),
              of.p50(),
              of.p90(),
              of.p95(),
              of.p99(),
              of.p999(),
              of.apdex(),
              of.errorRate(),
              of.statusClasses(),
              buckets.end(i) > now ? Boolean.TRUE : null));
    }
    return series;
  }
}
