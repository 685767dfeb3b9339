package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.Zstd;
import dev.rivulet.projects.Project;
import dev.rivulet.server.Noon;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class EventsRoutesIT {
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
  void post_oneEvent_isCountedWhenFolded() {
    server.rivulet().projects().put(Project.DEFAULT, Noon.zone(), List.of());
    var answer =
        server.track(
            "{\"event\":\"signup\",\"user\":\"u1\",\"id\":\"a\",\"properties\":{\"plan\":\"pro\"}}");
    assertEquals(200, answer.status());
    assertEquals("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}", answer.text());
    assertEquals("application/json", answer.header("content-type"));

    long now = System.currentTimeMillis();
    String aroundNow = "from=" + (now - 3_600_000) + "&to=" + (now + 3_600_000);
    JsonNode count = server.get("/api/v1/events/count?event=signup&step=1m&" + aroundNow).json();
    assertEquals(1, count.get("total").asLong());
    assertEquals("signup", count.get("event").asText());
    assertTrue(count.get("exact").asBoolean());
    assertTrue(count.get("series").get(count.get("series").size() - 1).get("partial").asBoolean());

    JsonNode by = server.get("/api/v1/events/count?event=signup&last=1h&by=plan").json();
    assertEquals("pro", by.get("groups").get(0).get("value").asText());
    JsonNode top = server.get("/api/v1/events/top?event=signup&property=plan&last=1h").json();
    assertEquals(1, top.get("values").get(0).get("count").asLong());
    assertEquals(1, server.get("/api/v1/events/uniques?last=1h").json().get("total").asLong());
    assertEquals(1, server.get("/api/v1/online").json().get("online").asLong());
    JsonNode recent = server.get("/api/v1/events/recent?limit=5").json().get("events").get(0);
    assertEquals("{\"plan\":\"pro\"}", recent.get("properties").toString());
    JsonNode names = server.get("/api/v1/events").json().get("events").get(0);
    assertEquals("signup", names.get("event").asText());
    assertEquals(
        "plan",
        server
            .get("/api/v1/events/properties?event=signup")
            .json()
            .get("properties")
            .get(0)
            .get("property")
            .asText());
    assertEquals(1, server.get("/api/v1/overview").json().get("today").get("count").asLong());
  }

  @Test
  void count_wrongWhere_is400NamingIt() {
    String where = "%7B%22plan%22:%7B%22is%22:1%7D%7D";
    var answer = server.get("/api/v1/events/count?event=signup&last=1h&where=" + where);
    assertEquals(400, answer.status());
    assertEquals("where", answer.json().get("field").asText());
    assertTrue(answer.json().get("detail").asText().contains("'is'"), answer.text());
  }

  @Test
  void post_sameIdTwice_countsOnceAndBalances() {
    server.track("{\"event\":\"pay\",\"user\":\"u1\",\"id\":\"same\"}");
    server.track("[{\"event\":\"pay\",\"user\":\"u1\",\"id\":\"same\"},{\"event\":\"pay\"}]");
    assertEquals(1, server.get("/api/v1/events/count?event=pay").json().get("total").asLong());
    JsonNode books = server.get("/api/v1/status").json();
    assertEquals(3, books.get("received").asLong());
    assertEquals(1, books.get("accepted").asLong());
    assertEquals(1, books.get("duplicates").asLong());
    assertEquals(1, books.get("rejected").get("missing_user").asLong());
    assertEquals(
        books.get("appended").asLong(),
        books.get("folded").asLong() + books.get("pending").asLong());
  }

  @Test
  void post_array_refusesItemByItem() {
    var answer =
        server.post(
            "/api/v1/events",
            "[{\"event\":\"a\",\"user\":\"u\"},7,{\"user\":\"u\"},{\"event\":\"b\",\"user\":\"u\"}]");
    assertEquals(200, answer.status());
    assertEquals(2, answer.json().get("accepted").asInt());
    JsonNode rejected = answer.json().get("rejected");
    assertEquals(1, rejected.get(0).get("index").asInt());
    assertEquals("invalid_json", rejected.get(0).get("reason").asText());
    assertEquals(2, rejected.get(1).get("index").asInt());
    assertEquals("missing_event", rejected.get(1).get("reason").asText());
  }

  @Test
  void post_linesAndCompression_areRead() {
    String lines = "{\"event\":\"n\",\"user\":\"1\"}\nnot json\n{\"event\":\"n\",\"user\":\"2\"}\n";
    var plain = server.post("/api/v1/events", lines, "Content-Type", "application/x-ndjson");
    assertEquals(2, plain.json().get("accepted").asInt());
    assertEquals(1, plain.json().get("rejected").get(0).get("index").asInt());
    byte[] json = "{\"event\":\"n\",\"user\":\"3\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(200, compressed(Gzip.fast(json), "gzip"));
    assertEquals(200, compressed(Zstd.compress(json), "zstd"));
    assertEquals(415, compressed(json, "br"));
    assertEquals(400, compressed(json, "gzip"));
  }

  private int compressed(byte[] body, String encoding) {
    return server
        .send(
            "POST",
            "/api/v1/events",
            TestServer.WRITE,
            BodyPublishers.ofByteArray(body),
            "Content-Encoding",
            encoding)
        .status();
  }

  @Test
  void post_badSingleEvent_is400NamingTheField() {
    var answer = server.post("/api/v1/events", "{\"event\":\"a\"}");
    assertEquals(400, answer.status());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertEquals("user", answer.json().get("field").asText());
    assertEquals("missing_user", answer.json().get("reason").asText());
    assertEquals(400, server.post("/api/v1/events", "{\"event\":").status());
    assertEquals(400, server.post("/api/v1/events", "").status());
    assertEquals(
        400,
        server.post("/api/v1/events?wait=forever", "{\"event\":\"a\",\"user\":\"u\"}").status());
  }

  @Test
  void post_tooLarge_is413DeclaredOrNot() {
    byte[] large = new byte[Body.MOST + 1];
    var declared =
        server.send("POST", "/api/v1/events", TestServer.WRITE, BodyPublishers.ofByteArray(large));
    assertEquals(413, declared.status());
    assertEquals("body_too_large", declared.json().get("reason").asText());
    assertEquals(413, compressed(Gzip.tight(large), "gzip"));
  }

  @Test
  void get_wrongParameters_are400NamingThem() {
    wrong("/api/v1/events/count?last=7x", "last");
    wrong("/api/v1/events/count?last=1h&from=0", "last");
    wrong("/api/v1/events/count?from=yesterday", "from");
    wrong("/api/v1/events/count?from=2026-11-22T10:00:00Z&to=2026-11-22T09:00:00Z", "from");
    wrong("/api/v1/events/count?to=5", "from");
    wrong("/api/v1/events/count?step=2m", "step");
    wrong("/api/v1/events/count?tz=Mars/Base", "tz");
    wrong("/api/v1/events/count?last=1h&last=2h", "last");
    wrong("/api/v1/events/count?by=plan", "event");
    wrong("/api/v1/events/top?event=a", "property");
    wrong("/api/v1/events/top?event=a&property=b&limit=0", "limit");
    wrong("/api/v1/events/recent?limit=many", "limit");
    assertEquals(400, server.get("/api/v1/events/count?last=0s").status());
    assertEquals(400, server.get("/api/v1/events/count?step=1m&from=0&to=999999999999").status());
  }

  private void wrong(String path, String field) {
    var answer = server.get(path);
    assertEquals(400, answer.status(), path);
    assertEquals(field, answer.json().get("field").asText(), answer.text());
  }

  @Test
  void get_range_takesEpochMillisAndIso() {
    server.track("{\"event\":\"old\",\"user\":\"u\",\"time\":1700000000000}");
    String iso = "/api/v1/events/count?event=old&from=2023-11-14T22:00:00Z&to=2023-11-14T23:00:00Z";
    assertEquals(1, server.get(iso).json().get("total").asLong());
    String millis = "/api/v1/events/count?event=old&from=1699999200000&to=1700002800000";
    assertEquals(1, server.get(millis).json().get("total").asLong());
  }

  @Test
  void names_withHostileText_makeTheRoundTrip() {
    String name = "<script>alert(1)</script>{}*\\r\\n*1 \\u0001ü😀";
    String posted = "[{\"event\":\"<script>{}*ü😀\",\"user\":\"a/b?c#d\"}]";
    assertEquals(1, server.track(posted).json().get("accepted").asInt());
    assertEquals(
        "<script>{}*ü😀",
        server.get("/api/v1/events").json().get("events").get(0).get("event").asText());
    assertEquals(
        1,
        server
            .get("/api/v1/events/count?event=%3Cscript%3E%7B%7D*%C3%BC%F0%9F%98%80")
            .json()
            .get("total")
            .asLong());
    assertEquals("a/b?c#d", server.get("/api/v1/users/a%2Fb%3Fc%23d").json().get("user").asText());
    int status =
        server.post("/api/v1/events", "{\"event\":\"" + name + "\",\"user\":\"u\"}").status();
    assertTrue(status == 200 || status == 400, "status " + status);
  }

  @Test
  void answers_compress_whenAsked() {
    server.track("{\"event\":\"a\",\"user\":\"u\"}");
    var plain = server.get("/api/v1/events/count?event=a&last=24h&step=1m");
    var zipped =
        server.get("/api/v1/events/count?event=a&last=24h&step=1m", "Accept-Encoding", "gzip");
    assertEquals("", plain.header("content-encoding"));
    assertEquals("gzip", zipped.header("content-encoding"));
    assertTrue(zipped.response().body().length * 4 < plain.response().body().length);
  }

  @Test
  void count_ofANamePastTheBound_comesFromTheLog() {
    for (int from = 0; from < 2_200; from += 1_100) {
      var events = new StringBuilder();
      for (int i = from; i < from + 1_100; i++) {
        events.append(i == from ? "[" : ",").append("{\"event\":\"e");
        events.append(i).append("\",\"user\":\"one\"}");
      }
      assertEquals(200, server.track(events.append("]").toString()).status());
    }
    assertEquals(
        200, server.get("/api/v1/events/count?event=$other&last=1h").json().get("total").asLong());
    for (String name : new String[] {"e5", "e2199"}) {
      JsonNode count = server.get("/api/v1/events/count?event=" + name + "&last=1h").json();
      assertEquals(1, count.get("total").asLong(), name);
      assertTrue(count.get("exact").asBoolean(), name);
    }
    JsonNode never = server.get("/api/v1/events/count?event=never&last=1h").json();
    assertEquals(0, never.get("total").asLong());
    assertTrue(never.get("exact").asBoolean(), "the log was read");
  }
}
