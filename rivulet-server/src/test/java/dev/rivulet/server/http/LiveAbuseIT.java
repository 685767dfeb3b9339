package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Live readers that nobody would wish for. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(600)
class LiveAbuseIT {
  private TestServer server;
  private LiveReaders readers;

  @BeforeEach
  void start(RealRedis redis) throws Exception {
    server = TestServer.start(redis);
    readers = new LiveReaders();
    server.track("{\"event\":\"click\",\"user\":\"u1\"}");
  }

  @AfterEach
  void stop() throws Exception {
    readers.close();
    server.close();
  }

  @Test
  void lastEventId_ofTheFuture_isGoneOnFrom_andNonsenseIs400() throws Exception {
    long future = System.currentTimeMillis() + Duration.ofDays(3_000).toMillis();
    LiveReader ahead = readers.open(server.port(), "event:click", future, new HashMap<>());
    ahead.awaitTotal("event:click", 1);
    assertEquals("", ahead.wrong());
    LiveReader usual = readers.open(server.port(), "event:click");
    usual.awaitTotal("event:click", 1);
    assertTrue(usual.lastId() < future, "one reader's ids are not another one's");
    for (String id : List.of("-1", "9007199254740991", "9223372036854775808", "1.5", "abc")) {
      var answer = server.get("/api/v1/live?topics=online", "Last-Event-ID", id);
      assertEquals(400, answer.status(), id);
      assertEquals("Last-Event-ID", answer.json().get("field").asText());
    }
  }

  @Test
  void topics_askedForTwice_areToldOnce() throws Exception {
    LiveReader reader = readers.open(server.port(), "event:click,event:click,online,online");
    reader.awaitTotal("event:click", 1);
    reader.await("online", data -> true);
    awaitMetric("rivulet_live_topics 2\n");
    assertEquals("", reader.wrong());
  }

  @Test
  void topic_ofWhatDoesNotExist_isSilentAndHoldsUpNobody() throws Exception {
    LiveReader reader = readers.open(server.port(), "funnel:nobody-defined-it,event:click");
    reader.awaitTotal("event:click", 1);
    assertEquals(0, reader.messages("funnel:nobody-defined-it"));
    server.track("{\"event\":\"click\",\"user\":\"u2\"}");
    reader.awaitTotal("event:click", 2);
  }

  /** Connections are cut at every moment: before the request is whole, while it is worked on. */
  @Test
  void readersThatVanish_leaveNothingBehind() throws Exception {
    long seed = System.nanoTime();
    System.out.println("LiveAbuseIT seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 600; i++) {
      try (var socket = new Socket("127.0.0.1", server.port())) {
        socket.setSoLinger(random.nextBoolean(), 0);
        String request =
            "GET /api/v1/live?topics=event:e%d,online,status HTTP/1.1\r\nHost: x\r\n"
                    .formatted(random.nextInt(50))
                + "Authorization: Bearer %s\r\n\r\n".formatted(TestServer.READ);
        OutputStream out = socket.getOutputStream();
        int whole = request.length();
        out.write(
            request
                .substring(0, random.nextInt(4) == 0 ? random.nextInt(whole) : whole)
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Thread.sleep(random.nextInt(4));
      }
    }
    awaitMetric("rivulet_live_subscribers 0\n");
    awaitMetric("rivulet_live_topics 0\n");
  }

  @Test
  void moreQuestionsThanAreWatched_are503AndTheOthersGoOn() throws Exception {
    LiveReader first = readers.open(server.port(), "event:click");
    first.awaitTotal("event:click", 1);
    List<LiveReader> many = new ArrayList<>();
    for (int i = 0; i < 520; i++) { // of which 500 are as many questions as are watched
      var topics = new StringBuilder();
      for (int j = 0; j < Bounds.TOPICS; j++) {
        topics.append(j == 0 ? "" : ",").append("event:n").append(i).append('-').append(j);
      }
      many.add(readers.open(server.port(), topics.toString()));
    }
    server.track("{\"event\":\"click\",\"user\":\"u2\"}");
    first.awaitTotal("event:click", 2);
    long deadline = System.nanoTime() + LiveReader.LONGEST_NANOS;
    while (many.stream().noneMatch(reader -> reader.wrong().startsWith("HTTP/1.1 503"))) {
      assertTrue(System.nanoTime() < deadline, "nobody is refused");
      Thread.sleep(50);
    }
    many.forEach(LiveReader::close);
    awaitMetric("rivulet_live_subscribers 1\n");
    awaitMetric("rivulet_live_topics 1\n");
    server.track("{\"event\":\"click\",\"user\":\"u3\"}");
    first.awaitTotal("event:click", 3);
    assertEquals("", first.wrong());
  }

  private void awaitMetric(String line) throws InterruptedException {
    long deadline = System.nanoTime() + LiveReader.LONGEST_NANOS;
    while (!server.get("/metrics").text().contains(line)) {
      assertTrue(System.nanoTime() < deadline, "in vain for " + line);
      Thread.sleep(20);
    }
  }
}
