package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class UserRoutesIT {
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
  void person_whatTheyDid() {
    long now = System.currentTimeMillis();
    server.track(
        "["
            + event("a/b", "page", now - 60_000, "{\"path\":\"/home\"}")
            + ","
            + event("a/b", "page", now - 120_000, "{\"path\":\"/start\"}")
            + ","
            + event("a/b", "click", now - 30_000, "{\"n\":1}")
            + ","
            + event("a/b", "page", now - 86_400_000, "{\"path\":\"/old\"}")
            + "]");
    JsonNode person = get("/api/v1/users/a%2Fb");
    assertEquals("a/b", person.get("user").asText());
    assertEquals(4, person.get("total").asLong());
    assertEquals(3, person.get("actions").get("page").asLong());
    assertEquals(Instant.ofEpochMilli(now - 86_400_000).toString(), text(person, "firstSeen"));
    assertEquals(Instant.ofEpochMilli(now - 30_000).toString(), text(person, "lastSeen"));
    JsonNode session = person.get("session");
    assertEquals(3, session.get("events").asInt());
    assertEquals(2, session.get("pages").asInt());
    assertEquals(90.0, session.get("seconds").asDouble());
    assertEquals("/start", text(session, "entry"));
    assertEquals("/home", text(session, "exit"));
    assertEquals("click", person.get("recent").get(0).get("event").asText());
    assertEquals("{\"n\":1}", person.get("recent").get(0).get("properties").toString());
    assertEquals("{}", person.get("traits").toString());

    JsonNode sessions = get("/api/v1/users/a%2Fb/sessions?limit=1");
    assertEquals(1, sessions.get("sessions").size());
    assertEquals(2, sessions.get("total").asLong());
    JsonNode all = get("/api/v1/users/a%2Fb/sessions").get("sessions");
    assertTrue(all.get(1).get("bounce").asBoolean());
    assertEquals("/old", text(all.get(1), "entry"));

    List<String> names = new ArrayList<>();
    String next = "";
    do {
      JsonNode part = get("/api/v1/users/a%2Fb/timeline?limit=3" + next);
      part.get("events").forEach(event -> names.add(text(event, "event")));
      assertEquals(0, part.get("gone").asInt());
      next = part.has("next") ? "&before=" + text(part, "next") : "";
    } while (!next.isEmpty());
    assertEquals(List.of("click", "page", "page", "page"), names);
    assertEquals(
        1, get("/api/v1/users/a%2Fb/timeline?before=" + (now - 3_600_000)).get("events").size());

    JsonNode export = get("/api/v1/users/a%2Fb/export");
    assertEquals(4, export.get("events").size());
    assertEquals("/old", export.get("events").get(0).get("properties").get("path").asText());
    assertEquals(2, export.get("sessions").size());
  }

  @Test
  void person_recent_isTheNewestHundred() {
    long now = System.currentTimeMillis();
    var events = new ArrayList<String>();
    for (int i = 0; i < 130; i++) {
      events.add(event("busy", "step", now - i * 1_000L, "{\"n\":" + i + "}"));
    }
    server.track(events.toString());
    JsonNode recent = get("/api/v1/users/busy").get("recent");
    assertEquals(100, recent.size());
    for (int i = 0; i < 100; i++) {
      assertEquals(i, recent.get(i).get("properties").get("n").asInt());
    }
  }

  @Test
  void people_seenLastFirst_andSearched() {
    long now = System.currentTimeMillis();
    server.track(
        "["
            + event("ann", "view", now - 3_000, "{}")
            + ","
            + event("Joanna", "view", now - 2_000, "{}")
            + ","
            + event("bob", "view", now - 1_000, "{}")
            + "]");
    JsonNode first = get("/api/v1/users?limit=2");
    assertEquals("bob", first.get("users").get(0).get("user").asText());
    assertEquals("Joanna", first.get("users").get(1).get("user").asText());
    assertTrue(first.get("complete").asBoolean());
    JsonNode second = get("/api/v1/users?limit=2&cursor=" + text(first, "next"));
    assertEquals("ann", second.get("users").get(0).get("user").asText());
    assertTrue(!second.has("next"));
    JsonNode found = get("/api/v1/users?search=ANN").get("users");
    assertEquals(2, found.size());
    assertEquals(1, found.get(0).get("total").asLong());
  }

  @Test
  void nobody_is404() {
    for (String path : List.of("", "/timeline", "/sessions", "/export")) {
      var answer = server.get("/api/v1/users/nobody" + path);
      assertEquals(404, answer.status(), path);
      assertTrue(answer.json().get("detail").asText().contains("'nobody'"), answer.text());
    }
    assertEquals(0, get("/api/v1/users").get("users").size());
    assertEquals(0, get("/api/v1/users?search=nobody").get("users").size());
  }

  @Test
  void badInput_isNamed() {
    server.track(event("u", "view", System.currentTimeMillis(), "{}"));
    refused("/api/v1/users?cursor=garbage", "garbage");
    refused("/api/v1/users?cursor=%00%F0%9F%98%80", "cursor");
    refused("/api/v1/users?limit=0", "limit '0'");
    refused("/api/v1/users?limit=201", "1 to 200");
    refused("/api/v1/users?search=" + "x".repeat(2_000), "search has 2000 characters");
    refused("/api/v1/users/u/timeline?before=yesterday", "yesterday");
    refused("/api/v1/users/u/timeline?before=1_2_3", "1_2_3");
    refused("/api/v1/users/u/timeline?limit=101", "limit '101'");
    refused("/api/v1/users/u/sessions?limit=0", "limit '0'");
    refused("/api/v1/users/" + "x".repeat(300), "300 characters");
    refused("/api/v1/sessions?step=7m", "7m");
    refused("/api/v1/sessions?where=%7B%22plan%22:%22pro%22%7D", "where is not taken here");
    refused("/api/v1/sessions?tz=Mars", "Mars");
    refused("/api/v1/sessions?last=0s", "0s");
    int status = server.get("/api/v1/users?search=" + "x".repeat(10_000)).status();
    assertTrue(status == 400 || status == 414, "10 KB of search: " + status);
  }

  @Test
  void sessions_ofEverybody() {
    long now = System.currentTimeMillis();
    server.track(
        "["
            + event("a", "page", now - 7_200_000, "{\"path\":\"/a\"}")
            + ","
            + event("b", "page", now - 7_200_000, "{\"path\":\"/a\"}")
            + ","
            + event("b", "page", now - 7_140_000, "{\"path\":\"/b\"}")
            + "]");
    JsonNode report = get("/api/v1/sessions?last=5h&step=1h&tz=Asia/Kolkata");
    assertEquals(2, report.get("sessions").asLong());
    assertEquals(1, report.get("bounces").asLong());
    assertEquals(0.5, report.get("bounceRate").asDouble());
    assertEquals(30.0, report.get("medianSeconds").asDouble());
    assertEquals(54.0, report.get("p90Seconds").asDouble());
    assertEquals(1.5, report.get("pagesPerSession").asDouble());
    assertEquals("/a", report.get("entryPages").get(0).get("value").asText());
    assertEquals(2, report.get("entryPages").get(0).get("count").asLong());
    assertTrue(report.get("exact").asBoolean());
    JsonNode series = report.get("series");
    assertTrue(series.get(0).get("sessions").isNull());
    assertTrue(series.get(series.size() - 1).get("bounceRate").isNull());
    assertTrue(series.get(series.size() - 1).get("partial").asBoolean());
    JsonNode none = get("/api/v1/sessions?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z");
    assertEquals(0, none.get("sessions").asLong());
    assertTrue(none.get("medianSeconds").isNull());
    assertTrue(none.get("bounceRate").isNull());
  }

  private JsonNode get(String path) {
    var answer = server.get(path);
    assertEquals(200, answer.status(), path + ": " + answer.text());
    return answer.json();
  }

  private void refused(String path, String named) {
    var answer = server.get(path);
    assertEquals(400, answer.status(), path + ": " + answer.text());
    String detail = answer.json().get("detail").asText();
    assertTrue(detail.contains(named), path + ": " + detail);
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asText();
  }

  private static String event(String user, String name, long time, String properties) {
    return "{\"event\":\"%s\",\"user\":\"%s\",\"time\":%d,\"properties\":%s}"
        .formatted(name, user, time, properties);
  }
}
