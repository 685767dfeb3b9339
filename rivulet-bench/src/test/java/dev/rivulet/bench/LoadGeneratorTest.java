package dev.rivulet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.rivulet.bench.LoadGenerator.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private volatile long refuseEvery = Long.MAX_VALUE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/events",
        exchange -> {
          var body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
          int events = body.isArray() ? body.size() : 1;
          boolean refused = requests.incrementAndGet() % refuseEvery == 0;
          if (!refused) {
            received.addAndGet(events);
          }
          byte[] answer = ("{\"accepted\": " + events + "}").getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(refused ? 503 : 200, answer.length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private LoadGenerator generator() {
    return new LoadGenerator(server.getAddress(), "key", 1);
  }

  @Test
  void run_closedLoop_countsWhatTheServerTook() throws IOException {
    var load = new Load(4, 100, Duration.ofMinutes(1), 5_000, 0, sent -> sent);
    var outcome = generator().run(load);
    assertEquals(5_000, outcome.acknowledged());
    assertEquals(5_000, received.get());
    assertEquals(50, outcome.latencies().size());
    assertEquals(0, outcome.refused());
  }

  @Test
  void run_openLoop_keepsTheRate() throws IOException {
    var outcome = generator().run(Load.open(4, 10, Duration.ofSeconds(1), 1_000));
    assertEquals(1_000, outcome.acknowledged());
    assertTrue(outcome.seconds() >= 0.98, "seconds " + outcome.seconds());
  }

  @Test
  void run_refusingServer_countsRefusalsAsSuch() throws IOException {
    refuseEvery = 5;
    var outcome = generator().run(new Load(8, 1, Duration.ofMinutes(1), 100, 0, sent -> sent));
    assertEquals(80, outcome.acknowledged());
    assertEquals(80, received.get());
    assertEquals(20, outcome.refused());
    assertTrue(outcome.firstRefusal().startsWith("503 "), outcome.firstRefusal());
  }
}
