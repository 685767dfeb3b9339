package dev.rivulet.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable Redis of our own in a data directory: on the loopback, behind a generated password,
 * started again when it dies, stopped with the process. Thread-safe.
 *
 * <p>It keeps an append-only file, synced by {@link EverySecond}: {@code kill -9} of the server
 * loses nothing it acknowledged, a power cut up to a second. A file cut short by one is read up to
 * the cut.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
  private static final Duration STABLE_AFTER = Duration.ofMinutes(1);
  private static final int PORT_ATTEMPTS = 5;

  private final DataDirectoryLock lock;
  private final RedisBinary binary;
  private final EmbeddedConfig config;
  private final Consumer<RedisProcess.Loading> onLoading;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread keeper = new Thread(this::keep, "rivulet-embedded-redis");
  private final EverySecond sync;
  private final Thread hook = new Thread(this::stop, "rivulet-embedded-redis-stop");
  private volatile RedisProcess process;

  private EmbeddedRedis(
      DataDirectoryLock lock,
      RedisBinary binary,
      EmbeddedConfig config,
      RedisProcess process,
      Consumer<RedisProcess.Loading> onLoading) {
    this.lock = lock;
    this.binary = binary;
    this.config = config;
    this.process = process;
    this.onLoading = onLoading;
    this.sync = new EverySecond(config.folder());
  }

  /**
   * What may be chosen.
   *
   * @param maxMemoryBytes beyond this Redis refuses writes; 0 is half of the machine's memory
   * @param binary the server to run; null is one on the PATH, or else the bundled one
   * @param stopsWithProcess whether a shutdown hook stops it; false for an owner whose own hook
   *     closes this after what uses it, as hooks run side by side
   * @param onLoading told how far reading the data has come, about ten times a second
   */
  public record Options(
      long maxMemoryBytes,
      @Nullable RedisBinary binary,
      boolean stopsWithProcess,
      Consumer<RedisProcess.Loading> onLoading) {
    public static final Options DEFAULTS = new Options(0, null, true, loading -> {});

    public Options {
      if (maxMemoryBytes < 0) {
        throw new IllegalArgumentException(
            "maxMemoryBytes %d is negative; 0 is half of the machine's.".formatted(maxMemoryBytes));
      }
    }

    public Options withBinary(RedisBinary binary) {
      return new Options(maxMemoryBytes, binary, stopsWithProcess, onLoading);
    }

    public Options withMaxMemoryBytes(long bytes) {
      return new Options(bytes, binary, stopsWithProcess, onLoading);
    }

    public Options withStopsWithProcess(boolean stops) {
      return new Options(maxMemoryBytes, binary, stops, onLoading);
    }

    public Options withOnLoading(Consumer<RedisProcess.Loading> onLoading) {
      return new Options(maxMemoryBytes, binary, stopsWithProcess, onLoading);
    }
  }

  /**
   * Starts the server and waits until it has read its data.
   *
   * @param dataDirectory created if missing; its own uses are {@code lock}, {@code bin}, {@code
   *     redis}
   * @throws IllegalStateException when another process uses the directory
   * @throws RedisUnavailable when the server does not come up; with the end of its log
   */
  public static EmbeddedRedis start(Path dataDirectory, Options options) {
    var directory = dataDirectory.toAbsolutePath().normalize();
    Path folder;
    try {
      folder = Files.createDirectories(directory.resolve("redis"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create data directory " + directory, e);
    }
    var lock = DataDirectoryLock.acquire(directory);
    try {
      LeftBehind.stop(folder);
      var chosen = options.binary();
      var binary = chosen == null ? RedisBinary.find(directory.resolve("bin")) : chosen;
      long memory = options.maxMemoryBytes() == 0 ? halfOfMemory() : options.maxMemoryBytes();
      var started = start(lock, binary, folder, memory, options.onLoading());
      started.keeper.setDaemon(true);
      started.keeper.start();
      started.sync.start();
      if (options.stopsWithProcess()) {
        Runtime.getRuntime().addShutdownHook(started.hook);
      }
      return started;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedRedis start(
      DataDirectoryLock lock,
      RedisBinary binary,
      Path folder,
      long memory,
      Consumer<RedisProcess.Loading> onLoading) {
    for (int attempt = 1; ; attempt++) {
      var config = EmbeddedConfig.fresh(folder, memory);
      config.write();
      var process = launch(binary, config);
      try {
        process.awaitReady(onLoading);
        log.info(
            "{} {}{} runs as pid {} on port {} in {}",
            binary.product(),
            binary.version(),
            binary.bundled() ? " (bundled)" : "",
            process.pid(),
            config.port(),
            folder);
        return new EmbeddedRedis(lock, binary, config, process, onLoading);
      } catch (RuntimeException e) {
        boolean portTaken = !process.alive() && process.logEnd().contains("already in use");
        process.kill();
        if (!portTaken || attempt == PORT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static RedisProcess launch(RedisBinary binary, EmbeddedConfig config) {
    AppendOnlyFile.mend(config.folder());
    return RedisProcess.launch(
        binary, List.of(config.file().toString()), config.address(), config.log());
  }

  /** Where it listens, with the password; the same for as long as this is open. */
  public RedisAddress.Standalone address() {
    return config.address();
  }

  /** The server's process id; another one after it died and was started again. */
  public long pid() {
    return process.pid();
  }

  /** The program that runs. */
  public RedisBinary binary() {
    return binary;
  }

  /** Stops the server, what it holds written out, and gives the directory free. */
  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook will find everything stopped.
    }
  }

  private void stop() {
    // Before the monitor, which a restart holds, so that no further one follows.
    closing.countDown();
    synchronized (this) {
      if (process.alive()) {
        process.shutDown(GRACE);
      }
      sync.close();
      lock.close();
    }
  }

  /** Starts the server again whenever it ends, each time a little later. */
  private void keep() {
    var backOff = FIRST_BACK_OFF;
    long startedAt = System.nanoTime();
    try {
      while (true) {
        int code = process.awaitExit();
        if (isClosing()) {
          return;
        }
        if (System.nanoTime() - startedAt > STABLE_AFTER.toNanos()) {
          backOff = FIRST_BACK_OFF;
        }
        log.warn(
            "Redis (pid {}) ended with code {}; starting it again in {} ms",
            process.pid(),
            code,
            backOff.toMillis());
        if (closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        backOff = backOff.multipliedBy(2);
        backOff = backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff;
        startedAt = System.nanoTime();
        restart();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() {
    try {
      synchronized (this) {
        if (isClosing()) {
          return;
        }
        process = launch(binary, config);
      }
      process.awaitReady(onLoading);
      log.info("Redis runs again, as pid {}", process.pid());
    } catch (RedisUnavailable e) {
      // It ended again, and the loop comes back to it, or it hangs, and is left to whoever looks.
      if (!isClosing()) {
        log.error("Redis does not start again", e);
      }
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private static long halfOfMemory() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean known
        ? known.getTotalMemorySize() / 2
        : Runtime.getRuntime().maxMemory();
  }
}
