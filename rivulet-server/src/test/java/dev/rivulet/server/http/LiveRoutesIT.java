package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
@Timeout(180)
class LiveRoutesIT {
  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private record Message(long id, String event, JsonNode data) {}

  /** A reader of the stream. */
  private static final class Stream implements AutoCloseable {
    private final BufferedReader lines;

    private Stream(TestServer server, String topics, String lastId) throws Exception {
      var request =
          HttpRequest.newBuilder(server.uri("/api/v1/live?topics=" + topics))
              .header("Authorization", "Bearer " + TestServer.READ);
      if (!lastId.isEmpty()) {
        request.header("Last-Event-ID", lastId);
      }
      var response = server.client().send(request.build(), BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertEquals("text/event-stream", response.headers().firstValue("content-type").orElse(""));
      assertEquals("no", response.headers().firstValue("x-accel-buffering").orElse(""));
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      assertEquals("retry: 2000", lines.readLine());
    }

    private Message next() throws IOException {
      long id = 0;
      String event = "";
      while (true) {
        String line = lines.readLine();
        assertTrue(line != null, "the stream ended");
        if (line.startsWith("id: ")) {
          id = Long.parseLong(line.substring(4));
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          return new Message(id, event, new ObjectMapper().readTree(line.substring(6)));
        }
      }
    }

    private Message until(String topic, String field, long value) throws IOException {
      while (true) {
        Message message = next();
        if (message.event().equals(topic) && message.data().path(field).asLong() >= value) {
          return message;
        }
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Test
  void stream_givesSnapshotThenChangesWithIncreasingIds() throws Exception {
    server.track("{\"event\":\"click\",\"user\":\"u1\"}");
    try (var stream = new Stream(server, "event:click", "")) {
      Message snapshot = stream.next();
      assertEquals("event:click", snapshot.event());
      assertEquals("snapshot", snapshot.data().get("kind").asText());
      assertEquals("event:click", snapshot.data().get("topic").asText());
      assertEquals(1, snapshot.data().get("total").asLong());
      server.track("{\"event\":\"click\",\"user\":\"u2\"}");
      Message change = stream.until("event:click", "total", 2);
      assertEquals("change", change.data().get("kind").asText());
      assertTrue(change.id() > snapshot.id());
      try (var resumed = new Stream(server, "event:click", Long.toString(change.id()))) {
        Message again = resumed.next();
        assertEquals("snapshot", again.data().get("kind").asText());
        assertEquals(2, again.data().get("total").asLong());
        assertTrue(again.id() > change.id());
      }
    }
  }

  @Test
  void stream_ofEveryTopic_hasTheFieldsOfItsQuery() throws Exception {
    server.track("{\"event\":\"click\",\"user\":\"u1\"}");
    var fields =
        Map.of(
            "overview",
            "pulse",
            "events",
            "events",
            "recent",
            "events",
            "online",
            "online",
            "status",
            "appended");
    for (var topic : fields.entrySet()) {
      try (var stream = new Stream(server, topic.getKey(), "")) {
        JsonNode data = stream.next().data();
        assertTrue(data.has(topic.getValue()), topic + " has " + data);
      }
    }
  }

  @Test
  void stream_afterAServerRestart_goesOnWithNewerIds(RealRedis redis) throws Exception {
    long seen;
    try (var stream = new Stream(server, "online", "")) {
      seen = stream.next().id();
    }
    try (var other = TestServer.start(redis);
        var stream = new Stream(other, "online", Long.toString(seen + 60_000))) {
      assertTrue(stream.next().id() > seen + 60_000, "even when the other node's clock is ahead");
    }
  }

  @Test
  void topic_withACommaInTheName_isEncodedOnceMore() throws Exception {
    server.track("{\"event\":\"a,b 5%2C\",\"user\":\"u1\"}");
    try (var stream = new Stream(server, "event:a%252Cb%205%25252C,online", "")) {
      Message snapshot = stream.until("event:a%2Cb 5%252C", "total", 1);
      assertEquals("a,b 5%2C", snapshot.data().get("event").asText());
      assertEquals("event:a%2Cb 5%252C", snapshot.data().get("topic").asText());
    }
  }

  @Test
  void topics_unknownOrTooMany_are400() {
    for (String topics :
        new String[] {"", ",", "foo", "event:", "online,foo", "event:a%0Adata:x"}) {
      var answer = server.get("/api/v1/live?topics=" + topics);
      assertEquals(400, answer.status(), topics);
      assertEquals("topics", answer.json().get("field").asText());
    }
    var many = new StringBuilder("event:0");
    for (int i = 1; i <= Bounds.TOPICS; i++) {
      many.append(",event:").append(i);
    }
    assertEquals(400, server.get("/api/v1/live?topics=" + many).status());
    assertEquals(400, server.get("/api/v1/live?topics=online", "Last-Event-ID", "x").status());
  }

  @Test
  void subscribers_pastTheLimit_are503AndLeaveWhenTheyClose(RealRedis redis) throws Exception {
    Bounds bounds = Bounds.defaults().withReaders(1, Duration.ofMinutes(5));
    try (var small = TestServer.start(redis, bounds)) {
      try (var stream = new Stream(small, "online", "")) {
        stream.next();
        var refused = small.get("/api/v1/live?topics=online");
        assertEquals(503, refused.status());
        assertEquals("5", refused.header("retry-after"));
      }
      String metrics = small.awaitMetrics("rivulet_live_subscribers 0").text();
      assertTrue(metrics.contains("rivulet_live_subscribers 0\n"), "the closed one is counted");
    }
  }

  @Test
  void stop_endsStreamsAndTakesNoLongerThanNeeded(RealRedis redis) throws Exception {
    Bounds patient = Bounds.defaults().withDrain(Duration.ofHours(1));
    var stopping = TestServer.start(redis, patient);
    try (var stream = new Stream(stopping, "online", "")) {
      stream.next();
      stopping.close(); // The test's time limit says whether it waits for the hour.
    }
  }
}
