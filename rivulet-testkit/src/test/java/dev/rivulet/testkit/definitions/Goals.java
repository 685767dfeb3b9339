package dev.rivulet.testkit.definitions;

import static dev.rivulet.redis.RedisConnection.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rivulet.event.Event;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.Retries;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.Traffic;
import dev.rivulet.testkit.definitions.GoalsView.Reached;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Defined;
import dev.rivulet.view.Definition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A driver with goals, and what it was given: the truth to recount. */
final class Goals implements AutoCloseable {
  static final String PROJECT = "default";
  static final String ROOM = GoalsView.ROOM;

  /** Two days ago, so that nothing is in the future and nothing expires. */
  static final long FROM =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(2, ChronoUnit.DAYS).toEpochMilli();

  static final long TO = FROM + 40 * 3_600_000L;

  private final RealRedis redis;
  private final int partitions;
  private final long seed;
  private final List<Event> arrived = new ArrayList<>();
  private final List<Event> coming;
  private RivuletDriver driver;

  Goals(RealRedis redis, int partitions, long seed) {
    this(redis, partitions, seed, new GoalsView());
  }

  Goals(RealRedis redis, int partitions, long seed, GoalsView view) {
    this.redis = redis;
    this.partitions = partitions;
    this.seed = seed;
    this.coming =
        new ArrayList<>(
            Retries.among(new Traffic(seed, PROJECT, 40).between(FROM, TO, 3_000), seed));
    this.driver = open(view);
  }

  /** Another process on the same store. */
  RivuletDriver open(GoalsView view) {
    return RivuletDriver.open(redis.address(), partitions, ZoneOffset.UTC, List.of(view)).at(TO);
  }

  RivuletDriver driver() {
    return driver;
  }

  /** The process ends, and one with {@code view} starts. */
  void startAgain(GoalsView view) {
    driver.close();
    driver = open(view);
  }

  /** Appends {@code batches} of five events: as many log entries per partition at most. */
  Goals append(int batches) {
    for (int i = 0; i < batches; i++) {
      List<Event> next = coming.subList(0, 5);
      driver.append(List.copyOf(next));
      arrived.addAll(next);
      next.clear();
    }
    return this;
  }

  Goals fold() {
    driver.foldAll();
    return this;
  }

  void define(String name, String event) {
    driver.define(PROJECT, ROOM, name, GoalsView.body(event));
  }

  void undefine(String name) {
    driver.undefine(PROJECT, ROOM, name);
  }

  Defined defined(String name) {
    Reached.Answer answer = driver.ask(new Reached(PROJECT, name));
    assertNotNull(answer, () -> name + " is not defined, seed " + seed);
    return answer.defined();
  }

  /** The revision that answers for {@code name} answers as a recount does; 0 when none does yet. */
  int assertExact(String name) {
    return assertExact(name, driver);
  }

  int assertExact(String name, RivuletDriver asked) {
    asked.foldAll();
    Reached.Answer answer = asked.ask(new Reached(PROJECT, name));
    assertNotNull(answer, () -> name + " is not defined, seed " + seed);
    Definition live = answer.defined().live();
    if (live == null) {
      return 0;
    }
    assertExact(live, answer);
    return live.revision();
  }

  /** Is live in the body of {@code event}, with nothing left to fill, and exact. */
  void assertLive(String name, String event) {
    assertExact(name);
    Defined defined = defined(name);
    Definition live = defined.live();
    assertNotNull(live, () -> name + " is not live, seed " + seed);
    assertEquals(GoalsView.body(event), live.body(), () -> "seed " + seed);
    assertNull(defined.building(), () -> "seed " + seed);
    assertEquals(1, defined.progress());
    assertEquals(0, defined.completeFrom(), () -> "seed " + seed);
  }

  void assertUndefined(String name) {
    assertNull(driver.ask(new Reached(PROJECT, name)), () -> name + " is there, seed " + seed);
  }

  /** Of what was ever filled, the store has the state of {@code live} revisions only. */
  void assertKeysOf(int... live) {
    Set<String> expected = new TreeSet<>();
    for (int revision : live) {
      for (int partition = 0; partition < partitions; partition++) {
        expected.add("rv:{%d}:goals:%s:%d:people".formatted(partition, PROJECT, revision));
      }
    }
    Set<String> found = keys("rv:{?}:goals:*");
    found.removeAll(expected);
    assertEquals(Set.of(), found, () -> "keys left behind, seed " + seed);
    assertEquals(Set.of(), keys("rv:*:filling"), () -> "seed " + seed);
    for (int partition = 0; partition < partitions; partition++) {
      assertEquals(
          (long) live.length, ask("HLEN", "rv:{%d}:defined".formatted(partition)), "seed " + seed);
    }
  }

  Set<String> keys(String pattern) {
    Set<String> keys = new TreeSet<>();
    for (Object key : (List<?>) ask("KEYS", pattern)) {
      keys.add(new String((byte[]) key, UTF_8));
    }
    return keys;
  }

  Object ask(String... words) {
    try (var connection = RedisConnection.open(redis.address())) {
      byte[][] command = new byte[words.length][];
      for (int i = 0; i < words.length; i++) {
        command[i] = bytes(words[i]);
      }
      connection.send(command);
      Object reply = connection.receive();
      assertNotNull(reply, () -> List.of(words) + " answers nothing");
      return reply;
    }
  }

  @Override
  public void close() {
    driver.close();
  }

  private void assertExact(Definition live, Reached.Answer answer) {
    var recount = new Recount(PROJECT, arrived);
    String event = live.body().substring(GoalsView.body("").length());
    assertEquals(recount.count(event, FROM, TO), answer.times(), () -> live + ", seed " + seed);
    assertEquals(recount.uniques(event, FROM, TO), answer.people(), () -> live + ", seed " + seed);
  }
}
