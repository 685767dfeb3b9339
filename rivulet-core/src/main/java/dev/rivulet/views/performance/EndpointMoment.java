package dev.rivulet.views.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.Summary;
import dev.rivulet.time.Buckets;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bucket of an endpoint, in short, since there are many; asked about alone, the endpoint's
 * total has all of it. Null where there were no requests.
 *
 * @param time its start, ISO-8601 in UTC
 * @param partial true while the bucket is not over
 */
public record EndpointMoment(
    String time,
    long requests,
    @Nullable Double p50,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double errorRate,
    @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {
  static List<EndpointMoment> series(Requests[] requests, Buckets buckets, long now) {
    List<EndpointMoment> series = new ArrayList<>(requests.length);
    for (int i = 0; i < requests.length; i++) {
      Summary times = requests[i].times();
      boolean some = times.count() > 0;
      series.add(
          new EndpointMoment(
              Times.iso(buckets.start(i)),
              times.count(),
              some ? (Double) times.percentile(0.5) : null,
              some ? (Double) times.percentile(0.95) : null,
              some ? (Double) times.percentile(0.99) : null,
              some ? requests[i].errorRate() : null,
              buckets.end(i) > now ? Boolean.TRUE : null));
    }
    return series;
  }
}
