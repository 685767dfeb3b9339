package dev.rivulet.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces the append-only files of an embedded server to the disk each second.
 *
 * <p>With {@code appendfsync everysec} Redis would do so itself, but while such a sync is under way
 * it keeps what it acknowledges in its own memory, for up to two seconds on a busy disk, where
 * {@code kill -9} loses it. With {@code appendfsync no} every acknowledged write has reached the
 * operating system, and the sync is ours: a kill loses nothing, a power cut up to a second.
 */
final class EverySecond implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EverySecond.class);

  private final Path files;
  private final Map<Path, FileTime> synced = new HashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "rivulet-embedded-redis-sync");

  /**
   * @param folder the server's directory
   */
  EverySecond(Path folder) {
    this.files = folder.resolve("appendonlydir");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void run() {
    try {
      while (!closing.await(1, TimeUnit.SECONDS)) {
        sync();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sync() {
    try (Stream<Path> all = Files.list(files)) {
      List<Path> present = all.toList();
      synced.keySet().retainAll(present);
      for (Path file : present) {
        FileTime written = Files.getLastModifiedTime(file);
        if (!written.equals(synced.get(file))) {
          force(file);
          synced.put(file, written);
        }
      }
    } catch (IOException e) {
      log.debug("the append-only files are synced in a second: {}", e.toString());
    }
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
  }
}
