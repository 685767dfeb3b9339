package dev.rivulet.server.faults;

import dev.rivulet.redis.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code rivulet serve} as a process of its own, started again at the same address when killed. */
final class ServerProcess implements AutoCloseable {
  static final String KEY = "key-of-the-fault-suite";
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final @Nullable String redis;
  private final int port;
  private final Path output;
  private Process process;

  private ServerProcess(Path data, @Nullable String redis, int port) throws IOException {
    this.data = data;
    this.redis = redis;
    this.port = port;
    this.output = data.resolveSibling(data.getFileName() + "-" + port + ".log");
    this.process = launch();
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param redis its store; null for an embedded one in {@code data}
   */
  static ServerProcess start(Path data, @Nullable String redis) {
    try {
      var server = new ServerProcess(data, redis, LoopbackPort.free());
      try {
        server.awaitReady();
        return server;
      } catch (RuntimeException | AssertionError e) {
        server.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a server", e);
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** SIGKILL, and a new process in its place that may still be starting when this returns. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  /** Ends it in order, and a new process in its place that may still be starting. */
  void leaveAndRestart() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end in order: " + said());
    }
    process = launch();
  }

  /** SIGSTOP: connections stay, nothing answers. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  void awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    var request = HttpRequest.newBuilder(at("/readyz")).timeout(Duration.ofSeconds(10)).build();
    while (true) {
      try {
        if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        // not listening yet
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(
            (process.isAlive() ? "the server is not ready: " : "the server ended: ") + said());
      }
      pause(20);
    }
  }

  /** Ends it in order, so that an embedded Redis ends too; kills it if it does not. */
  @Override
  public void close() {
    try {
      signal("CONT");
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException | InterruptedException e) {
      process.destroyForcibly();
    }
  }

  /** The end of what it printed. */
  String said() {
    try {
      String all = Files.readString(output);
      return all.substring(Math.max(0, all.length() - 3_000));
    } catch (IOException e) {
      return "(nothing: " + e + ")";
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Starts sooner, which is most of what these servers do.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.rivulet.server.Main", "serve"));
    command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
    if (redis != null) {
      command.addAll(List.of("--redis", redis));
    }
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("RIVULET_"));
    builder.environment().put("RIVULET_ADMIN_KEY", KEY);
    var log = ProcessBuilder.Redirect.appendTo(output.toFile());
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    }
  }
}
