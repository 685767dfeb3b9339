package dev.rivulet.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that outlived the owner of its folder, which was killed. Two on one append-only file
 * would ruin it, so that it has to end before another starts.
 */
final class LeftBehind {
  private static final Logger log = LoggerFactory.getLogger(LeftBehind.class);
  private static final Duration GRACE = Duration.ofSeconds(30);

  private LeftBehind() {}

  /**
   * Ends it in order, if there is one. Only the folder's lock holder may call this.
   *
   * @throws IllegalStateException when it does not end
   */
  static void stop(Path folder) {
    var left = EmbeddedConfig.left(folder);
    if (left.isEmpty()) {
      return;
    }
    var config = left.get();
    // Before it is asked, as it removes the file when it ends.
    var server = server(config);
    // Only a server of ours knows the password, so that nobody else's on this port is stopped.
    if (RedisProcess.askToShutDown(config.address(), GRACE)) {
      log.info("Stopped a Redis on port {} that a killed process had left behind", config.port());
    }
    if (server.isPresent() && !ends(server.get())) {
      throw new IllegalStateException(
          "Redis with pid %d, left behind by a killed process, still uses %s and does not stop; stop it."
              .formatted(server.get().pid(), folder));
    }
    try {
      Files.deleteIfExists(config.pidFile());
    } catch (IOException e) {
      log.warn("Cannot delete {}: {}", config.pidFile(), e.getMessage());
    }
  }

  private static Optional<ProcessHandle> server(EmbeddedConfig config) {
    try {
      long pid = Long.parseLong(Files.readString(config.pidFile()).strip());
      return ProcessHandle.of(pid).filter(process -> isServer(process, config));
    } catch (IOException | NumberFormatException noPid) {
      return Optional.empty();
    }
  }

  /** The pid may belong to somebody else by now, perhaps to another Redis. */
  private static boolean isServer(ProcessHandle process, EmbeddedConfig config) {
    var command = process.info().command().orElse("");
    var name = command.substring(command.lastIndexOf('/') + 1);
    if (!name.startsWith("redis-") && !name.startsWith("valkey-")) {
      return false;
    }
    // A running server shows its port there, a starting one its file, some systems nothing.
    var line = process.info().commandLine();
    return line.isEmpty()
        || line.get().contains(":" + config.port())
        || line.get().contains(config.file().toString());
  }

  private static boolean ends(ProcessHandle server) {
    try {
      server.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !server.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
