package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisConnectionIT {
  private static Throwaway redis;
  private RedisConnection connection;

  @BeforeAll
  static void startRedis() {
    redis = Throwaway.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void open() {
    connection = RedisConnection.open(redis.address());
    connection.send(bytes("FLUSHALL"));
    connection.receive();
  }

  @AfterEach
  void close() {
    connection.close();
  }

  @Test
  void receive_pipeline_givesEachReplyInOrder() {
    send("SET", "a", "1");
    send("INCR", "a");
    send("GET", "none");
    send("RPUSH", "list", "x", "y");
    send("LRANGE", "list", "0", "-1");
    assertEquals(5, connection.pending());
    assertArrayEquals(bytes("OK"), (byte[]) connection.receive());
    var replies = connection.receive(4);
    assertEquals(2L, replies.get(0));
    assertNull(replies.get(1));
    assertEquals(2L, replies.get(2));
    assertArrayEquals(bytes("y"), (byte[]) ((List<?>) replies.get(3)).get(1));
    assertEquals(0, connection.pending());
  }

  @Test
  void receive_failedReplies_areValuesAndLeaveTheStreamInStep() {
    send("SET", "text", "abc");
    send("INCR", "text");
    send("NOSUCH");
    send("GET", "text");
    var replies = connection.receive(4);
    assertInstanceOf(RedisError.class, replies.get(1));
    assertEquals("ERR", assertInstanceOf(RedisError.class, replies.get(2)).code());
    assertArrayEquals(bytes("abc"), (byte[]) replies.get(3));
    send("LPUSH", "text", "x");
    assertEquals("WRONGTYPE", assertThrows(RedisError.class, connection::receive).code());
    assertFalse(connection.broken());
  }

  @Test
  void receive_exec_bringsErrorsInsideItsList() {
    send("SET", "text", "abc");
    send("MULTI");
    send("INCR", "text");
    send("INCR", "number");
    send("EXEC");
    connection.receive(4);
    var replies = (List<?>) connection.receive();
    assertInstanceOf(RedisError.class, replies.get(0));
    assertEquals(1L, replies.get(1));
  }

  @Test
  void receive_execAfterAWatchedChange_isNull() {
    send("WATCH", "a");
    connection.receive();
    try (var other = RedisConnection.open(redis.address())) {
      other.send(bytes("SET"), bytes("a"), bytes("2"));
      other.receive();
    }
    send("MULTI");
    send("SET", "a", "3");
    send("EXEC");
    connection.receive(2);
    assertNull(connection.receive());
  }

  @Test
  void receive_execAfterARefusedCommand_isAborted() {
    send("MULTI");
    send("NOSUCH");
    send("EXEC");
    var replies = connection.receive(3);
    assertTrue(assertInstanceOf(RedisError.class, replies.get(2)).transactionAborted());
  }

  @Test
  void send_anySize_arrivesWhole() {
    var random = new Random(7);
    for (int size : new int[] {0, 1, 8190, 8191, 8192, 8193, 100_000, 5_000_000}) {
      var value = new byte[size];
      random.nextBytes(value);
      connection.send(bytes("SET"), bytes("k"), value);
      connection.send(bytes("GET"), bytes("k"));
      connection.receive();
      assertArrayEquals(value, (byte[]) connection.receive());
    }
  }

  @Test
  void send_aDeepPipelineOfLargeReplies_doesNotBlock() {
    connection.send(bytes("SET"), bytes("k"), new byte[100_000]);
    for (int i = 0; i < 300; i++) {
      connection.send(bytes("GETSET"), bytes("k"), new byte[100_000]);
    }
    assertEquals(301, connection.receive(301).size());
  }

  @Test
  void receive_longerThanTheTimeout_breaksTheConnection() {
    connection.timeout(Duration.ofMillis(50));
    send("BLPOP", "none", "0");
    var e = assertThrows(RedisUnavailable.class, connection::receive);
    assertTrue(String.valueOf(e.getMessage()).contains(connection.node()), e.getMessage());
    assertTrue(connection.broken());
    assertThrows(RedisUnavailable.class, () -> send("PING"));
  }

  @Test
  void receive_withoutTimeout_waitsForABlockingCommand() throws Exception {
    connection.timeout(Duration.ZERO);
    send("BLPOP", "queue", "0");
    var reply = CompletableFuture.supplyAsync(() -> (List<?>) connection.receive());
    try (var other = RedisConnection.open(redis.address())) {
      other.send(bytes("RPUSH"), bytes("queue"), bytes("x"));
      other.receive();
    }
    assertArrayEquals(bytes("x"), (byte[]) reply.get(60, TimeUnit.SECONDS).get(1));
  }

  @Test
  void close_fromAnotherThread_endsABlockedRead() throws Exception {
    connection.timeout(Duration.ZERO);
    send("BLPOP", "none", "0");
    connection.flush();
    var outcome =
        CompletableFuture.supplyAsync(
            () -> assertThrows(RedisUnavailable.class, connection::receive));
    Thread.sleep(50);
    connection.close();
    outcome.get(60, TimeUnit.SECONDS);
  }

  @Test
  void receive_moreThanWasSent_isRefusedInsteadOfWaiting() {
    assertThrows(IllegalStateException.class, connection::receive);
    send("PING");
    assertThrows(IllegalStateException.class, () -> connection.receive(2));
    connection.receive();
  }

  @Test
  void send_lineBreaksInArguments_areData() {
    send("SET", "k", "\r\n*1\r\n$8\r\nFLUSHALL\r\n");
    send("GET", "k");
    connection.receive();
    assertArrayEquals(bytes("\r\n*1\r\n$8\r\nFLUSHALL\r\n"), (byte[]) connection.receive());
  }

  private void send(String... words) {
    var raw = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      raw[i] = bytes(words[i]);
    }
    connection.send(raw);
  }
}
