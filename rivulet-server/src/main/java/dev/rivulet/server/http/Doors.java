package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * The way of a request: route, gate, handler. One for all event loops; what it needs to block, it
 * does on workers.
 */
final class Doors implements AutoCloseable {
  private static final int PREFLIGHT_SECONDS = 86_400;

  private final Routes routes = new Routes();
  private final Workers workers;
  private final RequestMeter meter;
  private final Gate gate;
  private final LiveRoutes live;

  Doors(Rivulet rivulet, Bounds bounds) {
    workers = new Workers(bounds.workers(), bounds.waitingQuestions(), bounds.drain());
    var boardKeys = new BoardKeys(rivulet.boards(), routes, rivulet.clock());
    gate = new Gate(rivulet.projects(), boardKeys, workers, bounds);
    var body = new Body(bounds.bodiesInFlight());
    var ingest = new Ingest(rivulet, body);
    live = new LiveRoutes(rivulet, bounds);
    new EventsRoutes(rivulet, ingest).register(routes);
    new MetricsRoutes(rivulet, ingest).register(routes);
    new SegmentRoutes(ingest, gate).register(routes);
    new UserRoutes(rivulet).register(routes);
    new SessionRoutes(rivulet).register(routes);
    new ErasureRoutes(rivulet).register(routes);
    new FunnelRoutes(rivulet, body).register(routes);
    new BoardRoutes(rivulet, body, routes).register(routes);
    new RetentionRoutes(rivulet).register(routes);
    new PerformanceRoutes(rivulet).register(routes);
    new OnlineRoutes(rivulet).register(routes);
    new OverviewRoutes(rivulet).register(routes);
    live.register(routes);
    new ProjectRoutes(rivulet.projects(), body).register(routes);
    new KeyRoutes(rivulet, body).register(routes);
    new ViewRoutes(rivulet).register(routes);
    var status = new StatusRoutes(rivulet);
    status.register(routes);
    var prometheus = new PrometheusRoutes(status, live, workers, body);
    prometheus.register(routes);
    new PageRoutes().register(routes);
    meter = new RequestMeter(routes.all());
    prometheus.requests(meter);
  }

  /** All registered routes. */
  List<Routes.Route> routes() {
    return routes.all();
  }

  void enter(HttpServerRequest request, Context context, Peer peer, long now) {
    Routes.Match match;
    Parameters parameters;
    try {
      String path = request.path();
      if (path == null || path.isEmpty() || path.charAt(0) != '/') {
        throw Problem.badRequest("the address '" + request.uri() + "' does not begin with /");
      }
      if (HttpMethod.OPTIONS.equals(request.method()) && routes.cors(path)) {
        preflight(request, peer);
        return;
      }
      match = routes.find(request.method(), path);
      if (match == null) {
        throw Problem.notFound(
            "there is nothing at " + path + ": /openapi.json lists what there is");
      }
      parameters = Parameters.parse(request.query());
    } catch (Throwable failure) {
      unrouted(request, peer, failure);
      return;
    }
    var exchange = new Exchange(request, context, peer, workers, meter, match, parameters, now);
    exchange.guarded(() -> handle(exchange, match.route()));
  }

  private void handle(Exchange exchange, Routes.Route route) {
    if (route.door() == Door.OPEN || route.admitsItself()) {
      route.handler().accept(exchange);
    } else {
      gate.admit(exchange, route.handler());
    }
  }

  private void unrouted(HttpServerRequest request, Peer peer, Throwable failure) {
    Problem problem = Problems.of(failure, "an unknown route");
    meter.countUnrouted();
    Problems.addHeaders(request.response(), problem);
    peer.answered(System.nanoTime());
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(Buffer.buffer(problem.toJson()));
  }

  private static void preflight(HttpServerRequest request, Peer peer) {
    peer.answered(System.nanoTime());
    request
        .response()
        .setStatusCode(204)
        .putHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .putHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "POST")
        .putHeader(
            HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Content-Encoding")
        .putHeader(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, Integer.toString(PREFLIGHT_SECONDS))
        .end();
  }

  /** Open live streams. */
  int subscribers() {
    return live.subscribers();
  }

  /** Ends the live streams, so that nothing keeps connections open. */
  void stop() {
    live.close();
  }

  @Override
  public void close() {
    workers.close();
  }
}
