package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server we started on the loopback, and the only one we ever stop. Thread-safe.
 *
 * <p>Where the system offers it (Linux with util-linux), the server is in a session of its own, so
 * that Ctrl-C reaches us alone, and gets SIGTERM when this JVM dies without a word.
 */
public final class RedisProcess {
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  /**
   * Linux sends the parent-death signal when the thread that forked ends, so that one thread, which
   * lives as long as the JVM, forks for all.
   */
  private static final ExecutorService LAUNCHER =
      Executors.newSingleThreadExecutor(
          task -> {
            var thread = new Thread(task, "rivulet-redis-launcher");
            thread.setDaemon(true);
            return thread;
          });

  private final Process process;
  private final RedisAddress.Standalone address;
  private final Path log;

  private RedisProcess(Process process, RedisAddress.Standalone address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /**
   * How far a starting server has come in reading its data.
   *
   * @param percent 0 to 100
   * @param left what the server expects to need still, to the second
   */
  public record Loading(double percent, Duration left) {}

  /**
   * Starts a server; it may still fail to come up, see {@link #awaitReady}.
   *
   * @param arguments a configuration file, or options; visible to every user of the machine
   * @param address where it will listen, by these arguments
   * @param log gets what it prints
   * @throws RedisUnavailable when the program cannot be run
   */
  public static RedisProcess launch(
      RedisBinary binary, List<String> arguments, RedisAddress.Standalone address, Path log) {
    var command = new ArrayList<String>();
    for (var wrapper : List.of(List.of("setsid"), List.of("setpriv", "--pdeathsig", "TERM"))) {
      var program = Path.of("/usr/bin", wrapper.get(0));
      if (Files.isExecutable(program)) {
        command.add(program.toString());
        command.addAll(wrapper.subList(1, wrapper.size()));
      }
    }
    command.add(binary.executable().toString());
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      var process = LAUNCHER.submit(builder::start).get();
      process.getOutputStream().close();
      return new RedisProcess(process, address, log);
    } catch (ExecutionException | IOException e) {
      throw new RedisUnavailable("Cannot run " + binary.executable(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailable("Interrupted while starting " + binary.executable(), e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  public RedisAddress.Standalone address() {
    return address;
  }

  /**
   * Waits until the server answers and has read its data, however long that takes.
   *
   * @param progress told while the data is read, about ten times a second
   * @throws RedisUnavailable when it ends, or says nothing for 30 s; with the end of its log
   */
  public void awaitReady(Consumer<Loading> progress) {
    long heardAt = System.nanoTime();
    while (true) {
      long pauseMillis = 10;
      try (var connection = RedisConnection.open(address)) {
        var info = ServerCheck.info(connection, "persistence");
        if ("0".equals(info.get("loading"))) {
          return;
        }
        heardAt = System.nanoTime();
        pauseMillis = 100;
        progress.accept(
            new Loading(
                number(info.get("loading_loaded_perc")),
                Duration.ofSeconds((long) number(info.get("loading_eta_seconds")))));
      } catch (RedisUnavailable e) {
        if (!process.isAlive()) {
          throw new RedisUnavailable(
              "Redis ended with code %d while starting. The end of its log, %s:%n%s"
                  .formatted(process.exitValue(), log, logEnd()),
              e);
        }
        if (System.nanoTime() - heardAt > LONGEST_SILENCE.toNanos()) {
          throw new RedisUnavailable(
              "Redis (pid %d) has not answered for %d s. The end of its log, %s:%n%s"
                  .formatted(pid(), LONGEST_SILENCE.toSeconds(), log, logEnd()),
              e);
        }
      }
      pause(pauseMillis);
    }
  }

  /** Waits for the end and returns the exit code. */
  public int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Ends it in order, what it holds written out; after {@code grace} with SIGTERM, and after as
   * long again with SIGKILL. It has ended when this returns.
   */
  public void shutDown(Duration grace) {
    askToShutDown(address, grace);
    if (endsWithin(grace)) {
      return;
    }
    process.destroy();
    if (!endsWithin(grace)) {
      kill();
    }
  }

  /** SIGKILL; it has ended when this returns. */
  public void kill() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last lines of what the server printed and logged. */
  String logEnd() {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - 1500);
      file.seek(start);
      var bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  /** Sends SHUTDOWN and returns whether a server was there to take it. */
  static boolean askToShutDown(RedisAddress.Standalone address, Duration grace) {
    try (var connection = RedisConnection.open(address)) {
      connection.timeout(grace);
      connection.send(bytes("SHUTDOWN"));
      try {
        // Answers only to refuse, as when the log cannot be written; then it may lose the tail.
        connection.receive();
      } catch (RedisError refused) {
        connection.send(bytes("SHUTDOWN"), bytes("FORCE"));
        connection.receive();
      } catch (RedisUnavailable gone) {
        return true;
      }
      return true;
    } catch (RedisUnavailable notThere) {
      return false;
    }
  }

  private boolean endsWithin(Duration grace) {
    try {
      return process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailable("Interrupted while waiting for Redis", e);
    }
  }

  private static double number(@Nullable String text) {
    try {
      return text == null ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
