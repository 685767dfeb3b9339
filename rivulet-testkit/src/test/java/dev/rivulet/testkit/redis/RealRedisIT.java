package dev.rivulet.testkit.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisUnavailable;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class RealRedisIT {
  @RepeatedTest(2)
  void shared_isEmptyAtTheStartOfEachTest(RealRedis redis) {
    try (var connection = RedisConnection.open(redis.address())) {
      connection.send(bytes("DBSIZE"));
      assertEquals(0L, (Long) connection.receive());
      connection.send(bytes("SET"), bytes("a"), bytes("1"));
      connection.receive();
    }
  }

  @Test
  void durable_killedAndStartedAgain_keepsWhatItAcknowledged() {
    try (var redis = RealRedis.durable()) {
      var address = redis.address();
      try (var connection = RedisConnection.open(address)) {
        connection.send(bytes("SET"), bytes("a"), bytes("1"));
        connection.receive();
        redis.kill9();
        connection.send(bytes("GET"), bytes("a"));
        assertThrows(RedisUnavailable.class, connection::receive);
      }
      redis.restart();
      assertEquals(address, redis.address());
      try (var connection = RedisConnection.open(address)) {
        connection.send(bytes("GET"), bytes("a"));
        assertArrayEquals(bytes("1"), (byte[]) connection.receive());
      }
    }
  }

  @Test
  void stop_holdsRepliesBackUntilCont() {
    try (var redis = RealRedis.start();
        var connection = RedisConnection.open(redis.address());
        var patient = RedisConnection.open(redis.address())) {
      redis.stop();
      connection.timeout(Duration.ofMillis(100));
      connection.send(bytes("PING"));
      assertThrows(RedisUnavailable.class, connection::receive);
      patient.send(bytes("PING"));
      patient.flush();
      redis.cont();
      assertArrayEquals(bytes("PONG"), (byte[]) patient.receive());
    }
  }

  @Test
  void close_ofAPausedServer_endsItAndDeletesItsFolder() {
    var redis = RealRedis.start();
    var process = ProcessHandle.of(redis.pid()).orElseThrow();
    redis.stop();
    redis.close();
    assertFalse(process.isAlive());
    assertFalse(Files.exists(redis.folder()));
  }
}
