package dev.rivulet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code rivulet serve} as a process of its own, seen only through its HTTP contract. */
final class RivuletServer implements Closeable {
  static final String KEY = "bench-0123456789abcdef0123456789abcdef";
  static final String WRITE_KEY = "bench-write-0123456789abcdef0123456789";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final LocalProcess process;
  private final double readySeconds;

  private RivuletServer(LocalProcess process, double readySeconds) {
    this.process = process;
    this.readySeconds = readySeconds;
  }

  /** The counters of {@code /api/v1/status}; {@code appended = folded + pending}. */
  record Status(long appended, long folded, long pending, long duplicates) {}

  /** Starts the server on the given Redis and waits until {@code /readyz} answers 200. */
  static RivuletServer start(LocalProcess redis, Path directory, List<String> javaOptions)
      throws IOException, InterruptedException {
    int port = LocalProcess.freePort();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.rivulet.server.Main", "serve"));
    command.addAll(List.of("--redis", "redis://127.0.0.1:" + redis.address().getPort()));
    command.addAll(List.of("--port", Integer.toString(port)));
    var keys =
        Map.of(
            "RIVULET_ADMIN_KEY",
            KEY,
            "RIVULET_WRITE_KEY",
            WRITE_KEY,
            "RIVULET_READ_KEY",
            "bench-read-" + KEY);
    long start = System.nanoTime();
    var process = LocalProcess.start(command, keys, port, directory);
    try {
      awaitReady(process, start + PATIENCE.toNanos());
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
    return new RivuletServer(process, (System.nanoTime() - start) / 1e9);
  }

  private static void awaitReady(LocalProcess process, long endNanos)
      throws IOException, InterruptedException {
    String last = "no connection";
    while (System.nanoTime() < endNanos) {
      try (var http = new HttpConnection(process.address(), KEY)) {
        var answer = http.get("/readyz");
        if (answer.status() == 200) {
          return;
        }
        last = answer.status() + " " + answer.body();
      } catch (IOException notYet) {
        process.checkRunning();
      }
      Thread.sleep(5);
    }
    throw new IOException(
        "/readyz was not 200 within %d s, last: %s\n%s"
            .formatted(PATIENCE.toSeconds(), last, process.lastOutput()));
  }

  /** From the start of the process to the first 200 of {@code /readyz}. */
  double readySeconds() {
    return readySeconds;
  }

  InetSocketAddress address() {
    return process.address();
  }

  long cpuMicros() throws IOException {
    return process.cpuMicros();
  }

  HttpConnection connect() throws IOException {
    return new HttpConnection(process.address(), KEY);
  }

  static JsonNode json(HttpAnswer answer) throws IOException {
    if (answer.status() != 200) {
      throw new IOException("The server answered " + answer.status() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  Status status() throws IOException {
    try (var http = connect()) {
      return status(http);
    }
  }

  private static Status status(HttpConnection http) throws IOException {
    var status = json(http.get("/api/v1/status"));
    return new Status(
        status.required("appended").longValue(),
        status.required("folded").longValue(),
        status.required("pending").longValue(),
        status.required("duplicates").longValue());
  }

  /** Waits until at least so many events are appended and none is pending; looks every 5 ms. */
  Status awaitFolded(long appended) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try (var http = connect()) {
      while (true) {
        var status = status(http);
        if (status.pending() == 0 && status.appended() >= appended) {
          return status;
        }
        if (System.nanoTime() > end) {
          throw new IOException(
              "%d events should be folded after %d s, but the status is %s"
                  .formatted(appended, PATIENCE.toSeconds(), status));
        }
        Thread.sleep(5);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
