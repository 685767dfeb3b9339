package dev.rivulet.server.http;

import dev.rivulet.projects.Access;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Lives on its connection's event loop; only {@link #onLoop} may be
 * called from elsewhere.
 */
final class Exchange {
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence CONTENT_TYPE_OPTIONS =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence ANY_ORIGIN = HttpHeaders.createOptimized("*");
  private static final CharSequence GZIP = HttpHeaders.createOptimized("gzip");
  private static final AsciiString EXPOSED = AsciiString.cached("Retry-After");

  /** Smaller answers are not worth compressing. */
  private static final int COMPRESSED_FROM = 1_400;

  private final HttpServerRequest request;
  private final Context context;
  private final Peer peer;
  private final Workers workers;
  private final RequestMeter meter;
  private final Routes.Route route;
  private final List<String> variables;
  private final Parameters parameters;
  private final long startedAt;
  private @Nullable Credential credential;
  private String project = "";
  private boolean answered;
  private boolean paused;
  private @Nullable Runnable onEnd;

  Exchange(
      HttpServerRequest request,
      Context context,
      Peer peer,
      Workers workers,
      RequestMeter meter,
      Routes.Match match,
      Parameters parameters,
      long startedAt) {
    this.request = request;
    this.context = context;
    this.peer = peer;
    this.workers = workers;
    this.meter = meter;
    this.route = match.route();
    this.variables = match.variables();
    this.parameters = parameters;
    this.startedAt = startedAt;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  Context context() {
    return context;
  }

  Peer peer() {
    return peer;
  }

  Routes.Route route() {
    return route;
  }

  Parameters parameters() {
    return parameters;
  }

  /** The value of the route's variable {@code index}, percent-decoded. */
  String variable(int index) {
    return variables.get(index);
  }

  /** The values of the route's variables, percent-decoded. */
  List<String> variables() {
    return variables;
  }

  /** The request's header, or null. */
  @Nullable String header(CharSequence name) {
    return request.getHeader(name);
  }

  /** The address of the other side. */
  String address() {
    var remote = request.remoteAddress();
    return remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
  }

  /** Notes who asks; called by the gate. */
  void admit(Credential credential, String project) {
    this.credential = credential;
    this.project = project;
  }

  /** The key's budget and access. */
  Credential credential() {
    if (credential == null) {
      throw new IllegalStateException(route.template() + " needs no key, so nobody is known");
    }
    return credential;
  }

  Access access() {
    return credential().access();
  }

  /** The project that is asked about or sent to. */
  String project() {
    return project;
  }

  /** Runs {@code task} once when the exchange ends, with an answer or without. */
  void onEnd(Runnable task) {
    onEnd = task;
  }

  private void release() {
    Runnable task = onEnd;
    onEnd = null;
    if (task != null) {
      task.run();
    }
  }

  /** Keeps the body where it is until somebody reads it or the answer is sent. */
  void pause() {
    paused = true;
    request.pause();
  }

  void resume() {
    if (paused) {
      paused = false;
      request.resume();
    }
  }

  /** Runs {@code task} on the event loop of this exchange. May be called from any thread. */
  void onLoop(Runnable task) {
    context.runOnContext(nothing -> guarded(task));
  }

  /** Computes on a worker thread, then hands the result over on the event loop. */
  <T> void compute(Callable<T> work, Consumer<T> then) {
    workers.execute(
        () -> {
          try {
            T result = work.call();
            onLoop(() -> then.accept(result));
          } catch (Throwable failure) {
            onLoop(() -> fail(failure));
          }
        });
  }

  /** Answers with the JSON of what {@code work} computes on a worker thread. */
  void answer(Callable<? extends Object> work) {
    boolean zipped = acceptsGzip();
    compute(
        () -> {
          byte[] json = Json.bytes(work.call());
          return zipped && json.length >= COMPRESSED_FROM ? Gzip.fast(json) : json;
        },
        body -> {
          response().putHeader(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
          if (zipped) {
            response().putHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
            if (Gzip.isGzip(body)) {
              response().putHeader(HttpHeaderNames.CONTENT_ENCODING, GZIP);
            }
          }
          response().putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
          send(200, JSON, Buffer.buffer(body));
        });
  }

  boolean acceptsGzip() {
    String accepted = header(HttpHeaderNames.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
  }

  void json(int status, Object answer) {
    response().putHeader(HttpHeaderNames.CACHE_CONTROL, NO_STORE);
    send(status, JSON, Buffer.buffer(Json.bytes(answer)));
  }

  /** Ends the exchange. Does nothing when it has ended or the other side has gone. */
  void send(int status, CharSequence mediaType, Buffer body) {
    response().putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    send(status, body);
  }

  void send(int status, Buffer body) {
    release();
    HttpServerResponse response = response();
    if (answered || response.ended() || response.closed()) {
      return;
    }
    if (route.cors() && request.headers().contains(HttpHeaders.ORIGIN)) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
      response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    if (status != 200) {
      response.setStatusCode(status);
    }
    finished(status);
    response.end(body);
    resume();
  }

  /** Notes that the answer is under way or done, for counters and the connection's clock. */
  void finished(int status) {
    if (!answered) {
      answered = true;
      long now = System.nanoTime();
      peer.answered(now);
      meter.count(route, status, now - startedAt);
    }
  }

  /** Notes that the answer is a stream, which takes as long as its reader likes. */
  void streams() {
    answered = true;
    meter.countStream(route);
  }

  /** Answers with a problem document. */
  void fail(Throwable failure) {
    Problem problem = Problems.of(failure, route.template());
    Problems.addHeaders(response(), problem);
    send(problem.status(), Problem.MEDIA_TYPE, Buffer.buffer(problem.toJson()));
  }

  /** Runs {@code task}; what it throws becomes the answer. */
  void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      fail(failure);
    }
  }
}
