package dev.rivulet.server.faults;

import dev.rivulet.testkit.redis.RealRedis;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that stands still for longer than its leases last, as in a long garbage collection: the
 * other one takes over, and when the first wakes and goes on where it was, it is fenced.
 */
class ServerPausedIT {
  /** Leases last five seconds. */
  private static final long PAUSE_MILLIS = 8_000;

  @TempDir private Path folder;

  @Test
  void serverPausedLongerThanItsLeases_otherTakesOver_bothCountOnce() throws Exception {
    long seed = Long.getLong("rivulet.faults.seed", System.nanoTime());
    System.out.println("ServerPausedIT: -Drivulet.faults.seed=" + seed);
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable();
        var first = ServerProcess.start(folder.resolve("a"), redis.address().toString());
        var second = ServerProcess.start(folder.resolve("b"), redis.address().toString());
        var clients = HttpClients.start(3, seed, end, List.of(first, second))) {
      clients.awaitMore(500);
      first.pause();
      ServerProcess.pause(PAUSE_MILLIS);
      clients.awaitMore(200);
      first.resume();
      clients.awaitMore(500);
      clients.stop();
      new HttpBooks(first, end).assertExact(clients);
      new HttpBooks(second, end).assertExact(clients);
    }
  }
}
