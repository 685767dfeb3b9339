package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.log.LogUnavailable;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealRedis;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Redis runs into its memory limit under load: appends are refused, nothing stored is damaged. */
class OutOfMemoryIT {
  private static final int ROUNDS = 3;

  @Test
  void memoryFull_appendsRefused_thenGoesOnExact() {
    long seed = Chance.seed("OutOfMemoryIT");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.start();
        var rivulet =
            Rivulet.open(RivuletOptions.defaults().withRedis(redis.address().toString()))) {
      try (var clients = Clients.start(2, seed, end, () -> rivulet)) {
        for (int round = 0; round < ROUNDS; round++) {
          clients.awaitMore(1_000);
          long refusedBefore = clients.retries();
          limitMemory(redis, "1mb");
          Patience.until("appends are refused", () -> clients.retries() > refusedBefore + 5);
          assertRefusedForMemory(rivulet);
          Books.assertAddUp(rivulet.status());
          limitMemory(redis, "0");
        }
        clients.awaitMore(500);
        clients.stop();
        Books.assertExact(rivulet, clients.acknowledged(), end);
        List<Event> before = clients.acknowledged();
        limitMemory(redis, "1mb");
        assertRefusedForMemory(rivulet);
        Books.assertAnswers(rivulet, before, end);
        limitMemory(redis, "0");
        Books.assertExact(rivulet, before, end);
      }
    }
  }

  private static void assertRefusedForMemory(Rivulet rivulet) {
    var tracked = rivulet.track(Event.named("view").by("u1").id("refused"));
    var failure = assertThrows(CompletionException.class, () -> tracked.appended().join());
    assertEquals(LogUnavailable.class, failure.getCause().getClass());
    assertTrue(failure.getMessage().contains("memory"), failure.getMessage());
  }

  private static void limitMemory(RealRedis redis, String limit) {
    try (var connection = RedisConnection.open(redis.address())) {
      connection.send(bytes("CONFIG"), bytes("SET"), bytes("maxmemory"), bytes(limit));
      connection.receive();
    }
  }
}
