package dev.rivulet.server.http;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests and how long they took, by route. Thread-safe. */
final class RequestMeter {
  /** Upper bounds of the histogram's buckets, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final int CLASSES = 6;
  private static final double NANOS = 1e9;

  private static final class Counters {
    private final LongAdder[] byClass = adders(CLASSES);
    private final LongAdder[] byDuration = adders(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();
  }

  private final List<Routes.Route> routes;
  private final Counters[] counters;
  private final LongAdder unrouted = new LongAdder();

  RequestMeter(List<Routes.Route> routes) {
    this.routes = routes;
    counters = new Counters[routes.size()];
    for (int i = 0; i < counters.length; i++) {
      counters[i] = new Counters();
    }
  }

  void count(Routes.Route route, int status, long nanos) {
    Counters of = counters[route.number()];
    of.byClass[status / 100 % CLASSES].increment();
    of.byDuration[bucket(nanos / NANOS)].increment();
    of.nanos.add(nanos);
  }

  /** A stream that began; how long it lasts is up to its reader. */
  void countStream(Routes.Route route) {
    counters[route.number()].byClass[2].increment();
  }

  /** A request that no route took. */
  void countUnrouted() {
    unrouted.increment();
  }

  void writeTo(PrometheusText text) {
    text.family("rivulet_http_requests_total", "counter", "Requests answered.");
    for (Routes.Route route : routes) {
      for (int i = 1; i < CLASSES; i++) {
        long count = counters[route.number()].byClass[i].sum();
        if (count > 0) {
          text.sample(
              count,
              "method",
              route.method().name(),
              "route",
              route.template(),
              "status",
              i + "xx");
        }
      }
    }
    text.sample(unrouted.sum(), "method", "", "route", "", "status", "4xx");
    text.family(
        "rivulet_http_request_duration_seconds",
        "histogram",
        "Time from a request's head to the end of its answer.");
    for (Routes.Route route : routes) {
      histogram(text, route, counters[route.number()]);
    }
  }

  private static void histogram(PrometheusText text, Routes.Route route, Counters of) {
    long cumulated = 0;
    long[] counts = new long[BOUNDS.length + 1];
    for (int i = 0; i <= BOUNDS.length; i++) {
      cumulated += of.byDuration[i].sum();
      counts[i] = cumulated;
    }
    if (cumulated == 0) {
      return;
    }
    String method = route.method().name();
    for (int i = 0; i <= BOUNDS.length; i++) {
      String bound = i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]);
      text.suffixed("_bucket", counts[i], "method", method, "route", route.template(), "le", bound);
    }
    text.suffixed("_sum", of.nanos.sum() / NANOS, "method", method, "route", route.template());
    text.suffixed("_count", cumulated, "method", method, "route", route.template());
  }

  private static int bucket(double seconds) {
    int bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  private static LongAdder[] adders(int count) {
    var adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }
}
