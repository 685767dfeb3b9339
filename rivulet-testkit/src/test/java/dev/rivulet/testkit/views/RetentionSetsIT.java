package dev.rivulet.testkit.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import dev.rivulet.views.retention.RetentionView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.roaringbitmap.RoaringBitmap;
import redis.clients.jedis.Jedis;

/** What stands in the store: merged when it has grown, gone when a person is erased. */
@ExtendWith(RealRedis.Shared.class)
class RetentionSetsIT {
  private static final long START = Instant.parse("2025-01-06T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;
  private static final int WORD_BYTES = 8;
  private static final int MOST_WORDS = 32_768;

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_123);
  private final Random random = new Random(seed);
  private int number;

  @Test
  void tail_growing_isMergedAndNothingIsLost(RealRedis redis) {
    BitSet[] seen = new BitSet[28];
    for (int day = 0; day < seen.length; day++) {
      seen[day] = new BitSet();
    }
    try (var driver = open(redis)) {
      for (int round = 0; round < 30; round++) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          int user = random.nextInt(3_000);
          int day = random.nextInt(4) == 0 ? random.nextInt(seen.length) : round % seen.length;
          seen[day].set(user);
          events.add(event("visit", user, START + day * DAY + i));
        }
        driver.append(events);
        driver.foldAll();
        if (round % 4 == 3) {
          driver.restart(); // what was not merged is cold from now on
        }
        assertCohorts(driver, seen);
      }
      try (Jedis jedis = jedis(redis)) {
        assertTrue(jedis.hlen("rv:{0}:retention:shop:visit:days") > 0, "nothing was merged");
        for (String tail : jedis.keys("rv:{*}:retention:*:tail")) {
          assertTrue(jedis.strlen(tail) <= WORD_BYTES * MOST_WORDS, tail);
        }
      }
    }
  }

  private void assertCohorts(RivuletDriver driver, BitSet[] seen) {
    driver.at(START + 40 * DAY);
    var range = Range.between(START, START + seen.length * DAY);
    var cohorts = driver.ask(days(range)).cohorts();
    var before = new BitSet();
    for (int day = 0; day < seen.length; day++) {
      BitSet fresh = (BitSet) seen[day].clone();
      fresh.andNot(before);
      before.or(seen[day]);
      String where = "day " + day + ", seed " + seed;
      assertEquals(fresh.cardinality(), cohorts.get(day).size(), where);
      for (int after = 1; day + after < seen.length; after++) {
        BitSet back = (BitSet) fresh.clone();
        back.and(seen[day + after]);
        assertEquals(back.cardinality(), cohorts.get(day).returned().get(after - 1), where);
      }
    }
  }

  private static Retention days(Range range) {
    return new Retention(
        "shop",
        Retention.of("shop", "visit", "visit", Period.DAY).first(),
        Retention.of("shop", "visit", "visit", Period.DAY).returning(),
        Period.DAY,
        Retention.Type.FIRST,
        Retention.Mode.ON,
        range,
        null,
        null);
  }

  @Test
  void erasure_ofEverybody_leavesNobodyInAnyKey(RealRedis redis) throws IOException {
    try (var driver = open(redis)) {
      for (int round = 0; round < 6; round++) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
          String name = new String[] {"visit", "order", "%2a:{}"}[random.nextInt(3)];
          events.add(event(name, random.nextInt(40), START + random.nextInt(90) * DAY));
        }
        driver.append(events);
        driver.foldAll();
      }
      assertFalse(peopleStored(redis).isEmpty());
      driver.restart();
      for (int user = 0; user < 40; user++) {
        driver.append(List.of(erasure(user)));
        if (user % 3 == 0) {
          driver.foldAll();
        }
      }
      driver.foldAll();
      assertEquals(0, driver.poisoned());
      assertEquals(new RoaringBitmap(), peopleStored(redis), "seed " + seed);
    }
  }

  /** The numbers of all people in any set or tail. */
  private static RoaringBitmap peopleStored(RealRedis redis) throws IOException {
    var people = new RoaringBitmap();
    try (Jedis jedis = jedis(redis)) {
      for (String key : jedis.keys("rv:{*}:retention:*")) {
        if (key.endsWith(":tail")) {
          var words = ByteBuffer.wrap(jedis.get(key.getBytes(UTF_8)));
          while (words.hasRemaining()) {
            people.add((int) words.getLong());
          }
        } else if (!key.endsWith(":subjects")) {
          for (byte[] stored : jedis.hgetAll(key.getBytes(UTF_8)).values()) {
            var set = new RoaringBitmap();
            set.deserialize(ByteBuffer.wrap(stored));
            people.or(set);
          }
        }
      }
    }
    return people;
  }

  @Test
  void names_pastTheBound_areReadFromTheLog(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < Limits.EVENT_NAMES; i++) {
        events.add(event("name " + i, 1, START));
      }
      events.add(event("late name", 1, START));
      events.add(event("late name", 2, START + DAY));
      events.add(event("another", 1, START + 2 * DAY));
      driver.append(events);
      driver.foldAll();
      driver.at(START + 3 * DAY);
      var range = Range.between(START, START + 3 * DAY);
      var late = Retention.of("shop", "late name", "another", Period.DAY);
      var answer =
          driver.ask(
              new Retention(
                  "shop",
                  late.first(),
                  late.returning(),
                  Period.DAY,
                  Retention.Type.FIRST,
                  Retention.Mode.ON,
                  range,
                  null,
                  null));
      assertEquals(1, answer.cohorts().get(0).size());
      assertEquals(1, answer.cohorts().get(1).size());
      assertEquals(List.of(0L, 1L), answer.cohorts().get(0).returned());
    }
  }

  @Test
  void groups_pastTheBound_areOther(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      for (int user = 0; user < 150; user++) {
        var plan = Properties.of(Map.of("plan", "plan " + user % 120));
        events.add(
            new Event("shop", Kind.EVENT, "visit", "u" + user, null, START, START + user, plan));
      }
      driver.append(events);
      driver.foldAll();
      driver.at(START + 3 * DAY);
      Retention all = days(Range.between(START, START + DAY));
      var answer =
          driver.ask(
              new Retention(
                  "shop",
                  all.first(),
                  all.returning(),
                  Period.DAY,
                  Retention.Type.FIRST,
                  Retention.Mode.ON,
                  all.range(),
                  "plan",
                  null));
      assertEquals(101, answer.groups().size());
      assertEquals(2, answer.groups().get(0).cohorts().get(0).size());
      assertEquals(Limits.OTHER, answer.groups().get(100).group());
      assertEquals(20, answer.groups().get(100).cohorts().get(0).size());
      assertEquals(150, answer.cohorts().get(0).size());
    }
  }

  private static RivuletDriver open(RealRedis redis) {
    redis.flush();
    return RivuletDriver.open(redis.address(), 1, ZoneOffset.UTC, List.of(new RetentionView()));
  }

  private Event event(String name, int user, long time) {
    long receivedAt = START + 100 * DAY + number++;
    return new Event("shop", Kind.EVENT, name, "u" + user, null, time, receivedAt, Properties.NONE);
  }

  private Event erasure(int user) {
    long receivedAt = START + 100 * DAY + number++;
    return new Event(
        "shop",
        Kind.ERASURE,
        "erasure",
        "u" + user,
        "erasure " + user,
        receivedAt,
        receivedAt,
        Properties.NONE);
  }

  private static Jedis jedis(RealRedis redis) {
    return new Jedis(redis.address().node().host(), redis.address().node().port());
  }
}
