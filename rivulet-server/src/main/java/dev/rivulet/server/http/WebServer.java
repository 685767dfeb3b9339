package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The HTTP server: one listener per event loop on one port. */
public final class WebServer implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int PORT_ATTEMPTS = 5;

  private final Vertx vertx;
  private final Doors doors;
  private final Bounds bounds;
  private final int port;

  private WebServer(Vertx vertx, Doors doors, Bounds bounds, int port) {
    this.vertx = vertx;
    this.doors = doors;
    this.bounds = bounds;
    this.port = port;
  }

  /**
   * Starts to listen.
   *
   * @param port the port; 0 takes a free one
   * @throws BindException when the port is taken or the host is not of this machine
   */
  public static WebServer start(Rivulet rivulet, Bounds bounds, String host, int port)
      throws BindException {
    var doors = new Doors(rivulet, bounds);
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    var connections = new AtomicInteger();
    try {
      int chosen =
          listen(vertx, host, port, at -> new Listener(doors, bounds, connections, host, at));
      rivulet.listensAt(reachable(host) + ":" + chosen, doors::subscribers);
      return new WebServer(vertx, doors, bounds, chosen);
    } catch (BindException | RuntimeException e) {
      vertx.close();
      doors.stop();
      doors.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Stops to accept, lets requests under way finish, ends live streams. */
  @Override
  public void close() {
    doors.stop();
    try {
      long most = bounds.drain().toMillis() + 1_000;
      vertx.close().toCompletionStage().toCompletableFuture().get(most, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the HTTP server did not stop in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      doors.close();
    }
  }

  /** Where other machines may find it: one that listens everywhere is found by its own name. */
  private static String reachable(String host) {
    if (!host.equals("0.0.0.0") && !host.equals("::")) {
      return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
    String runtime = ManagementFactory.getRuntimeMXBean().getName(); // process@host
    return runtime.substring(runtime.indexOf('@') + 1);
  }

  /** Gives the port. A free one may be taken by somebody else meanwhile: then it is another. */
  private static int listen(Vertx vertx, String host, int port, IntFunction<Listener> listeners)
      throws BindException {
    var each = new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    for (int attempt = 1; ; attempt++) {
      int chosen = port == 0 ? free(host) : port;
      try {
        await(vertx.deployVerticle(() -> listeners.apply(chosen), each));
        return chosen;
      } catch (BindException e) {
        if (port != 0 || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The listeners share a port only when it is known before. */
  private static int free(String host) throws BindException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return probe.getLocalPort();
    } catch (BindException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + host, e);
    }
  }

  private static void await(Future<?> started) throws BindException {
    try {
      started.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindException taken) {
        throw taken;
      }
      throw new IllegalStateException("the HTTP server did not start", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the HTTP server did not start in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the HTTP server started", e);
    }
  }
}
