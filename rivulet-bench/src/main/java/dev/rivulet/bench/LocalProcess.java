package dev.rivulet.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that the benchmark started on a free loopback port, with its CPU time. It ends with
 * {@link #close}, also when the benchmark is interrupted. Linux only: reads {@code /proc}.
 */
final class LocalProcess implements Closeable {
  /** Linux reports CPU time to user space in hundredths of a second on every architecture. */
  private static final long MICROS_PER_TICK = 10_000;

  private final Process process;
  private final InetSocketAddress address;
  private final Path output;
  private final Thread atExit;

  private LocalProcess(Process process, InetSocketAddress address, Path output) {
    this.process = process;
    this.address = address;
    this.output = output;
    atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Starts it; its output goes to {@code <directory>/output}, which is made if missing. */
  static LocalProcess start(
      List<String> command, Map<String, String> environment, int port, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    Path output = directory.resolve("output");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().putAll(environment);
    return new LocalProcess(
        builder.start(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port), output);
  }

  /** A Redis of its own: AOF everysec or none, no snapshots, no eviction, no rewrite meanwhile. */
  static LocalProcess redis(Path directory, boolean appendOnly)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int port = freePort();
    var command =
        List.of(
            "redis-server",
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            appendOnly ? "yes" : "no",
            "--appendfsync",
            "everysec",
            "--auto-aof-rewrite-percentage",
            "0",
            "--maxmemory-policy",
            "noeviction");
    return start(command, Map.of(), port, directory).awaitPort(Duration.ofSeconds(30));
  }

  /** An nginx that answers 204 to everything, one worker per core, no access log. */
  static LocalProcess nginx(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    int port = freePort();
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        worker_processes auto;
        pid %1$s/nginx.pid;
        error_log stderr warn;
        events { worker_connections 1024; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_body_temp_path %1$s/body;
          server { listen 127.0.0.1:%2$d; location / { return 204; } }
        }
        """
            .formatted(directory, port));
    var command =
        List.of(
            Files.isExecutable(Path.of("/usr/sbin/nginx")) ? "/usr/sbin/nginx" : "nginx",
            "-p",
            directory.toString(),
            "-c",
            configuration.toString());
    return start(command, Map.of(), port, directory).awaitPort(Duration.ofSeconds(10));
  }

  /** What a command prints, once it has ended with status 0. */
  static String run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException("%s ended with %d: %s".formatted(command.get(0), status, output));
    }
    return output;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** CPU time of a process, user and system, all its threads, without children. */
  static long cpuMicros(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name in parentheses may hold spaces; utime and stime are fields 14 and 15 of proc(5).
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  long cpuMicros() throws IOException {
    return cpuMicros(process.pid());
  }

  InetSocketAddress address() {
    return address;
  }

  LocalProcess awaitPort(Duration patience) throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try (var socket = new Socket(address.getAddress(), address.getPort())) {
        return this;
      } catch (IOException notYet) {
        checkRunning();
        if (System.nanoTime() > end) {
          throw new IOException("No answer on port " + address.getPort() + ":\n" + lastOutput());
        }
        Thread.sleep(5);
      }
    }
  }

  void checkRunning() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "The process ended with status " + process.exitValue() + ":\n" + lastOutput());
    }
  }

  String lastOutput() throws IOException {
    String text = Files.readString(output);
    return text.substring(Math.max(0, text.length() - 4000));
  }

  /** Asks it to stop, waits up to 20 s, then kills it. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException alreadyShuttingDown) {
      // The hook itself does what remains to be done.
    }
  }
}
