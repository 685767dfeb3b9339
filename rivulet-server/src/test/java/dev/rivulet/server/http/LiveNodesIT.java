package dev.rivulet.server.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Readers that are cut off and come back to one node or the other while events flow into both: what
 * each of them ends with is a naive recount, and on its way there no total and no id goes back.
 */
@ExtendWith(RealRedis.Shared.class)
@Timeout(600)
class LiveNodesIT {
  private static final int ROUNDS = 60;
  private static final int READERS = 12;
  private static final List<String> EVENTS = List.of("click", "view", "buy");
  private static final String TOPICS = "event:click,event:view,event:buy";

  @Test
  void readersThatComeAndGo_endWithTheRecount(RealRedis redis) throws Exception {
    long seed = Long.getLong("rivulet.live.seed", System.nanoTime());
    System.out.println("LiveNodesIT seed " + seed);
    var random = new Random(seed);
    try (var a = TestServer.start(redis);
        var b = TestServer.start(redis);
        var readers = new LiveReaders()) {
      List<TestServer> nodes = List.of(a, b);
      List<Subscriber> subscribers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        subscribers.add(new Subscriber(readers));
      }
      var recount = new Recount();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = random.nextInt(4); i >= 0; i--) {
          recount.send(any(nodes, random), random);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
          any(subscribers, random).reconnect(any(nodes, random));
        }
        Thread.sleep(random.nextInt(60));
      }
      for (Subscriber subscriber : subscribers) {
        if (subscriber.reader == null || random.nextBoolean()) {
          subscriber.reconnect(any(nodes, random));
        }
        subscriber.assertEndsWith(recount);
      }
      assertTrue(recount.retries > 0);
    }
  }

  /** Sends, and counts with a list of ids what was sent. */
  private static final class Recount {
    private final Map<String, Set<String>> ids = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private int retries;

    private void send(TestServer node, Random random) {
      var batch = new ArrayList<String>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        boolean retry = !sent.isEmpty() && random.nextInt(10) == 0;
        batch.add(retry ? any(sent, random) : fresh(random));
        retries += retry ? 1 : 0;
      }
      sent.addAll(batch);
      String wait = random.nextBoolean() ? "?wait=folded" : "";
      var answer = node.post("/api/v1/events" + wait, "[" + String.join(",", batch) + "]");
      assertEquals(200, answer.status(), answer.text());
    }

    private String fresh(Random random) {
      String event = any(EVENTS, random);
      Set<String> known = ids.computeIfAbsent(event, name -> new HashSet<>());
      String id = event + "-" + known.size();
      known.add(id);
      return "{\"event\":\"%s\",\"user\":\"u%d\",\"id\":\"%s\"}"
          .formatted(event, random.nextInt(50), id);
    }

    private int total(String event) {
      return ids.getOrDefault(event, Set.of()).size();
    }
  }

  /** Somebody who reads, on one connection after the other. */
  private static final class Subscriber {
    private final LiveReaders readers;
    private final Map<String, Long> totals = new ConcurrentHashMap<>();
    private @Nullable LiveReader reader;

    private Subscriber(LiveReaders readers) {
      this.readers = readers;
    }

    /** Cuts off and returns at once, as a client does: with the last id it saw. */
    private void reconnect(TestServer node) throws IOException {
      long lastId = 0;
      if (reader != null) {
        reader.close();
        lastId = reader.lastId();
        assertEquals("", reader.wrong());
      }
      reader = readers.open(node.port(), TOPICS, lastId, totals);
    }

    private void assertEndsWith(Recount recount) throws InterruptedException {
      LiveReader last = requireNonNull(reader);
      for (String event : EVENTS) {
        last.awaitTotal("event:" + event, recount.total(event));
      }
      assertEquals("", last.wrong());
    }
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
