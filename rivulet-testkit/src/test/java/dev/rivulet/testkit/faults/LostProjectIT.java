package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The store loses the project that everybody writes to, as after an asynchronous failover. */
@ExtendWith(RealRedis.Shared.class)
class LostProjectIT {
  @Test
  void defaultProject_isLost_isMadeAgainAndNothingIsRefused(RealRedis redis) {
    long seed = Chance.seed("LostProjectIT");
    long end = System.currentTimeMillis();
    var options = RivuletOptions.defaults().withRedis(redis.address().toString());
    try (var rivulet = Rivulet.open(options);
        var clients = Clients.start(2, seed, end, () -> rivulet);
        var connection = RedisConnection.open(redis.address())) {
      for (int round = 0; round < 2; round++) {
        clients.awaitMore(200);
        assertEquals(1L, ask(connection, "DEL"));
        Patience.until("the project is there again", () -> ask(connection, "EXISTS") == 1);
      }
      clients.awaitMore(200);
      clients.stop();
      assertEquals(0, Books.settled(rivulet).poisonous());
      Books.assertExact(rivulet, clients.acknowledged(), end);
    }
  }

  private static long ask(RedisConnection connection, String command) {
    connection.send(bytes(command), bytes("rv:{0}:projects"));
    return connection.receive() instanceof Long answer ? answer : -1;
  }
}
