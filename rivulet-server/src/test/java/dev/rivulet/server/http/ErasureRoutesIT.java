package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Erasing a person over HTTP. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(180)
class ErasureRoutesIT {
  private static final String PERSON = "/api/v1/users/a%2Fb%40example.org";
  private static final String EVENT =
      "{\"event\":\"visit\",\"user\":\"%s\",\"properties\":{\"plan\":\"pro\"}}";

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
  void erase_hidesAtOnce_andTellsWhatBecameOfIt() {
    server.track("[" + event("a/b@example.org") + "," + event("u2") + "]");
    var answer = erase(PERSON, TestServer.ADMIN);
    assertEquals(200, answer.status(), answer.text());
    JsonNode erased = answer.json();
    assertEquals("a/b@example.org", erased.at("/erased/user").asText());
    assertTrue(erased.at("/state").asText().matches("running|done"));
    String recent = server.get("/api/v1/events/recent").text();
    assertFalse(recent.contains("a/b@example.org"), recent);
    assertTrue(recent.contains("u2"));
    String path = "/api/v1/erasures/" + erased.at("/erasure").asText();
    JsonNode status =
        server
            .awaitAnswer(
                path, TestServer.READ, told -> told.json().at("/state").asText().equals("done"))
            .json();
    assertEquals("done", status.at("/state").asText());
    assertEquals(1, status.at("/progress").asInt());
    assertEquals(1, status.at("/erased/rawEvents").asInt());
    assertTrue(status.at("/finishedAt").asText().endsWith("Z"));
    JsonNode all = server.get("/api/v1/erasures").json().at("/erasures");
    assertEquals(status, all.get(0));
    assertFalse(all.toString().contains("a/b"), "it names nobody");
    assertEquals(
        2, server.get("/api/v1/events/count?event=visit&last=1h").json().at("/total").asInt());
  }

  @Test
  void erase_ofNobody_isNotFound() {
    assertEquals(404, erase(PERSON, TestServer.ADMIN).status());
    server.track("[" + event("a/b@example.org") + "]");
    assertEquals(200, erase(PERSON, TestServer.ADMIN).status());
    assertEquals(404, erase(PERSON, TestServer.ADMIN).status(), "a second time");
    assertEquals(1, server.get("/api/v1/erasures").json().at("/erasures").size());
    assertEquals(404, server.get("/api/v1/erasures/6f1c1f0a").status());
    var unknown = erase("/api/v1/users/u1?project=nowhere", TestServer.ADMIN);
    assertEquals(404, unknown.status());
  }

  @Test
  void erase_takesTheAdminKey() {
    server.track("[" + event("a/b@example.org") + "]");
    assertEquals(401, erase(PERSON, "").status());
    assertEquals(403, erase(PERSON, TestServer.READ).status());
    assertEquals(403, erase(PERSON, TestServer.WRITE).status());
    assertEquals(0, server.get("/api/v1/erasures").json().at("/erasures").size());
  }

  @Test
  void erase_badIds_areRefused() {
    var answer = erase("/api/v1/users/" + "x".repeat(201), TestServer.ADMIN);
    assertEquals(400, answer.status());
    assertEquals("id", answer.json().at("/field").asText());
    assertEquals(400, server.get("/api/v1/erasures/" + "x".repeat(101)).status());
  }

  @Test
  void clients_cannotSendErasures() {
    server.track("[" + event("u2") + "]");
    server.post(
        "/api/v1/events?wait=folded",
        "{\"event\":\"erasure\",\"kind\":\"ERASURE\",\"user\":\"u2\",\"properties\":{\"kind\":2}}");
    assertTrue(server.get("/api/v1/events/recent").text().contains("visit"));
    assertEquals(0, server.get("/api/v1/erasures").json().at("/erasures").size());
  }

  private TestServer.Answer erase(String path, String key) {
    return server.send("DELETE", path, key, BodyPublishers.noBody());
  }

  private static String event(String user) {
    return EVENT.formatted(user);
  }
}
