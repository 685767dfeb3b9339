package dev.rivulet.server.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server with SIGKILL under load, again and again, and recounts. */
class ServerKilledStress {
  private static final int ROUNDS = Integer.getInteger("rivulet.stress.rounds", 20);

  @TempDir private Path folder;

  @Test
  void serverWithEmbeddedRedis_killed_losesNothing() throws Exception {
    killUnderLoad(null);
  }

  @Test
  void serverWithExternalRedis_killed_losesNothing() throws Exception {
    try (var redis = RealRedis.durable()) {
      killUnderLoad(redis.address().toString());
    }
  }

  private void killUnderLoad(@Nullable String redis) throws Exception {
    long seed = Long.getLong("rivulet.faults.seed", System.nanoTime());
    System.out.println("ServerKilledStress: -Drivulet.faults.seed=" + seed);
    var random = new Random(seed);
    long end = System.currentTimeMillis();
    try (var server = ServerProcess.start(folder.resolve("data"), redis);
        var clients = HttpClients.start(2, seed, end, List.of(server))) {
      for (int round = 0; round < ROUNDS; round++) {
        clients.awaitMore(1 + random.nextInt(400));
        server.killAndRestart();
      }
      clients.awaitMore(100);
      clients.stop();
      assertTrue(clients.retries() > 0, "no kill was noticed by a client");
      new HttpBooks(server, end).assertExact(clients);
    }
  }
}
