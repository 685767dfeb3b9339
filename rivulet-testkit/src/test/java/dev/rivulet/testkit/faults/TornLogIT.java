package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.redis.RedisAddress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A power cut tears the end off the append-only file. Log and views share their transactions, so
 * the views still equal a fold of the log that is left, also after the next start.
 */
class TornLogIT {
  /** The last transaction's end, a part of it, and some more. */
  private static final List<Integer> TORN_BYTES = List.of(1, 150, 4_000, 33_333);

  @TempDir private Path data;

  @Test
  void tornEnd_rivuletReopened_answersEqualTheLogThatIsLeft() throws IOException {
    long seed = Chance.seed("TornLogIT reopened");
    var random = new Random(seed);
    long end = System.currentTimeMillis();
    for (int torn : TORN_BYTES) {
      try (var rivulet = Rivulet.embedded(data)) {
        load(rivulet, seed + torn, end);
      }
      tear(torn + random.nextInt(3_000));
      try (var rivulet = Rivulet.embedded(data)) {
        assertEqualsLog(rivulet, end, torn);
      }
      try (var rivulet = Rivulet.embedded(data)) {
        assertEqualsLog(rivulet, end, 0);
      }
    }
  }

  @Test
  void tornEnd_rivuletStaysOpen_answersEqualTheLogThatIsLeft() throws Exception {
    long seed = Chance.seed("TornLogIT open");
    long end = System.currentTimeMillis();
    try (var rivulet = Rivulet.embedded(data)) {
      long killed = 0;
      for (int torn : TORN_BYTES) {
        load(rivulet, seed + torn, end);
        killed = OwnRedis.pid(data, killed);
        OwnRedis.signal("STOP", killed); // so that it cannot write behind the cut
        tear(torn);
        OwnRedis.signal("KILL", killed);
        OwnRedis.pid(data, killed);
        assertEqualsLog(rivulet, end, torn);
      }
    }
  }

  /** Loads, and leaves off without waiting for the fold. */
  private static void load(Rivulet rivulet, long seed, long end) {
    try (var clients = Clients.start(2, seed, end, () -> rivulet)) {
      clients.awaitMore(1_500);
      clients.stop();
    }
  }

  private void assertEqualsLog(Rivulet rivulet, long end, int torn) {
    Books.settled(rivulet);
    RedisAddress address = OwnRedis.address(data);
    List<Event> left = SurvivingLog.events(address, RivuletOptions.PARTITIONS);
    System.out.println(torn + " bytes torn off: " + left.size() + " events left");
    assertTrue(left.size() > 100, "the cut left too little to prove anything");
    Books.assertExact(rivulet, left, end);
  }

  private void tear(int bytes) throws IOException {
    try (var files = Files.list(data.resolve("redis/appendonlydir"))) {
      Path newest =
          files
              .filter(file -> file.toString().endsWith(".incr.aof"))
              .max(Comparator.comparingLong(TornLogIT::sequence))
              .orElseThrow();
      try (var file = new RandomAccessFile(newest.toFile(), "rw")) {
        file.setLength(Math.max(0, file.length() - bytes));
      }
    }
  }

  /** The number in {@code appendonly.aof.7.incr.aof}. */
  private static long sequence(Path file) {
    return Long.parseLong(file.getFileName().toString().split("\\.")[2]);
  }
}
