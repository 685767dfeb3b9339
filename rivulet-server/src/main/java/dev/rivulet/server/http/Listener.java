package dev.rivulet.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop: counts them, closes the slow ones, hands requests on. */
final class Listener extends VerticleBase {
  private static final long SWEEP_MILLIS = 5_000;

  /** Past the limit, so many more are still told 503; the rest is closed without a word. */
  private static final int TOLD = 1_000;

  private static final int BACKLOG = 4_096;

  private final Doors doors;
  private final Bounds bounds;
  private final AtomicInteger connections;
  private final String host;
  private final int port;
  private final Map<HttpConnection, Peer> peers = new IdentityHashMap<>();
  private @Nullable HttpServer server;

  Listener(Doors doors, Bounds bounds, AtomicInteger connections, String host, int port) {
    this.doors = doors;
    this.bounds = bounds;
    this.connections = connections;
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setAcceptBacklog(BACKLOG)
            .setHttp2ClearTextEnabled(false)
            .setPerFrameWebSocketCompressionSupported(false) // no web sockets: a handler less
            .setPerMessageWebSocketCompressionSupported(false)
            .setHandle100ContinueAutomatically(true)
            .setMaxInitialLineLength(Bounds.LINE_BYTES)
            .setMaxHeaderSize(Bounds.HEADER_BYTES)
            .setTcpNoDelay(true);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .requestHandler(this::requested)
            .invalidRequestHandler(this::invalid);
    vertx.setPeriodic(SWEEP_MILLIS, timer -> sweep());
    return server.listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(bounds.drain());
  }

  private void connected(HttpConnection connection) {
    int open = connections.incrementAndGet();
    connection.closeHandler(
        nothing -> {
          connections.decrementAndGet();
          peers.remove(connection);
        });
    if (open > bounds.connections() + TOLD) {
      connection.close();
      return;
    }
    if (connection instanceof ConnectionBase channel) {
      channel.channel().pipeline().addBefore("handler", "version", SpokenVersions.HANDLER);
    }
    peers.put(connection, new Peer(open > bounds.connections(), System.nanoTime()));
  }

  private void requested(HttpServerRequest request) {
    Peer peer = peers.get(request.connection());
    if (peer == null) {
      request.connection().close();
      return;
    }
    long now = System.nanoTime();
    peer.requestBegan(now);
    if (peer.isSurplus()) {
      refuse(
          request,
          Problem.unavailable(
              "the server has " + bounds.connections() + " connections, which is all it takes", 1));
      return;
    }
    doors.enter(request, context, peer, now);
  }

  /** What HTTP itself forbids, or what is longer than a head may be. */
  private void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem = Problem.of(414, "the address is longer than " + Bounds.LINE_BYTES + " bytes");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem = Problem.of(431, "the headers are longer than " + Bounds.HEADER_BYTES + " bytes");
    } else if (cause instanceof SpokenVersions.Unspoken) {
      problem = Problem.badRequest(String.valueOf(cause.getMessage()));
    } else {
      problem = Problem.badRequest("this is not a valid HTTP request");
    }
    refuse(request, problem);
  }

  private static void refuse(HttpServerRequest request, Problem problem) {
    Problems.addHeaders(request.response(), problem);
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Connection", "close")
        .end(Buffer.buffer(problem.toJson()))
        .onComplete(done -> request.connection().close());
  }

  private void sweep() {
    long now = System.nanoTime();
    long head = bounds.headTimeout().toNanos();
    long body = bounds.bodyTimeout().toNanos();
    List.copyOf(peers.entrySet())
        .forEach(
            entry -> {
              if (entry.getValue().isOverdue(now, head, body)) {
                entry.getKey().close();
              }
            });
  }
}
