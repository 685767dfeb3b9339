package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisSentinelIT {
  @TempDir Path folder;

  @Test
  void connect_followsThePrimaryThatSentinelsChoose() throws Exception {
    try (var primary = Throwaway.start();
        var replica =
            Throwaway.start("--replicaof", "127.0.0.1 " + primary.address().node().port())) {
      var replicaName = replica.address().node().toString();
      var sentinel = sentinelOf(primary.address().node());
      try {
        var at = sentinel.address();
        await("the Sentinel knows the replica", () -> knowsReplica(at));
        var address = RedisAddress.parse("redis-sentinel://" + at.node() + "/main");
        try (var nodes = RedisNodes.connect(address)) {
          assertFalse(nodes.cluster());
          assertEquals(primary.address().node().toString(), nodes.primaryOf("0"));
          assertEquals("OK", set(nodes));
          primary.process().kill();
          assertThrows(RedisUnavailable.class, () -> set(nodes));
          lookForAnother(at); // not before, however slow this machine is
          await("the replica is primary", () -> nodes.primaryOf("0").equals(replicaName));
          await("writes go there", () -> tried(nodes));
          try (var connection = nodes.open("0")) {
            assertEquals(replicaName, connection.node());
          }
        }
        var unknown = RedisAddress.parse("redis-sentinel://" + at.node() + "/other");
        var e = assertThrows(RedisUnavailable.class, () -> RedisNodes.connect(unknown).close());
        assertTrue(String.valueOf(e.getMessage()).contains("other"), e.getMessage());
      } finally {
        sentinel.kill();
      }
    }
  }

  private RedisProcess sentinelOf(HostPort primary) throws IOException {
    var config = folder.resolve("sentinel.conf");
    int port = LoopbackPort.free();
    Files.writeString(
        config,
        """
        bind 127.0.0.1
        port %d
        dir "%s"
        sentinel monitor main %s %d 1
        sentinel down-after-milliseconds main 300000
        sentinel failover-timeout main 3000
        """
            .formatted(port, folder, primary.host(), primary.port()));
    return RedisProcess.launch(
        RedisBinary.find(folder.resolve("bin")),
        List.of(config.toString(), "--sentinel"),
        new RedisAddress.Standalone(new HostPort("127.0.0.1", port), null, 0, false),
        folder.resolve("log"));
  }

  private static boolean knowsReplica(RedisAddress.Standalone sentinel) {
    try (var connection = RedisConnection.open(sentinel)) {
      connection.send(bytes("SENTINEL"), bytes("replicas"), bytes("main"));
      return connection.receive() instanceof List<?> replicas && !replicas.isEmpty();
    } catch (RedisUnavailable notYet) {
      return false;
    }
  }

  private static void lookForAnother(RedisAddress.Standalone sentinel) {
    try (var connection = RedisConnection.open(sentinel)) {
      connection.send(
          bytes("SENTINEL"),
          bytes("SET"),
          bytes("main"),
          bytes("down-after-milliseconds"),
          bytes("500"));
      connection.receive();
    }
  }

  private static boolean tried(RedisNodes nodes) {
    try {
      return set(nodes).equals("OK");
    } catch (RedisUnavailable | RedisError notYet) {
      return false;
    }
  }

  private static String set(RedisNodes nodes) {
    return nodes.call(
        "0",
        connection -> {
          connection.send(bytes("SET"), bytes("{0}k"), bytes("v"));
          return connection.receive() instanceof byte[] reply
              ? new String(reply, StandardCharsets.UTF_8)
              : "";
        });
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "Waited in vain until " + what);
      Thread.sleep(50);
    }
  }
}
