package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.Status;
import dev.rivulet.engine.Keys;
import dev.rivulet.event.Event;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealRedis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot be folded is put aside with its reason and place, and the fold goes on. */
@ExtendWith(RealRedis.Shared.class)
class PoisonIT {
  @Test
  void viewThatThrows_itsEventsArePutAside_othersCount(RealRedis redis) {
    long seed = Chance.seed("PoisonIT view");
    long end = System.currentTimeMillis();
    try (var rivulet = OwnViews.with(List.of(PickyView.class), () -> open(redis));
        var clients = Clients.start(2, seed, end, () -> rivulet)) {
      clients.awaitMore(1_000);
      clients.stop();
      var status = Books.settled(rivulet);
      List<Event> all = clients.acknowledged();
      List<Event> taken = all.stream().filter(PickyView::takes).toList();
      assertTrue(taken.size() < all.size());
      assertEquals(all.size() - taken.size(), status.poisonous());
      assertEquals(0, status.unreadable());
      Books.assertAnswers(rivulet, taken, end);
      Map<String, String> aside = putAside(redis);
      assertEquals(all.size() - taken.size(), aside.size());
      assertNewest(status.poison(), aside);
      aside.forEach(
          (position, reason) -> {
            assertTrue(position.matches("\\d/\\d+-\\d+/\\d+"), position);
            assertTrue(reason.startsWith("picky cannot fold it: "), reason);
          });
    }
  }

  @Test
  void garbageInTheLog_isPutAside_eventsAroundItCount(RealRedis redis) {
    long seed = Chance.seed("PoisonIT garbage");
    long end = System.currentTimeMillis();
    try (var rivulet = open(redis);
        var clients = Clients.start(2, seed, end, () -> rivulet)) {
      List<byte[]> garbage = garbage(new Random(seed));
      for (byte[] entry : garbage) {
        clients.awaitMore(20);
        addToLog(redis, entry);
      }
      clients.awaitMore(100);
      clients.stop();
      Status status = Books.settled(rivulet);
      assertEquals(garbage.size(), status.unreadable());
      assertEquals(0, status.poisonous());
      Books.assertAnswers(rivulet, clients.acknowledged(), end);
      assertEquals(garbage.size(), putAside(redis).size());
    }
  }

  /** The status tells the newest 100, newest first, each with its reason. */
  private static void assertNewest(List<Status.PutAside> told, Map<String, String> aside) {
    assertEquals(Math.min(100, aside.size()), told.size());
    List<String> times = told.stream().map(Status.PutAside::time).toList();
    assertEquals(times.stream().sorted(Comparator.reverseOrder()).toList(), times);
    long oldestTold = Instant.parse(times.get(times.size() - 1)).toEpochMilli();
    for (Status.PutAside one : told) {
      assertEquals(aside.get(one.partition() + "/" + one.position()), one.reason());
    }
    long newer =
        aside.keySet().stream()
            .filter(place -> Long.parseLong(place.split("[/-]")[1]) > oldestTold)
            .count();
    assertTrue(newer <= told.size(), newer + " are newer than the oldest that is told");
  }

  /** Bytes of no format, of none at all, and batches cut short or with a head that lies. */
  private static List<byte[]> garbage(Random random) {
    List<byte[]> garbage = new ArrayList<>();
    garbage.add(bytes("garbage"));
    garbage.add(new byte[0]);
    garbage.add(new byte[] {1});
    garbage.add(new byte[] {1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    var visitors = new Visitors(random.nextLong(), "garbage", 1_000_000_000L);
    byte[] batch = RecordBatch.encode(Stream.generate(visitors::next).limit(25).toList());
    garbage.add(Arrays.copyOf(batch, batch.length / 2));
    for (int head = 1; head <= 3; head++) { // the count, then two bytes of the length
      byte[] lying = batch.clone();
      lying[head] ^= (byte) 0xff;
      garbage.add(lying);
    }
    var noise = new byte[200];
    random.nextBytes(noise);
    noise[0] = 1;
    garbage.add(noise);
    return garbage;
  }

  private static Rivulet open(RealRedis redis) {
    return Rivulet.open(RivuletOptions.defaults().withRedis(redis.address().toString()));
  }

  private static void addToLog(RealRedis redis, byte[] entry) {
    try (var connection = RedisConnection.open(redis.address())) {
      connection.send(bytes("XADD"), Keys.log(0), bytes("*"), bytes("b"), entry);
      connection.receive();
    }
  }

  /** Reason by partition and position. */
  private static Map<String, String> putAside(RealRedis redis) {
    Map<String, String> aside = new TreeMap<>();
    try (var connection = RedisConnection.open(redis.address())) {
      for (int partition = 0; partition < RivuletOptions.PARTITIONS; partition++) {
        connection.send(bytes("HGETALL"), Keys.of(partition, "poison"));
        List<?> flat = (List<?>) connection.receive();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
          aside.put(partition + "/" + text(flat.get(i)), text(flat.get(i + 1)));
        }
      }
    }
    return aside;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }
}
