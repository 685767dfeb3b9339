package dev.rivulet.testkit.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.ErasureStatus;
import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealCluster;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.uniques.UniquePeople;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons are erased from a whole Rivulet while events flow. */
class EraseIT {
  private static final String PROJECT = "default";
  private static final long LONGEST_NANOS = Duration.ofSeconds(240).toNanos();

  @TempDir private Path data;

  @Test
  void erase_whileEventsFlow_countsEveryEventOnce() {
    try (var redis = RealRedis.start();
        var rivulet = open(redis.address().toString());
        var load = new Load(rivulet)) {
      load.awaitMore(3_000);
      List<String> erased = List.of(user(3), user(14), user(15));
      List<String> erasures = new ArrayList<>();
      for (String user : erased) {
        erasures.add(rivulet.erase(PROJECT, user).orElseThrow().erasure());
        load.leaveOut(user);
      }
      load.awaitMore(500);
      erasures.forEach(erasure -> awaitDone(rivulet, erasure));
      load.awaitMore(500);
      load.stop();
      assertExact(rivulet, load, 100);
      for (String user : erased) {
        // Events that were sent between the erasure and the last word of it are of somebody new.
        rivulet.erase(PROJECT, user).ifPresent(again -> awaitDone(rivulet, again.erasure()));
        assertEquals(List.of(), search(redis.address(), user));
        assertTrue(rivulet.erase(PROJECT, user).isEmpty(), "nobody has this id any more");
      }
      assertExact(rivulet, load, 100);
      assertFalse(search(redis.address(), user(4)).isEmpty());
    }
  }

  @Test
  void redisKilledAndRivuletReopened_theErasureGoesOn() {
    try (var redis = RealRedis.durable()) {
      List<String> erasures = new ArrayList<>();
      long counted;
      try (var rivulet = open(redis.address().toString());
          var load = new Load(rivulet)) {
        load.awaitMore(4_000);
        load.stop();
        for (int round = 0; round < 4; round++) {
          erasures.add(
              eventually(() -> rivulet.erase(PROJECT, user(20)))
                  .map(ErasureStatus::erasure)
                  .orElse(""));
          pause(round * 150L);
          redis.kill9();
          redis.restart();
          await(rivulet, List.of(event(user(20)), event(user(21))));
        }
        counted = load.acknowledged() + 8;
      }
      try (var rivulet = open(redis.address().toString())) {
        String last = rivulet.erase(PROJECT, user(20)).orElseThrow().erasure();
        awaitDone(rivulet, last);
        until(
            "all erasures are done",
            () -> rivulet.erasures(PROJECT).stream().allMatch(ErasureStatus::done));
        assertEquals(List.of(), search(redis.address(), user(20)));
        assertEquals(counted, total(rivulet));
        assertTrue(rivulet.erasures(PROJECT).size() >= 2, "" + erasures);
      }
    }
  }

  @Test
  void embedded_theFilesHoldNothingEither() throws IOException {
    String gone = "somebody-who-leaves-" + UUID.randomUUID();
    try (var rivulet = Rivulet.embedded(data)) {
      for (int i = 0; i < 200; i++) {
        await(rivulet, List.of(event(gone), event(user(i)), traits(gone)));
      }
      assertFalse(files(gone).isEmpty(), "the search finds who is there");
      String erasure = rivulet.erase(PROJECT, gone).orElseThrow().erasure();
      await(rivulet, List.of(event(user(1))));
      ErasureStatus done = awaitDone(rivulet, erasure);
      assertEquals(400L, done.erased().get("rawEvents"));
      assertEquals(200L, done.erased().get("events"));
      assertEquals(1L, done.erased().get("traits"));
      assertEquals(1L, done.erased().get("sessions"));
      assertEquals(List.of(), files(gone));
      assertEquals(401, total(rivulet));
    }
    try (var rivulet = Rivulet.embedded(data)) {
      assertEquals(401, total(rivulet));
      assertEquals("done", rivulet.erasures(PROJECT).get(0).state());
    }
    assertEquals(List.of(), files(gone));
  }

