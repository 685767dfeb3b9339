package dev.rivulet.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.locks.LockSupport;

/** Temporary folders. */
final class Folders {
  private static final int MOST_ATTEMPTS = 300;
  private static final long PAUSE_NANOS = 100_000_000;

  private Folders() {}

  static Path create() {
    try {
      return Files.createTempDirectory("rivulet-redis");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary folder", e);
    }
  }

  /** Deletes it; again while a child of a server that was killed still writes there. */
  static void delete(Path folder) {
    for (int attempt = 1; Files.exists(folder); attempt++) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        if (attempt == MOST_ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw new IllegalStateException("Cannot delete " + folder, e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
