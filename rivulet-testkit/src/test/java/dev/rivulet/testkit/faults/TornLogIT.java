package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A power cut tears the end off the append-only file. Log and views share their transactions, so
 * the views still equal a fold of the log that is left.
 */
class TornLogIT {
  private static final List<Integer> TORN_BYTES = List.of(1, 2, 13, 150, 4_000, 33_333, 120_000);

  @Test
  void tornEnd_rivuletReopened_answersEqualTheLogThatIsLeft() {
    long seed = Chance.seed("TornLogIT reopened");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable()) {
      for (int torn : TORN_BYTES) {
        try (var rivulet = Rivulet.open(options(redis))) {
          load(rivulet, seed + torn, end);
        }
        redis.kill9();
        tear(redis, torn);
        redis.restart();
        try (var rivulet = Rivulet.open(options(redis))) {
          assertEqualsLog(redis, rivulet, end, torn);
        }
      }
    }
  }

  @Test
  void tornEnd_rivuletStaysOpen_answersEqualTheLogThatIsLeft() {
    long seed = Chance.seed("TornLogIT open");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable();
        var rivulet = Rivulet.open(options(redis))) {
      for (int torn : TORN_BYTES) {
        load(rivulet, seed + torn, end);
        redis.kill9();
        tear(redis, torn);
        redis.restart();
        assertEqualsLog(redis, rivulet, end, torn);
      }
    }
  }

  private static RivuletOptions options(RealRedis redis) {
    return RivuletOptions.defaults().withRedis(redis.address().toString());
  }

  /** Loads, and leaves off without waiting for the fold. */
  private static void load(Rivulet rivulet, long seed, long end) {
    try (var clients = Clients.start(2, seed, end, () -> rivulet)) {
      clients.awaitMore(1_500);
      clients.stop();
    }
  }

  private static void assertEqualsLog(RealRedis redis, Rivulet rivulet, long end, int torn) {
    Books.settled(rivulet);
    List<Event> left = SurvivingLog.events(redis.address(), RivuletOptions.PARTITIONS);
    System.out.println(torn + " bytes torn off: " + left.size() + " events left");
    assertTrue(left.size() > 100, "the cut left too little to prove anything");
    Books.assertExact(rivulet, left, end);
    assertEquals(left.size(), rivulet.status().accepted());
  }

  private static void tear(RealRedis redis, int bytes) {
    try (var files = Files.list(redis.folder().resolve("appendonlydir"))) {
      Path newest =
          files
              .filter(file -> file.toString().endsWith(".incr.aof"))
              .max(Comparator.comparing(Path::toString))
              .orElseThrow();
      try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
        file.setLength(Math.max(0, file.length() - bytes));
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot tear the append-only file", e);
    }
  }
}