  @Test
  void cluster_erasedFromEveryPrimary() {
    try (var cluster = RealCluster.start();
        var rivulet = open(cluster.address().toString())) {
      for (int i = 0; i < 60; i++) {
        await(rivulet, Stream.iterate(0, n -> n + 1).limit(40).map(n -> event(user(n))).toList());
        await(rivulet, List.of(traits(user(i % 6)), traits(user(9))));
      }
      List<String> gone = List.of(user(0), user(1), user(2), user(3), user(4), user(5));
      List<String> erasures = new ArrayList<>();
      gone.forEach(user -> erasures.add(rivulet.erase(PROJECT, user).orElseThrow().erasure()));
      erasures.forEach(erasure -> awaitDone(rivulet, erasure));
      for (String primary : cluster.primaries()) {
        var address = (RedisAddress.Standalone) RedisAddress.parse("redis://" + primary);
        for (String user : gone) {
          assertEquals(List.of(), search(address, user));
        }
      }
      assertEquals(60 * 40, total(rivulet));
      rivulet.rebuild("counts");
      until("the rebuild is done", () -> total(rivulet) == 60 * 34);
    }
  }

  private static void assertExact(Rivulet rivulet, Load load, long people) {
    until("all is folded", () -> rivulet.status().pending() == 0);
    assertEquals(load.acknowledged(), total(rivulet));
    var uniques = new UniquePeople(PROJECT, null, Range.last(Duration.ofDays(1)), null, null);
    long found = rivulet.ask(uniques).total();
    assertTrue(found >= people && found <= people + 6, found + " people");
    var status = rivulet.status();
    assertEquals(status.appended(), status.folded() + status.pending());
    assertEquals(0, status.duplicates());
  }

  private static long total(Rivulet rivulet) {
    return rivulet
        .ask(new EventCount(PROJECT, null, Range.last(Duration.ofDays(1)), null, null))
        .total();
  }

  private static ErasureStatus awaitDone(Rivulet rivulet, String erasure) {
    until(
        "erasure " + erasure + " is done",
        () -> rivulet.erasure(PROJECT, erasure).orElseThrow().done());
    return rivulet.erasure(PROJECT, erasure).orElseThrow();
  }

  private static List<String> search(RedisAddress.Standalone address, String user) {
    try (var connection = RedisConnection.open(address)) {
      return ByteSearch.of(connection, PROJECT, user);
    }
  }

  private List<String> files(String user) throws IOException {
    List<String> found = new ArrayList<>();
    try (var all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (ByteSearch.holds(Files.readAllBytes(file), user.getBytes(UTF_8))) {
          found.add(file.toString());
        }
      }
    }
    return found;
  }

  private static Rivulet open(String redis) {
    return Rivulet.open(RivuletOptions.defaults().withRedis(redis));
  }

  private static String user(int number) {
    return "person-with-the-number-" + number + "@example.org";
  }

  private static EventDraft event(String user) {
    return Event.named("visit").by(user).with("plan", "pro");
  }

  private static EventDraft traits(String user) {
    return new EventDraft().kind(Kind.TRAITS).by(user).with("mail", user);
  }

  private static void await(Rivulet rivulet, List<EventDraft> events) {
    String id = UUID.randomUUID().toString();
    for (int i = 0; i < events.size(); i++) {
      events.get(i).id(id + i);
    }
    eventually(
        () -> {
          rivulet.await(rivulet.track(PROJECT, events));
          return true;
        });
  }

  private static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      boolean holds = eventually(condition);
      if (holds) {
        return;
      }
      assertTrue(System.nanoTime() < deadline, "waited in vain until " + what);
      pause(50);
    }
  }

  /** Calls again while the store is away. */
  private static <T> T eventually(Callable<T> call) {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      try {
        return call.call();
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("it failed to the end", e);
        }
        pause(50);
      }
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** One client that sends one request after the other and counts what was acknowledged. */
  private static final class Load implements AutoCloseable {
    private final Rivulet rivulet;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final List<String> leftOut = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::send, "load");

    private Load(Rivulet rivulet) {
      this.rivulet = rivulet;
      thread.start();
    }

    private void send() {
      int number = 0;
      while (running.get()) {
        List<EventDraft> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          String user = user(number++ % 100);
          if (!leftOut.contains(user)) {
            events.add(event(user));
          }
        }
        try {
          var tracked = rivulet.track(PROJECT, events);
          tracked.appended().join();
          acknowledged.addAndGet(tracked.accepted());
        } catch (CompletionException e) {
          throw new AssertionError("nothing should fail here", e);
        }
      }
    }

    private long acknowledged() {
      return acknowledged.get();
    }

    private void leaveOut(String user) {
      leftOut.add(user);
    }

    private void awaitMore(long events) {
      long goal = acknowledged.get() + events;
      until(events + " more events", () -> acknowledged.get() >= goal || !thread.isAlive());
    }

    private void stop() {
      running.set(false);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      stop();
    }
  }
}
