package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.Noon;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class RetentionRoutesIT {
  private static final String RANGE = "&from=2026-03-02T00:00:00Z&to=2026-03-23T00:00:00Z";

  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
    server.track(
        "["
            + event("signup", "ann", "2026-03-02T10:00:00Z", "pro")
            + event("signup", "bob", "2026-03-03T10:00:00Z", "free")
            + event("signup", "cid", "2026-03-10T10:00:00Z", "pro")
            + event("signup", "ann", "2026-03-18T10:00:00Z", "free")
            + event("order", "ann", "2026-03-11T10:00:00Z", "pro")
            + event("order", "cid", "2026-03-11T10:00:00Z", "pro")
            + event("order", "bob", "2026-03-22T23:59:59Z", "free").replace("}},", "}}")
            + "]");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String event(String name, String user, String time, String plan) {
    String json =
        "{\"event\":\"%s\",\"user\":\"%s\",\"time\":\"%s\",\"properties\":{\"plan\":\"%s\"}},";
    return json.formatted(name, user, time, plan);
  }

  @Test
  void retention_ofWeeks_tellsCohortsAndMean() {
    JsonNode answer = server.get("/api/v1/retention?first=signup&return=order" + RANGE).json();
    assertEquals(
        "[{\"start\":\"2026-03-02T00:00:00Z\",\"size\":2,\"returned\":[1,1]},"
            + "{\"start\":\"2026-03-09T00:00:00Z\",\"size\":1,\"returned\":[0]},"
            + "{\"start\":\"2026-03-16T00:00:00Z\",\"size\":0,\"returned\":[]}]",
        answer.get("cohorts").toString());
    assertEquals("[" + 1 / 3.0 + ",0.5]", answer.get("mean").toString());
    assertEquals("signup", answer.get("first").asText());
    assertEquals("order", answer.get("return").asText());
    assertEquals("week", answer.get("period").asText());
    assertEquals("first", answer.get("type").asText());
    assertEquals("on", answer.get("mode").asText());
    assertTrue(answer.get("exact").asBoolean());
    assertFalse(answer.has("groups"));
  }

  @Test
  void retention_recurringOnOrAfter_countsEachCohortAndLaterReturns() {
    JsonNode cohorts =
        server
            .get(
                "/api/v1/retention?first=signup&return=order&type=recurring&mode=onOrAfter" + RANGE)
            .json()
            .get("cohorts");
    assertEquals("[2,1]", cohorts.get(0).get("returned").toString());
    assertEquals(1, cohorts.get(2).get("size").asInt());
  }

  @Test
  void retention_withConditions_readsTheLog() {
    String pro = URLEncoder.encode("{\"plan\":\"pro\"}", StandardCharsets.UTF_8);
    JsonNode filtered =
        server
            .get("/api/v1/retention?first=signup&return=order&firstWhere=" + pro + RANGE)
            .json()
            .get("cohorts");
    assertEquals(1, filtered.get(0).get("size").asInt());
    assertEquals("[1,0]", filtered.get(0).get("returned").toString());
    JsonNode groups =
        server.get("/api/v1/retention?first=signup&return=order&by=plan" + RANGE).json();
    assertEquals("pro", groups.get("groups").get(0).get("group").asText());
    assertEquals("free", groups.get("groups").get(1).get("group").asText());
    assertEquals("[0,1]", groups.get("groups").get(1).at("/cohorts/0/returned").toString());
    JsonNode everybody = server.get("/api/v1/retention?first=signup&by=none" + RANGE).json();
    assertTrue(everybody.at("/groups/0/group").isNull(), everybody.toString());
  }

  @Test
  void retention_withoutRange_takesTheUsualOneAndMarksWhatIsUnfinished() {
    server.rivulet().projects().put("noon", Noon.zone(), List.of());
    String noon = "project=noon";
    String signup = "{\"event\":\"signup\",\"user\":\"dan\"}";
    assertEquals(200, ofAdmin("POST", "/api/v1/events?wait=folded&" + noon, signup).status());
    for (var usual : new String[] {"day 14", "week 12", "month 12"}) {
      String[] expected = usual.split(" ");
      JsonNode cohorts =
          ofAdmin("GET", "/api/v1/retention?period=" + expected[0] + "&" + noon, "")
              .json()
              .get("cohorts");
      int count = Integer.parseInt(expected[1]);
      assertEquals(count, cohorts.size(), usual);
      JsonNode last = cohorts.get(count - 1);
      assertTrue(last.get("partial").asBoolean(), usual);
      assertEquals(1, last.get("size").asInt(), usual);
      assertEquals("[1]", cohorts.get(count - 2).get("partialPeriods").toString(), usual);
    }
  }

  private TestServer.Answer ofAdmin(String method, String path, String body) {
    return server.send(method, path, TestServer.ADMIN, BodyPublishers.ofString(body));
  }

  @Test
  void stickiness_tellsPeopleByDays() {
    JsonNode answer = server.get("/api/v1/retention/stickiness?period=week" + RANGE).json();
    assertEquals(
        "{\"start\":\"2026-03-09T00:00:00Z\",\"people\":2,\"days\":[1,1,0,0,0,0,0]}",
        answer.get("intervals").get(1).toString());
    JsonNode earlier =
        server
            .get(
                "/api/v1/retention/stickiness?period=month&from=2026-02-01T00:00:00Z&to=1772500000000")
            .json();
    assertTrue(earlier.at("/intervals/0/people").isNull(), earlier.toString());
    assertEquals(31, earlier.at("/intervals/1/days").size());
  }

  @Test
  void lifecycle_tellsWherePeopleComeFrom() {
    JsonNode answer =
        server.get("/api/v1/retention/lifecycle?period=week" + RANGE + "&tz=Asia/Tokyo").json();
    assertEquals("Asia/Tokyo", answer.get("timezone").asText());
    assertEquals("2026-03-01T15:00:00Z", answer.at("/series/0/time").asText());
    answer = server.get("/api/v1/retention/lifecycle?period=week" + RANGE).json();
    assertEquals(
        "[{\"time\":\"2026-03-02T00:00:00Z\",\"new\":2,\"returning\":0,\"resurrecting\":0,"
            + "\"dormant\":0},"
            + "{\"time\":\"2026-03-09T00:00:00Z\",\"new\":1,\"returning\":1,\"resurrecting\":0,"
            + "\"dormant\":1},"
            + "{\"time\":\"2026-03-16T00:00:00Z\",\"new\":0,\"returning\":1,\"resurrecting\":1,"
            + "\"dormant\":1}]",
        answer.get("series").toString());
  }

  @Test
  void wrongParameters_are400NamingThem() {
    wrong("?period=hour", "period", "day, week, month");
    wrong("?type=second", "type", "first, recurring");
    wrong("?mode=after", "mode", "on, onOrAfter");
    wrong("?last=7x", "last", "7x");
    wrong("?tz=Mars/Base", "tz", "Mars/Base");
    wrong("?where=plan", "where", "where is not JSON");
    wrong("?firstWhere=" + encoded("{\"plan\":{\"is\":1}}"), "firstWhere", "'is'");
    wrong("?returnWhere=" + encoded("{\"plan\":{\"matches\":\"(\"}}"), "returnWhere", "RE2");
    wrong("?first=" + "x".repeat(201), "first", "201 characters");
    wrong("?return=" + "x".repeat(10_000), "return", "10000 characters");
    wrong("?by=" + "x".repeat(1_001), "by", "1001 characters");
    wrong("/stickiness?period=day", "period", "week, month");
    wrong("/stickiness?event=" + "x".repeat(201), "event", "201 characters");
    wrong("/lifecycle?period=hour", "period", "day, week, month");
    wrong("?period=day&last=401d", null, "more than 400 periods");
    wrong("/lifecycle?period=month&from=1900-01-01T00:00:00Z", null, "more than 400 periods");
    wrong("/stickiness?period=week&last=800d", null, "more than the 750");
  }

  private void wrong(String question, String field, String detail) {
    var answer = server.get("/api/v1/retention" + question);
    assertEquals(400, answer.status(), question + " " + answer.text());
    assertEquals(field == null ? "" : field, answer.json().path("field").asText(), answer.text());
    assertTrue(answer.json().get("detail").asText().contains(detail), answer.text());
  }

  private static String encoded(String json) {
    return URLEncoder.encode(json, StandardCharsets.UTF_8);
  }
}
