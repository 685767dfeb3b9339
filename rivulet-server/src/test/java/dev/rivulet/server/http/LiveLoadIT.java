package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many live readers, slow ones among them. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(600)
class LiveLoadIT {
  private static final int READERS = 1_000;
  private static final String TOPICS = "event:click,event:view,events,online,overview";

  @Test
  void aThousandReaders_allHearTheSnapshotAndTheChange(RealRedis redis) throws Exception {
    try (var server = TestServer.start(redis);
        var readers = new LiveReaders()) {
      server.track("{\"event\":\"click\",\"user\":\"u1\"}");
      long before = usedHeap();
      List<LiveReader> all = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        all.add(readers.open(server.port(), TOPICS));
      }
      for (LiveReader reader : all) {
        reader.awaitTotal("event:click", 1);
        reader.awaitTotal("event:view", 0);
        reader.await("online", data -> data.path("online").asLong() == 1);
        reader.await("events", data -> data.path("events").size() == 1);
        reader.await("overview", data -> true);
      }
      String busy = server.get("/metrics").text();
      assertTrue(busy.contains("rivulet_live_subscribers " + READERS), busy);
      long each = (usedHeap() - before) / READERS;
      System.out.println(each + " bytes of heap for each of " + READERS + " readers and its test");
      assertTrue(each < 100_000, each + " bytes a reader");
      server.track("[{\"event\":\"click\",\"user\":\"u2\"},{\"event\":\"view\",\"user\":\"u3\"}]");
      for (LiveReader reader : all) {
        reader.awaitTotal("event:click", 2);
        reader.awaitTotal("event:view", 1);
        reader.await("online", data -> data.path("online").asLong() == 3);
        assertEquals("", reader.wrong());
      }
      all.forEach(LiveReader::close);
      awaitSubscribers(server, 0);
    }
  }

  /** Hundreds of large states come while one reader reads nothing and another one everything. */
  @Test
  void aReaderThatDoesNotRead_holdsUpNobodyAndGetsTheNewestState(RealRedis redis) throws Exception {
    try (var server = TestServer.start(redis);
        var readers = new LiveReaders()) {
      var names = new StringBuilder("[");
      for (int i = 0; i < 1_500; i++) {
        names.append(i == 0 ? "" : ",");
        names.append("{\"event\":\"name-of-some-length-").append(i).append("\",\"user\":\"u\"}");
      }
      server.track(names.append("]").toString());
      LiveReader quick = readers.open(server.port(), "events,event:click");
      LiveReader slow = readers.open(server.port(), "events,event:click");
      quick.await("events", data -> data.path("events").size() == 1_500);
      slow.await("events", data -> data.path("events").size() == 1_500);
      slow.pause();
      long slowBytes = slow.bytes();
      long quickBytes = quick.bytes();
      int rounds = 60;
      for (int i = 1; i <= rounds; i++) {
        server.track("{\"event\":\"click\",\"user\":\"u" + i + "\"}");
        long total = i;
        quick.awaitTotal("event:click", total);
        quick.await("events", data -> countOf(data, "click") == total);
      }
      slow.resume();
      slow.awaitTotal("event:click", rounds);
      slow.await("events", data -> countOf(data, "click") == rounds);
      assertEquals("", slow.wrong());
      assertTrue(slow.messages("events") < rounds / 2, slow.messages("events") + " states kept");
      System.out.println(
          "not read: %d bytes and %d states; read meanwhile: %d bytes and %d states"
              .formatted(
                  slow.bytes() - slowBytes,
                  slow.messages("events"),
                  quick.bytes() - quickBytes,
                  quick.messages("events")));
      server.track("{\"event\":\"click\",\"user\":\"once more\"}");
      slow.awaitTotal("event:click", rounds + 1);
    }
  }

  @Test
  void aReaderThatNeverReads_isLetGo(RealRedis redis) throws Exception {
    Bounds impatient = Bounds.defaults().withReaders(10, Duration.ofSeconds(3));
    try (var server = TestServer.start(redis, impatient);
        var readers = new LiveReaders()) {
      var names = new StringBuilder("[");
      for (int i = 0; i < 1_500; i++) {
        names.append(i == 0 ? "" : ",");
        names.append("{\"event\":\"name-of-some-length-").append(i).append("\",\"user\":\"u\"}");
      }
      server.track(names.append("]").toString());
      LiveReader stuck = readers.open(server.port(), "events");
      stuck.await("events", data -> data.path("events").size() == 1_500);
      stuck.pause();
      LiveReader other = readers.open(server.port(), "online");
      long deadline = System.nanoTime() + LiveReader.LONGEST_NANOS;
      for (int i = 0;
          !server.get("/metrics").text().contains("rivulet_live_subscribers 1\n");
          i++) {
        assertTrue(System.nanoTime() < deadline, "who reads nothing is kept");
        server.track("{\"event\":\"click\",\"user\":\"u" + i + "\"}");
      }
      assertFalse(other.ended(), "who reads is let go");
    }
  }

  @Test
  void stop_endsEveryStreamAsHttpEndsABody(RealRedis redis) throws Exception {
    try (var readers = new LiveReaders()) {
      List<LiveReader> all = new ArrayList<>();
      try (var server = TestServer.start(redis)) {
        for (int i = 0; i < 50; i++) {
          all.add(readers.open(server.port(), "online,status"));
        }
        for (LiveReader reader : all.subList(0, 25)) {
          reader.await("online", data -> true);
        }
      } // the others may be on their way in
      for (LiveReader reader : all) {
        reader.awaitEnd();
      }
      for (LiveReader reader : all.subList(0, 25)) {
        assertTrue(reader.endedWell());
        assertEquals("", reader.wrong());
      }
    }
  }

  private static long countOf(JsonNode events, String name) {
    for (var row : events.path("events")) {
      if (row.path("event").asText().equals(name)) {
        return row.path("total").asLong();
      }
    }
    return 0;
  }

  private static void awaitSubscribers(TestServer server, int count)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LiveReader.LONGEST_NANOS;
    while (!server.get("/metrics").text().contains("rivulet_live_subscribers " + count + "\n")) {
      assertTrue(System.nanoTime() < deadline, "closed streams are still counted");
      Thread.sleep(20);
    }
  }

  private static long usedHeap() throws InterruptedException {
    System.gc();
    Thread.sleep(200);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
