package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class GateIT {
  private static final String EVENT = "{\"event\":\"a\",\"user\":\"u\"}";
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
  void doors_openToTheirKeysOnly() {
    var ingest = Map.of(TestServer.WRITE, 200, TestServer.READ, 403, TestServer.ADMIN, 200);
    ingest.forEach(
        (key, status) -> assertEquals(status, call("POST", "/api/v1/events", key, EVENT).status()));
    var read = Map.of(TestServer.WRITE, 403, TestServer.READ, 200, TestServer.ADMIN, 200);
    for (String path :
        new String[] {
          "/api/v1/events",
          "/api/v1/events/count",
          "/api/v1/events/uniques",
          "/api/v1/online",
          "/api/v1/events/recent",
          "/api/v1/overview",
          "/api/v1/status",
          "/api/v1/users",
          "/api/v1/sessions",
          "/api/v1/funnels",
          "/api/v1/retention",
          "/api/v1/views",
          "/api/v1/projects/default"
        }) {
      read.forEach(
          (key, status) -> assertEquals(status, call("GET", path, key, "").status(), path));
    }
    var admin = Map.of(TestServer.WRITE, 403, TestServer.READ, 403, TestServer.ADMIN, 201);
    admin.forEach(
        (key, status) ->
            assertEquals(
                status, call("PUT", "/api/v1/projects/p" + key.length(), key, "{}").status()));
  }

  @Test
  void key_missingOrWrong_is401() {
    for (String key : new String[] {"", "wrong", "x".repeat(5_000)}) {
      var answer = call("GET", "/api/v1/events", key, "");
      assertEquals(401, answer.status());
      assertEquals("Bearer", answer.header("www-authenticate"));
      assertEquals(401, call("POST", "/api/v1/events", key, EVENT).status());
    }
  }

  @Test
  void key_inTheAddress_isTaken() {
    assertEquals(200, call("GET", "/api/v1/events?key=" + TestServer.READ, "", "").status());
    assertEquals(200, call("POST", "/api/v1/events?key=" + TestServer.WRITE, "", EVENT).status());
    assertEquals(401, call("GET", "/api/v1/events?key=no", "", "").status());
  }

  @Test
  void key_guessedInBulk_is429WithRetryAfter(RealRedis redis) throws IOException {
    Bounds few = Bounds.defaults().withFailedKeysPerMinute(10);
    try (var guarded = TestServer.start(redis, few)) {
      TestServer.Answer last = guess(guarded, 0);
      for (int i = 1; i < 100 && last.status() == 401; i++) {
        last = guess(guarded, i);
      }
      assertEquals(429, last.status());
      assertTrue(Integer.parseInt(last.header("retry-after")) >= 1);
    }
  }

  private static TestServer.Answer guess(TestServer guarded, int number) {
    return guarded.send("GET", "/api/v1/events", "guess-" + number, BodyPublishers.noBody());
  }

  @Test
  void key_good_isNotLockedOutByItsNeighbours(RealRedis redis) throws IOException {
    Bounds few = Bounds.defaults().withFailedKeysPerMinute(10);
    try (var guarded = TestServer.start(redis, few)) {
      assertEquals(200, guarded.get("/api/v1/events").status());
      int status = 401;
      for (int i = 0; i < 100 && status == 401; i++) {
        status = guess(guarded, i).status();
      }
      assertEquals(429, status);
      assertEquals(200, guarded.get("/api/v1/events").status());
    }
  }

  @Test
  void projects_haveTheirOwnKeysAndNumbers() {
    assertEquals(404, call("GET", "/api/v1/events?project=shop", TestServer.ADMIN, "").status());
    var made =
        call(
            "PUT",
            "/api/v1/projects/shop",
            TestServer.ADMIN,
            "{\"timezone\":\"Europe/Berlin\",\"sites\":[\"Shop.example\"]}");
    assertEquals(201, made.status());
    assertEquals("[\"shop.example\"]", made.json().get("sites").toString());
    assertEquals(200, call("PUT", "/api/v1/projects/shop", TestServer.ADMIN, "{}").status());
    var keys = call("POST", "/api/v1/projects/shop/keys", TestServer.ADMIN, "");
    assertEquals(201, keys.status());
    String write = keys.json().get("write").asText();
    String read = keys.json().get("read").asText();
    String only =
        call("POST", "/api/v1/projects/shop/keys", TestServer.ADMIN, "{\"role\":\"read\"}")
            .json()
            .get("key")
            .asText();

    assertEquals(200, call("POST", "/api/v1/events?wait=folded", write, EVENT).status());
    assertEquals(1, call("GET", "/api/v1/events/count", read, "").json().get("total").asLong());
    assertEquals(1, call("GET", "/api/v1/events/count", only, "").json().get("total").asLong());
    assertEquals(0, server.get("/api/v1/events/count").json().get("total").asLong());
    assertEquals(
        1,
        call("GET", "/api/v1/events/count?project=shop", TestServer.ADMIN, "")
            .json()
            .get("total")
            .asLong());
    assertEquals(403, server.get("/api/v1/events/count?project=shop").status());
    assertEquals(403, call("GET", "/api/v1/events?project=default", read, "").status());
    assertEquals(403, call("GET", "/api/v1/projects/default", read, "").status());
    assertEquals(
        "Europe/Berlin",
        call("GET", "/api/v1/projects/shop", read, "").json().get("timezone").asText());
    assertEquals(1, call("GET", "/api/v1/status", read, "").json().get("appended").asLong());
  }

  @Test
  void projects_wrongSettings_are400NamingThem() {
    assertEquals(400, put("/api/v1/projects/a%20b", "{}").status());
    assertEquals(
        "timezone",
        put("/api/v1/projects/a", "{\"timezone\":\"X/Y\"}").json().get("field").asText());
    assertEquals(
        "sites", put("/api/v1/projects/a", "{\"sites\":\"x\"}").json().get("field").asText());
    assertEquals(400, put("/api/v1/projects/a", "{\"sites\":[\"no domain\"]}").status());
    assertEquals(400, put("/api/v1/projects/a", "[]").status());
    assertEquals(400, put("/api/v1/projects/a", "{").status());
    assertEquals(404, call("GET", "/api/v1/projects/a", TestServer.ADMIN, "").status());
    assertEquals(404, call("POST", "/api/v1/projects/a/keys", TestServer.ADMIN, "").status());
    assertEquals(
        "role",
        call("POST", "/api/v1/projects/default/keys", TestServer.ADMIN, "{\"role\":\"boss\"}")
            .json()
            .get("field")
            .asText());
  }

  @Test
  void cors_isForIngestOnly() {
    var preflight =
        server.send(
            "OPTIONS",
            "/api/v1/events",
            "",
            BodyPublishers.noBody(),
            "Origin",
            "https://shop.example",
            "Access-Control-Request-Method",
            "POST");
    assertEquals(204, preflight.status());
    assertEquals("*", preflight.header("access-control-allow-origin"));
    assertTrue(preflight.header("access-control-allow-headers").contains("Authorization"));
    var sent = server.post("/api/v1/events", EVENT, "Origin", "https://shop.example");
    assertEquals("*", sent.header("access-control-allow-origin"));
    assertEquals("", sent.header("access-control-allow-credentials"));
    var refused = call("POST", "/v1/track", "wrong", EVENT, "Origin", "https://shop.example");
    assertEquals(401, refused.status());
    assertEquals("*", refused.header("access-control-allow-origin"));
    var asked = server.get("/api/v1/events/count", "Origin", "https://shop.example");
    assertEquals("", asked.header("access-control-allow-origin"));
    assertEquals(
        405, server.send("OPTIONS", "/api/v1/status", "", BodyPublishers.noBody()).status());
  }

  @Test
  void rate_pastTheLimit_is429AndKeptInTheBooks(RealRedis redis) throws IOException {
    try (var slow = TestServer.start(redis, Bounds.defaults().withEventsPerSecond(5))) {
      String many = "[" + String.join(",", Collections.nCopies(1_000, EVENT)) + "]";
      assertEquals(200, slow.post("/api/v1/events", many).status(), "leaves a debt of minutes");
      TestServer.Answer last = slow.post("/api/v1/events", EVENT);
      assertEquals(429, last.status());
      assertEquals("rate_limited", last.json().get("reason").asText());
      assertTrue(Integer.parseInt(last.header("retry-after")) >= 1);
      assertEquals(
          200,
          slow.send("POST", "/api/v1/events", TestServer.ADMIN, BodyPublishers.ofString(EVENT))
              .status(),
          "another key has its own budget");
    }
  }

  private TestServer.Answer put(String path, String body) {
    return call("PUT", path, TestServer.ADMIN, body);
  }

  private TestServer.Answer call(
      String method, String path, String key, String body, String... headers) {
    var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    return server.send(method, path, key, publisher, headers);
  }
}
