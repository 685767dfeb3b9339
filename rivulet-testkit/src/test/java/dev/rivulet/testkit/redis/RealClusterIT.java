package dev.rivulet.testkit.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisError;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RealClusterIT {
  private static RealCluster cluster;
  private RedisNodes nodes;

  @BeforeAll
  static void startCluster() {
    cluster = RealCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    nodes = RedisNodes.connect(cluster.address());
  }

  @AfterEach
  void disconnect() {
    nodes.close();
  }

  @Test
  void connect_spreadsTagsOverAllPrimaries() {
    assertTrue(nodes.cluster());
    var used = new HashSet<String>();
    for (int tag = 0; tag < 24; tag++) {
      assertEquals(cluster.primaryOf("" + tag), nodes.primaryOf("" + tag));
      used.add(nodes.primaryOf("" + tag));
      set("" + tag, "value " + tag);
      assertEquals("value " + tag, get("" + tag));
    }
    assertEquals(cluster.primaries(), used);
    assertEquals(cluster.primaries(), new HashSet<>(nodes.primaries()));
  }

  @Test
  void connect_fromOneNode_findsTheOthers() {
    var one = List.of(cluster.address().nodes().get(0));
    try (var few = RedisNodes.connect(new RedisAddress.Cluster(one, null, false))) {
      assertEquals(3, few.primaries().size());
    }
  }

  @Test
  void connect_whilePrimariesAreHandedOver_waitsUntilTheClusterHasSettled() throws Exception {
    var handing = new AtomicBoolean(true);
    var connects =
        CompletableFuture.supplyAsync(
            () -> {
              int count = 0;
              while (handing.get()) {
                RedisNodes.connect(cluster.address()).close();
                count++;
              }
              return count;
            });
    try {
      for (int i = 0; i < 6; i++) {
        cluster.handOver("" + i);
      }
    } finally {
      handing.set(false);
    }
    assertTrue(connects.get(120, TimeUnit.SECONDS) > 0);
  }

  @Test
  void moveSlot_withItsKeys_isFollowed() {
    for (int i = 0; i < 250; i++) {
      set("moved", "" + i, "v" + i);
    }
    var before = nodes.primaryOf("moved");
    try (var connection = nodes.open("moved")) {
      var after = cluster.moveSlot("moved");
      assertNotEquals(before, after);
      // Not known yet: the old node says where to go.
      assertEquals(before, nodes.primaryOf("moved"));
      connection.send(bytes("GET"), bytes("{moved}7"));
      assertTrue(assertThrows(RedisError.class, connection::receive).moved());
      // A write is not retried for the caller, but the next one goes right.
      assertTrue(assertThrows(RedisError.class, () -> set("moved", "x", "y")).moved());
      assertEquals(after, nodes.primaryOf("moved"));
      set("moved", "x", "y");
      for (int i = 0; i < 250; i++) {
        assertEquals("v" + i, get("moved", "" + i));
      }
      try (var reopened = nodes.open("moved")) {
        assertEquals(after, reopened.node());
      }
    }
    cluster.moveSlot("moved", before);
    // A read is.
    assertEquals("v7", get("moved", "7"));
    assertEquals(before, nodes.primaryOf("moved"));
  }

  @Test
  void killPrimary_isFailedOverAndFollowed_andComesBackAsAReplica() {
    set("killed", "kept");
    cluster.awaitReplicated();
    try (var connection = nodes.open("killed")) {
      var lost = cluster.killPrimaryOf("killed");
      assertEquals(lost, connection.node());
      connection.send(bytes("GET"), bytes("{killed}k"));
      assertThrows(RedisUnavailable.class, connection::receive);
      assertThrows(RedisUnavailable.class, () -> nodes.open("killed").close());
      cluster.awaitFailover("killed", lost);
      nodes.refresh();
      assertNotEquals(lost, nodes.primaryOf("killed"));
      assertEquals("kept", get("killed"));
      set("killed", "new");
      cluster.restart(lost);
      assertNotEquals(lost, cluster.primaryOf("killed"));
      assertEquals("new", get("killed"));
    }
  }

  @Test
  void pausedPrimary_isFailedOver_andRefusesWritesWhenItWakes() {
    set("paused", "kept");
    cluster.awaitReplicated();
    try (var connection = nodes.open("paused")) {
      var lost = cluster.pausePrimaryOf("paused");
      cluster.awaitFailover("paused", lost);
      cluster.resume(lost);
      cluster.awaitWhole();
      connection.send(bytes("SET"), bytes("{paused}k"), bytes("wrong"));
      var error = assertThrows(RedisError.class, connection::receive);
      assertTrue(error.moved() || error.readOnly() || error.clusterDown(), error.getMessage());
      nodes.refresh();
      assertEquals("kept", get("paused"));
    }
  }

  private void set(String tag, String value) {
    set(tag, "k", value);
  }

  private void set(String tag, String key, String value) {
    nodes.call(
        tag,
        connection -> {
          connection.send(bytes("SET"), bytes("{" + tag + "}" + key), bytes(value));
          return String.valueOf(connection.receive());
        });
  }

  private String get(String tag) {
    return get(tag, "k");
  }

  private String get(String tag, String key) {
    return nodes.callIdempotent(tag, connection -> get(connection, tag, key));
  }

  private static String get(RedisConnection connection, String tag, String key) {
    connection.send(bytes("GET"), bytes("{" + tag + "}" + key));
    return connection.receive() instanceof byte[] value
        ? new String(value, StandardCharsets.UTF_8)
        : "none";
  }
}
