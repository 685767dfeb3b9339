package dev.rivulet.testkit.live;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.live.Subscription;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealCluster;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.counts.EventCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances of the library on one store: one tracks, the other one watches. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(600)
class WatchNodesIT {
  private static final EventCount CLICKS =
      new EventCount("default", "click", Range.last(Duration.ofHours(1)), null, null);

  @Test
  void watch_onOneInstance_endsWithTheRecountOfTheOther(RealRedis redis) throws Exception {
    try (var a = open(redis.address().toString());
        var b = open(redis.address().toString())) {
      watchWhileTracking(a, b, () -> {});
    }
  }

  @Test
  void watch_onACluster_goesOnWhenAPrimaryIsHandedOver() throws Exception {
    try (var cluster = RealCluster.start();
        var a = open(cluster.address().toString());
        var b = open(cluster.address().toString())) {
      watchWhileTracking(
          a,
          b,
          () -> {
            cluster.awaitReplicated();
            String lost = cluster.pausePrimaryOf("1");
            cluster.awaitFailover("1", lost);
            cluster.resume(lost);
            cluster.awaitWhole();
          });
    }
  }

  /** Then the tick of a second tells, and folding is as ever. */
  @Test
  void watch_byAUserWhoMayNotUseChannels_endsWithTheRecountToo(RealRedis redis) throws Exception {
    try (var operator = RedisConnection.open(redis.address())) {
      operator.send(
          bytes("ACL"),
          bytes("SETUSER"),
          bytes("mute"),
          bytes("on"),
          bytes(">pw"),
          bytes("~*"),
          bytes("+@all"),
          bytes("resetchannels"));
      operator.receive();
      String address = "redis://mute:pw@" + redis.address().node();
      try (var a = open(address);
          var b = open(address)) {
        watchWhileTracking(a, b, () -> {});
      } finally {
        operator.send(bytes("ACL"), bytes("DELUSER"), bytes("mute"));
        operator.receive();
      }
    }
  }

  private static Rivulet open(String redis) {
    return Rivulet.open(RivuletOptions.defaults().withRedis(redis));
  }

  /** Watches come and go on both; events are retried with their id until they are acknowledged. */
  private static void watchWhileTracking(Rivulet a, Rivulet b, Runnable fault) throws Exception {
    long seed = Long.getLong("rivulet.live.seed", System.nanoTime());
    System.out.println("WatchNodesIT seed " + seed);
    var random = new Random(seed);
    List<Rivulet> nodes = List.of(a, b);
    List<Watching> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(new Watching());
    }
    Set<String> ids = new HashSet<>();
    for (int round = 0; round < 60; round++) {
      if (round == 30) {
        all.get(0).moveTo(b);
        all.get(0).awaitTotal(ids.size()); // nothing is under way
        fault.run();
      }
      for (int i = random.nextInt(30); i >= 0; i--) {
        String id = "id-" + random.nextInt(1_000);
        ids.add(id);
        acknowledge(nodes.get(random.nextInt(2)), id);
      }
      all.get(random.nextInt(all.size())).moveTo(nodes.get(random.nextInt(2)));
      Thread.sleep(random.nextInt(50));
    }
    for (Watching one : all) {
      one.moveTo(b);
      one.awaitTotal(ids.size());
      one.close();
    }
  }

  private static void acknowledge(Rivulet node, String id) throws InterruptedException {
    while (true) {
      try {
        node.track(Event.named("click").by("u-" + id).id(id)).appended().join();
        return;
      } catch (RuntimeException away) {
        Thread.sleep(50);
      }
    }
  }

  /** Somebody who watches, now here and now there, and never wants to see less than before. */
  private static final class Watching {
    private final AtomicLong total = new AtomicLong();
    private final AtomicBoolean wentBack = new AtomicBoolean();
    private Subscription subscription = () -> {};
    private AtomicBoolean current = new AtomicBoolean();

    private void moveTo(Rivulet node) {
      close();
      var mine = new AtomicBoolean(true);
      current = mine;
      subscription = node.watch(CLICKS, answer -> heard(mine, answer.total()));
    }

    private synchronized void heard(AtomicBoolean mine, long heard) {
      if (mine.get()) {
        wentBack.compareAndSet(false, heard < total.get());
        total.set(heard);
      }
    }

    private synchronized void close() {
      current.set(false);
      subscription.close();
    }

    private void awaitTotal(long wanted) throws InterruptedException {
      long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
      while (total.get() != wanted) {
        assertTrue(System.nanoTime() < deadline, total + " heard, " + wanted + " tracked");
        Thread.sleep(10);
      }
      assertTrue(!wentBack.get(), "a total went back");
    }
  }
}
