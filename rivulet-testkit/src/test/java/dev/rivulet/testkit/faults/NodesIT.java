package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.Status;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.projects.Project;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.counts.EventCount;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several nodes of one process on one store: who folds what, and what they tell of each other. */
@ExtendWith(RealRedis.Shared.class)
class NodesIT {
  private static final long HOUR = 3_600_000;

  private final List<Rivulet> open = new ArrayList<>();

  @AfterEach
  void closeAll() {
    open.forEach(Rivulet::close);
  }

  @Test
  void nodesJoinAndLeave_partitionsSpreadEvenly(RealRedis redis) {
    var options = on(redis).withPartitions(4);
    Rivulet first = start(options);
    awaitShares(first, Map.of(first.node(), 4));
    Rivulet second = start(options);
    awaitShares(second, Map.of(first.node(), 2, second.node(), 2));
    Rivulet third = start(options);
    awaitShares(first, Map.of(first.node(), 2, second.node(), 1, third.node(), 1));
    stop(first);
    awaitShares(third, Map.of(second.node(), 2, third.node(), 2));
    stop(second);
    awaitShares(third, Map.of(third.node(), 4));
  }

  @Test
  void moreNodesThanPartitions_someFoldNothing_allAppend(RealRedis redis) {
    long seed = Chance.seed("NodesIT more nodes");
    long end = System.currentTimeMillis();
    var options = on(redis).withPartitions(2);
    for (int i = 0; i < 4; i++) {
      start(options);
    }
    awaitShares(open.get(3), Map.of(open.get(0).node(), 1, open.get(1).node(), 1));
    var turn = new int[1];
    try (var clients = Clients.start(1, seed, end, () -> open.get(turn[0]++ % open.size()))) {
      clients.awaitMore(600);
      clients.stop();
      for (Rivulet node : open) {
        Books.assertExact(node, clients.acknowledged(), end);
      }
      Patience.until(
          "all four live",
          () -> {
            List<Status.Node> nodes = open.get(3).status().nodes();
            return nodes.size() == 4 && nodes.stream().allMatch(Status.Node::live);
          });
      Patience.until(
          "what each node appended and folded adds up",
          () -> {
            List<Status.Node> nodes = open.get(0).status().nodes();
            return sum(nodes, true) >= clients.acknowledgedCount()
                && sum(nodes, false) == open.get(0).status().folded();
          });
    }
  }

  @Test
  void twoNodesWithOneName_areTwoNodes_andTheStatusSaysSo(RealRedis redis) {
    var options = on(redis).withNode("web-1").withPartitions(2);
    Rivulet first = start(options);
    Rivulet second = start(options);
    assertNotEquals(first.node(), second.node());
    awaitShares(first, Map.of(first.node(), 1, second.node(), 1));
    Status status = second.status();
    assertEquals(
        List.of("web-1", "web-1"), status.nodes().stream().map(Status.Node::name).toList());
    assertTrue(
        status.warnings().stream()
            .anyMatch(
                warning ->
                    warning.kind().equals("same_name") && warning.detail().contains(first.node())),
        status.warnings().toString());
  }

  @Test
  void clocksAnHourApart_sameMomentSameBucket(RealRedis redis) {
    var right = InstantSource.system();
    Rivulet early = start(on(redis).withMachineClock(InstantSource.offset(right, hours(-1))));
    Rivulet late = start(on(redis).withMachineClock(InstantSource.offset(right, hours(1))));
    long before = right.millis();
    for (Rivulet node : open) {
      node.await(node.track(Project.DEFAULT, List.of(draft("now"))));
    }
    long after = right.millis();
    // A clock that is corrected is as right as the trip to the store was short.
    long from = Math.floorDiv(before, 60_000) * 60_000 - 60_000;
    long to = Math.floorDiv(after, 60_000) * 60_000 + 120_000;
    for (Rivulet node : open) {
      var about =
          new EventCount(Project.DEFAULT, "now", Range.between(from, to), Step.MINUTE, null);
      assertEquals(2, node.ask(about).total());
      var lastHour =
          new EventCount(Project.DEFAULT, "now", Range.last(hours(1)), Step.MINUTE, null);
      Patience.until("both are of the last hour", () -> node.ask(lastHour).total() == 2);
      assertTrue(Math.abs(node.clock().millis() - right.millis()) < HOUR / 2);
    }
    Patience.until(
        "both have told of themselves",
        () -> {
          List<Status.Node> nodes = early.status().nodes();
          return nodes.size() == 2 && nodes.stream().allMatch(n -> n.clockSkewMillis() != null);
        });
    Status status = early.status();
    var skews = new TreeMap<String, Long>();
    status.nodes().forEach(node -> skews.put(node.node(), node.clockSkewMillis()));
    assertEquals(-1, Math.round((double) skews.get(early.node()) / HOUR));
    assertEquals(1, Math.round((double) skews.get(late.node()) / HOUR));
    assertEquals(2, status.warnings().stream().filter(w -> w.kind().equals("clock_skew")).count());
  }

