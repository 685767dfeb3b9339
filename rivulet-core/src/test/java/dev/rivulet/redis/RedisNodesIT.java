package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisNodesIT {
  @Test
  void connect_standalone_hasEveryTagOnOneNode() {
    try (var redis = Throwaway.start();
        var nodes = RedisNodes.connect(redis.address())) {
      assertFalse(nodes.cluster());
      assertEquals(redis.address().node().toString(), nodes.primaryOf("0"));
      assertEquals(List.of(nodes.primaryOf("7")), nodes.primaries());
      nodes.refresh();
      try (var connection = nodes.open("3")) {
        connection.send(bytes("PING"));
        connection.receive();
      }
    }
  }

  @Test
  void connect_database_isUsed() {
    try (var redis = Throwaway.start()) {
      var second = RedisAddress.parse("redis://" + redis.address().node() + "/1");
      try (var first = RedisNodes.connect(redis.address());
          var other = RedisNodes.connect(second)) {
        assertEquals("1", other.call("0", connection -> incr(connection)));
        assertEquals("1", first.call("0", connection -> incr(connection)));
      }
    }
  }

  @Test
  void connect_evictingRedis_isRefused() {
    try (var redis = Throwaway.start("--maxmemory-policy", "allkeys-lru")) {
      var e =
          assertThrows(UnsuitableRedis.class, () -> RedisNodes.connect(redis.address()).close());
      assertTrue(String.valueOf(e.getMessage()).contains("allkeys-lru"), e.getMessage());
    }
  }

  @Test
  void connect_replica_isRefusedAndNamesThePrimary() {
    try (var primary = Throwaway.start();
        var replica =
            Throwaway.start("--replicaof", "127.0.0.1 " + primary.address().node().port())) {
      var e =
          assertThrows(UnsuitableRedis.class, () -> RedisNodes.connect(replica.address()).close());
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains(primary.address().node().toString()), message);
    }
  }

  @Test
  void connect_clusterNodeAsOne_isRefusedAndNamesTheScheme() {
    try (var redis = Throwaway.start("--cluster-enabled", "yes")) {
      var e =
          assertThrows(UnsuitableRedis.class, () -> RedisNodes.connect(redis.address()).close());
      assertTrue(String.valueOf(e.getMessage()).contains("redis-cluster://"), e.getMessage());
    }
  }

  @Test
  void connect_wrongPassword_saysSoWithoutShowingIt() {
    try (var redis = Throwaway.start();
        var admin = RedisConnection.open(redis.address())) {
      admin.send(bytes("CONFIG"), bytes("SET"), bytes("requirepass"), bytes("right"));
      admin.receive();
      var wrong = RedisAddress.local(redis.address().node().port(), "mistaken");
      var e = assertThrows(RedisUnavailable.class, () -> RedisNodes.connect(wrong).close());
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains("refuses the login"), message);
      assertFalse(message.contains("mistaken"), message);
      var e2 =
          assertThrows(RedisUnavailable.class, () -> RedisNodes.connect(redis.address()).close());
      assertTrue(String.valueOf(e2.getMessage()).contains("NOAUTH"), e2.getMessage());
      var right = RedisAddress.local(redis.address().node().port(), "right");
      RedisNodes.connect(right).close();
    }
  }

  @Test
  void connect_nobodyThere_isUnavailable() {
    int port = LoopbackPort.free();
    for (var text : List.of("redis://127.0.0.1:", "redis-cluster://127.0.0.1:")) {
      var address = RedisAddress.parse(text + port);
      var e = assertThrows(RedisUnavailable.class, () -> RedisNodes.connect(address).close());
      assertTrue(String.valueOf(e.getMessage()).contains("cannot be reached"), e.getMessage());
    }
  }

  @Test
  void recentEnough_knowsBothProducts() {
    assertTrue(ServerCheck.recentEnough(false, "7.0.15"));
    assertTrue(ServerCheck.recentEnough(false, "8.2.1"));
    assertTrue(ServerCheck.recentEnough(true, "8.0.1"));
    assertFalse(ServerCheck.recentEnough(false, "6.2.14"));
    assertFalse(ServerCheck.recentEnough(true, "7.2.5"));
    assertFalse(ServerCheck.recentEnough(false, ""));
  }

  @Test
  void call_leftOutOfStep_isNotLentAgain() {
    try (var redis = Throwaway.start();
        var nodes = RedisNodes.connect(redis.address())) {
      nodes.call(
          "0",
          connection -> {
            connection.send(bytes("INCR"), bytes("{0}n"));
            connection.flush();
            return "reply not read";
          });
      assertEquals("2", nodes.call("0", connection -> incr(connection)));
    }
  }

  @Test
  void callIdempotent_afterARestartOfRedis_usesFreshConnections() {
    var redis = Throwaway.start();
    int port = redis.address().node().port();
    try (var nodes = RedisNodes.connect(redis.address())) {
      nodes.call("0", connection -> incr(connection));
      redis.close();
      assertThrows(
          RedisUnavailable.class, () -> nodes.callIdempotent("0", connection -> ping(connection)));
      redis = Throwaway.start(port);
      assertEquals("PONG", nodes.callIdempotent("0", connection -> ping(connection)));
    } finally {
      redis.close();
    }
  }

  private static String incr(RedisConnection connection) {
    connection.send(bytes("INCR"), bytes("{0}n"));
    return String.valueOf(connection.receive());
  }

  private static String ping(RedisConnection connection) {
    connection.send(bytes("PING"));
    return new String((byte[]) connection.receive(), StandardCharsets.UTF_8);
  }
}
