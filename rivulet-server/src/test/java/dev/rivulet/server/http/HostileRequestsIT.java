package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class HostileRequestsIT {
  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void numberBeyondAllBounds_isNoNumberAndTheEventCounts() {
    String digits = "9".repeat(400);
    for (String number : List.of(digits, "-" + digits, "1e999")) {
      var answer =
          server.track(
              "{\"event\":\"huge\",\"user\":\"u\",\"properties\":{\"n\":%s,\"m\":1}}"
                  .formatted(number));
      assertEquals(200, answer.status(), answer.text());
    }
    var status = server.get("/api/v1/status").json();
    assertEquals(0, status.get("poisonous").asInt(), status.get("poison").toString());
    var count = server.get("/api/v1/events/count?event=huge&last=1h").json();
    assertEquals(3, count.get("total").asInt());
    var stats = server.get("/api/v1/events/stats?event=huge&property=m&last=1h").json();
    assertEquals(3, stats.get("count").asInt());
  }

  @Test
  void heads_thatAreNoHttp_areRefusedAsProblems() throws IOException {
    refused("GARBAGE\r\n\r\n", 400);
    refused("GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n", 400);
    refused("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400);
    refused("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    refused("GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(20_000) + "\r\n\r\n", 431);
    refused("GET /%zz/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404);
    refused(
        "GET /api/v1/users/%zz?key="
            + TestServer.READ
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        400);
    refused(
        "GET /api/v1/users/%ff?key="
            + TestServer.READ
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        400);
    refused("GET /healthz?a=%2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 400);
    refused("POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n", 400);
  }

  private void refused(String request, int status) throws IOException {
    String answer = server.raw(request);
    String shown = request.substring(0, Math.min(60, request.length()));
    assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), shown + " → " + answer);
    assertTrue(answer.contains("application/problem+json"), shown);
    assertFalse(answer.contains("Exception"), shown);
  }

  @Test
  void paths_unknownOrWithOtherMethods_areProblems() {
    var lost = server.get("/nothing/here");
    assertEquals(404, lost.status());
    assertEquals("application/problem+json", lost.header("content-type"));
    assertEquals("Not Found", lost.json().get("title").asText());
    assertEquals("about:blank", lost.json().get("type").asText());
    var wrong = server.send("DELETE", "/api/v1/events", TestServer.ADMIN, BodyPublishers.noBody());
    assertEquals(405, wrong.status());
    assertEquals("GET, POST", wrong.header("allow"));
    assertEquals(200, server.send("HEAD", "/healthz", "", BodyPublishers.noBody()).status());
    assertEquals(
        200,
        server
            .send("HEAD", "/api/v1/live?topics=online", TestServer.READ, BodyPublishers.noBody())
            .status());
  }

  @Test
  void files_outsideThePages_areNotServed() {
    for (String path :
        new String[] {
          "/ui/../Main.class",
          "/ui/..%2f..%2fopenapi.json",
          "/ui//etc/passwd",
          "/ui/%2e%2e/x",
          "/vendor/dev/rivulet/server/Main.class",
          "/vendor/../../dev/rivulet/server/Main.class",
          "/vendor/_static/../../maven/x",
          "/ui/",
          "/ui/lib"
        }) {
      assertEquals(404, rawStatus(path), path);
    }
  }

  private int rawStatus(String path) {
    try {
      String answer =
          server.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      return Integer.parseInt(answer.substring(9, 12));
    } catch (IOException e) {
      throw new AssertionError(path, e);
    }
  }

  @Test
  void connections_pastTheLimit_areTold503(RealRedis redis) throws IOException {
    try (var small = TestServer.start(redis, Bounds.defaults().withConnections(3))) {
      List<Socket> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        var socket = new Socket("127.0.0.1", small.port());
        socket
            .getOutputStream()
            .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertTrue(socket.getInputStream().read() >= 0);
        open.add(socket);
      }
      String told = small.raw("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertTrue(told.startsWith("HTTP/1.1 503"), told);
      assertTrue(told.toLowerCase(Locale.ROOT).contains("retry-after"), told);
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void clients_thatDribble_areCutOff(RealRedis redis) throws IOException {
    Bounds usual = Bounds.defaults();
    var impatient =
        new Bounds(
            usual.connections(),
            usual.eventsPerSecond(),
            usual.failedKeysPerMinute(),
            usual.bodiesInFlight(),
            usual.subscribers(),
            usual.unread(),
            usual.workers(),
            usual.waitingQuestions(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            usual.drain());
    try (var strict = TestServer.start(redis, impatient)) {
      assertEquals("", strict.raw("GET /healthz HTTP/1.1\r\nHo"), "a head that never ends");
      String body =
          "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\nAuthorization: Bearer "
              + TestServer.WRITE
              + "\r\n\r\n{";
      assertEquals("", strict.raw(body), "a body that never ends");
      String metrics = strict.awaitMetrics("rivulet_bodies_bytes 0").text();
      assertTrue(metrics.contains("rivulet_bodies_bytes 0\n"), metrics);
    }
  }

  @Test
  void body_cutOff_leavesTheServerWell() throws IOException {
    try (var socket = new Socket("127.0.0.1", server.port())) {
      String head =
          "POST /api/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\nAuthorization:"
              + " Bearer "
              + TestServer.WRITE
              + "\r\n\r\n{\"event\":";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
    assertEquals(200, server.track("{\"event\":\"a\",\"user\":\"u\"}").status());
    assertEquals(1, server.get("/api/v1/status").json().get("received").asLong());
  }

  @Test
  void redisGone_answers503WithRetryAfterAndRecovers() throws IOException {
    try (RealRedis own = RealRedis.durable();
        TestServer alone = TestServer.start(own)) {
      assertEquals(200, alone.track("{\"event\":\"a\",\"user\":\"u\"}").status());
      own.kill9();
      var refused = alone.post("/api/v1/events", "{\"event\":\"a\",\"user\":\"u\",\"id\":\"x\"}");
      assertEquals(503, refused.status(), refused.text());
      assertFalse(refused.header("retry-after").isEmpty());
      assertEquals(503, alone.get("/api/v1/status").status());
      assertEquals(503, alone.get("/readyz").status());
      assertEquals(200, alone.get("/healthz").status());
      assertTrue(alone.get("/metrics").text().contains("rivulet_redis_up 0"));
      own.restart();
      assertEquals(200, alone.awaitAnswer("/readyz", "", up -> up.status() == 200).status());
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      int status = 503;
      while (status == 503 && System.nanoTime() < deadline) {
        status = alone.track("{\"event\":\"a\",\"user\":\"u\",\"id\":\"x\"}").status();
      }
      assertEquals(200, status);
      assertEquals(2, alone.get("/api/v1/events/count?event=a").json().get("total").asLong());
    }
  }
}