  @Test
  void clockSetWhileItRuns_isFollowed(RealRedis redis) {
    var off = new Duration[] {Duration.ZERO};
    InstantSource right = InstantSource.system();
    Rivulet node = start(on(redis).withMachineClock(() -> right.instant().plus(off[0])));
    off[0] = hours(-5);
    Patience.until("the clock is corrected", () -> right.millis() - node.clock().millis() < HOUR);
    off[0] = Duration.ZERO;
    Patience.until(
        "the clock is left alone again", () -> node.clock().millis() - right.millis() < HOUR);
  }

  @Test
  void nodeThatDied_isSilent_thenGone(RealRedis redis) {
    Rivulet node = start(on(redis));
    awaitShares(node, Map.of(node.node(), RivuletOptions.PARTITIONS));
    Status[] seen = new Status[1];
    Patience.until(
        "the ghost is told of, before it is gone",
        () -> {
          dieNow(redis, "ghost-1");
          seen[0] = node.status();
          return seen[0].nodes().stream().anyMatch(n -> n.node().equals("ghost-1"));
        });
    Status.Node ghost =
        seen[0].nodes().stream().filter(n -> n.node().equals("ghost-1")).findFirst().get();
    assertEquals(false, ghost.live());
    assertTrue(
        seen[0].warnings().stream().anyMatch(w -> w.kind().equals("silent_node")),
        seen[0].warnings().toString());
    assertEquals(RivuletOptions.PARTITIONS, shares(seen[0]).get(node.node()));
    Patience.until("it is gone", () -> node.status().nodes().size() == 1);
  }

  @Test
  void fullStore_nodesLive_andKeepTheirPartitions(RealRedis redis) {
    Rivulet first = start(on(redis));
    Rivulet second = start(on(redis));
    awaitShares(first, Map.of(first.node(), 2, second.node(), 2));
    var owners = first.status().partitions().stream().map(Status.Partition::owner).toList();
    try (var connection = RedisConnection.open(redis.address())) {
      memory(connection, "1");
      try {
        // What is not renewed is gone by then, and a full store takes nothing new.
        Patience.pause(Leases.LENGTH.plusSeconds(2).toMillis());
        Status status = second.status();
        assertEquals(owners, status.partitions().stream().map(Status.Partition::owner).toList());
        assertTrue(status.warnings().stream().anyMatch(w -> w.kind().equals("memory")));
        Patience.until(
            "both live", () -> second.status().nodes().stream().allMatch(Status.Node::live));
      } finally {
        memory(connection, "0");
      }
    }
  }

  /** What is left of a node that was heard last some seconds longer ago than a lease lasts. */
  private static void dieNow(RealRedis redis, String node) {
    try (var connection = RedisConnection.open(redis.address())) {
      byte[] left = bytes(Leases.REMEMBERED.minus(Leases.LENGTH).minusMillis(2_000).toMillis());
      connection.send(bytes("ZADD"), Keys.nodes(), bytes(0), bytes(node));
      connection.send(bytes("SET"), Keys.node(node), bytes("?"), bytes("PX"), left);
      connection.receive();
      connection.receive();
    }
  }

  private static void memory(RedisConnection connection, String bound) {
    connection.send(bytes("CONFIG"), bytes("SET"), bytes("maxmemory"), bytes(bound));
    connection.receive();
  }

  private static RivuletOptions on(RealRedis redis) {
    return RivuletOptions.defaults().withRedis(redis.address().toString());
  }

  private Rivulet start(RivuletOptions options) {
    Rivulet rivulet = Rivulet.open(options);
    open.add(rivulet);
    return rivulet;
  }

  private void stop(Rivulet node) {
    open.remove(node);
    node.close();
  }

  private static void awaitShares(Rivulet asked, Map<String, Integer> wanted) {
    Patience.until(
        "the partitions are spread " + wanted, () -> shares(asked.status()).equals(wanted));
  }

  /** Numbers of partitions by node. */
  private static Map<String, Integer> shares(Status status) {
    var shares = new TreeMap<String, Integer>();
    status.partitions().stream()
        .filter(row -> row.owner() != null)
        .forEach(row -> shares.merge(String.valueOf(row.owner()), 1, Integer::sum));
    return shares;
  }

  private static long sum(List<Status.Node> nodes, boolean appended) {
    return nodes.stream()
        .mapToLong(
            node -> {
              Long count = appended ? node.appended() : node.folded();
              return count == null ? 0 : count;
            })
        .sum();
  }

  private static EventDraft draft(String name) {
    return Event.named(name).by("u1");
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }
}
