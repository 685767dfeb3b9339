package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.testkit.redis.RealRedis;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills Redis with SIGKILL under load, again and again: nothing acknowledged is lost or doubled.
 */
class RedisKilledStress {
  /** The embedded one comes back a little later each time, and at once after a new start. */
  private static final int KILLS_PER_START = 5;

  @Test
  void embeddedRedis_killed_losesNothing(@TempDir Path data) throws Exception {
    long seed = Chance.seed("RedisKilledStress embedded");
    var random = new Random(seed);
    long end = System.currentTimeMillis();
    var rivulet = new AtomicReference<>(Rivulet.embedded(data));
    long killed = 0;
    try (var clients = Clients.start(3, seed, end, rivulet::get)) {
      for (int round = 1; round <= Chance.rounds(); round++) {
        clients.awaitMore(1 + random.nextInt(400));
        killed = OwnRedis.pid(data, killed);
        OwnRedis.signal("KILL", killed);
        if (round % KILLS_PER_START == 0) {
          rivulet.get().close();
          rivulet.set(Rivulet.embedded(data));
        }
      }
      clients.awaitMore(100);
      clients.stop();
      assertTrue(clients.retries() > 0, "no kill was noticed by a client");
      Books.assertExact(rivulet.get(), clients.acknowledged(), end);
    } finally {
      rivulet.get().close();
    }
  }

  @Test
  void externalRedis_killed_losesNothing() {
    long seed = Chance.seed("RedisKilledStress external");
    var random = new Random(seed);
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable();
        var rivulet =
            Rivulet.open(RivuletOptions.defaults().withRedis(redis.address().toString()));
        var clients = Clients.start(3, seed, end, () -> rivulet)) {
      for (int round = 1; round <= Chance.rounds(); round++) {
        clients.awaitMore(1 + random.nextInt(400));
        redis.kill9();
        Patience.pause(random.nextInt(200));
        redis.restart();
      }
      clients.awaitMore(100);
      clients.stop();
      assertTrue(clients.retries() > 0, "no kill was noticed by a client");
      Books.assertExact(rivulet, clients.acknowledged(), end);
    }
  }
}
