package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.http.TestServer.Answer;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys of single boards, and keys that are taken back, on the real server. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(180)
class KeyRoutesIT {
  private static final String KEYS = "/api/v1/projects/default/keys";
  private static final String COUNT = "/api/v1/events/count?event=order";
  private static final String TOP = "/api/v1/events/top?event=order&property=country&limit=5";

  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
    server.track("{\"event\":\"order\",\"user\":\"secret-person\"}");
    put(
        "shop",
        tile("a", "number", COUNT, 1),
        tile("b", "bars", TOP, 2),
        tile("c", "percentiles", "/api/v1/metrics/load", 3),
        tile("d", "number", "/api/v1/events/count?event=pinned&last=1h", 4),
        tile("e", "line", "/api/v1/events/uniques?event=order&last=1h&step=1m", 5),
        tile("f", "line", "/api/v1/performance", 6),
        tile("g", "number", "/api/v1/overview", 7),
        tile("h", "number", "/api/v1/funnels/gr%C3%B6%C3%9Fe%2F1/report", 8),
        tile("i", "number", "/api/v1/status", 9));
    put("other", tile("a", "number", "/api/v1/events/count?event=hidden", 1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void boardKey_readsTheBoardAndWhatItsTilesAsk() {
    String key = boardKey("shop");
    assertTrue(key.startsWith("rvb_"), "the page tells it by its beginning");
    JsonNode own = get("/api/v1/key", key).json();
    assertEquals("{\"project\":\"default\",\"role\":\"read\",\"board\":\"shop\"}", own.toString());
    String pinned = "/api/v1/events/count?event=pinned&";
    long now = System.currentTimeMillis();
    for (String path :
        List.of(
            "/api/v1/boards/shop",
            "/api/v1/boards/sho%70",
            "/api/v1/boards/shop?project=default",
            COUNT,
            COUNT + "&last=7d&step=1h",
            COUNT + "&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&step=15m",
            COUNT + "&last=24h&project=default&tz=Europe/Berlin",
            "/api/v1/events/count?last=1h&%65vent=orde%72&by=",
            TOP + "&last=24h",
            "/api/v1/metrics/load?stat=p50&last=1h&step=1m",
            "/api/v1/metrics/load?stat=p99&last=1h&step=1m",
            pinned + "last=1h&step=1m",
            pinned + "from=" + (now - 7_200_000) + "&to=" + (now - 3_600_000),
            "/api/v1/events/uniques?event=order&last=1h&step=1m",
            "/api/v1/performance?limit=1&last=24h&step=15m",
            "/api/v1/overview",
            "/api/v1/status",
            "/api/v1/funnels/gr%c3%b6%C3%9Fe%2f1/report?last=7d&step=1d")) {
      int status = get(path, key).status();
      assertTrue(status == 200 || status == 404 && !path.contains("/events"), path + " " + status);
      assertTrue(
          get(path + (path.contains("?") ? "&" : "?") + "key=" + key, "").status() == status);
    }
    assertEquals(1, get(COUNT, key).json().get("total").asLong());
  }

  @Test
  void boardKey_readsNothingElse() {
    String key = boardKey("shop");
    String pinned = "/api/v1/events/count?event=pinned&";
    for (String path :
        List.of(
            "/api/v1/boards",
            "/api/v1/boards/other",
            "/api/v1/boards/shop%2F",
            "/api/v1/boards/Shop",
            "/api/v1/events",
            "/api/v1/events/recent",
            "/api/v1/events/count",
            "/api/v1/events/count?event=hidden",
            "/api/v1/events/count?event=order%20",
            COUNT + "&by=country",
            COUNT + "&where=%7B%22a%22%3A1%7D",
            COUNT + "&user=secret-person",
            COUNT + "&Event=hidden",
            COUNT + "&project=shop",
            COUNT + "&project=nowhere",
            "/api/v1/events/uniques?event=order&last=7d&step=1m",
            "/api/v1/events/uniques?event=order&last=1h&step=1h",
            "/api/v1/events/uniques?event=order&from=0",
            pinned + "last=365d",
            pinned + "from=0&to=1",
            TOP.replace("limit=5", "limit=500"),
            TOP.replace("&limit=5", ""),
            TOP.replace("country", "email"),
            "/api/v1/metrics/load?stat=max",
            "/api/v1/metrics/load2?stat=p50",
            "/api/v1/metrics",
            "/api/v1/performance?limit=2",
            "/api/v1/performance?limit=1&endpoint=/a",
            "/api/v1/funnels/gr%C3%B6%C3%9Fe/report",
            "/api/v1/users",
            "/api/v1/users/secret-person",
            "/api/v1/online",
            "/api/v1/sessions",
            "/api/v1/projects/default",
            KEYS,
            "/api/v1/live?topics=overview",
            "/api/v1/live?topics=freshness,recent",
            "/api/v1/live?topics=freshness%2Crecent",
            "/api/v1/live?topics=event:order",
            "/api/v1/live?topics=status")) {
      for (String method : List.of("GET", "HEAD")) {
        Answer answer = send(method, path, key, "");
        assertEquals(403, answer.status(), method + " " + path + " " + answer.text());
        if (method.equals("GET")) {
          String detail = answer.json().get("detail").asText();
          assertTrue(detail.contains("only the board 'shop'"), detail);
        }
      }
    }
    assertEquals(400, get(COUNT + "&event=hidden", key).status(), "given twice");
    assertEquals(400, get(COUNT + "&%65vent=hidden", key).status(), "given twice");
    for (String[] change :
        new String[][] {
          {"PUT", "/api/v1/boards/shop", "{\"title\":\"x\",\"tiles\":[]}"},
          {"DELETE", "/api/v1/boards/shop", ""},
          {"POST", KEYS, "{}"},
          {"DELETE", KEYS + "/settings-read", ""},
          {"POST", "/api/v1/events", "{\"event\":\"a\",\"user\":\"u\"}"},
          {"POST", "/v1/track", "{\"event\":\"a\",\"userId\":\"u\"}"},
          {"DELETE", "/api/v1/users/secret-person", ""}
        }) {
      assertEquals(403, send(change[0], change[1], key, change[2]).status(), change[1]);
    }
    String overview = get("/api/v1/overview", key).text();
    assertFalse(overview.contains("secret-person"), overview);
    assertTrue(server.get("/api/v1/overview").text().contains("secret-person"));
    JsonNode status = get("/api/v1/status", key).json();
    assertEquals(1, status.get("appended").asLong());
    assertFalse(status.has("nodes") || status.has("refusals") || status.has("redis"));
  }

  @Test
  void boardKey_followsTheBoardAsItIsSaved() {
    String key = boardKey("shop");
    assertEquals(200, get(COUNT, key).status());
    assertEquals(403, get("/api/v1/online", key).status());
    put("shop", tile("n", "number", "/api/v1/online", 1));
    assertEquals(200, get("/api/v1/online", key).status(), "what was added opens at once");
    awaitStatus(403, COUNT, key);
    assertEquals(200, send("DELETE", "/api/v1/boards/shop", TestServer.ADMIN, "").status());
    awaitStatus(401, "/api/v1/online", key);
    assertEquals(401, get("/api/v1/boards/shop", key).status());
    put("shop", tile("n", "number", "/api/v1/online", 1));
    assertEquals(401, get("/api/v1/boards/shop", key).status(), "another board of that name");
  }

  @Test
  void boardKey_forWhatIsNotThere_isRefused() {
    assertEquals(404, issue("{\"board\":\"nowhere\"}").status());
    assertEquals("board", issue("{\"board\":7}").json().get("field").asText());
    assertEquals("board", issue("{\"board\":\" \"}").json().get("field").asText());
    assertEquals(
        "role", issue("{\"board\":\"shop\",\"role\":\"admin\"}").json().get("field").asText());
    assertEquals(400, issue("{\"board\":\"shop\",\"label\":\"a\\nb\"}").status());
    assertEquals(400, issue("{\"board\":\"shop\",\"label\":\"" + "x".repeat(101) + "\"}").status());
    assertEquals(403, send("POST", KEYS, TestServer.READ, "{\"board\":\"shop\"}").status());
    assertEquals(
        201, issue("{\"board\":\"shop\",\"role\":\"read\",\"label\":\"größe 1\"}").status());
  }

  @Test
  void keys_areListedWithoutTheSecretAndTakenBack(RealRedis redis) throws IOException {
    Answer made = issue("{\"board\":\"shop\",\"label\":\"For größe & co\"}");
    String key = made.json().get("key").asText();
    String id = made.json().get("id").asText();
    String read = issue("{\"role\":\"read\"}").json().get("key").asText();
    Answer listed = get(KEYS, TestServer.ADMIN);
    assertEquals(200, listed.status(), listed.text());
    assertFalse(listed.text().contains(key) || listed.text().contains(read), listed.text());
    var ids = new ArrayList<String>();
    JsonNode shown = null;
    for (JsonNode each : listed.json().get("keys")) {
      ids.add(each.get("id").asText());
      shown = each.get("id").asText().equals(id) ? each : shown;
    }
    assertEquals(List.of("settings-write", "settings-read", "settings-admin"), ids.subList(0, 3));
    assertEquals("shop", shown.get("board").asText());
    assertEquals("For größe & co", shown.get("label").asText());
    assertTrue(shown.get("createdAt").asText().endsWith("Z"));
    assertTrue(shown.get("revocable").asBoolean());
    assertEquals(403, get(KEYS, TestServer.READ).status());
    assertEquals(403, send("DELETE", KEYS + "/" + id, TestServer.READ, "").status());
    assertEquals(403, send("DELETE", KEYS + "/" + id, key, "").status());

    try (var second = TestServer.start(redis)) {
      for (String good : List.of(key, read)) {
        assertEquals(
            200, second.send("GET", COUNT, good, BodyPublishers.noBody()).status(), "on both");
      }
      try (var here = stream(server, key);
          var there = stream(second, key)) {
        assertEquals(200, get(COUNT, key).status());
        Answer revoked = send("DELETE", KEYS + "/" + id, TestServer.ADMIN, "");
        assertEquals(200, revoked.status(), revoked.text());
        assertEquals(401, get(COUNT, key).status(), "at once where it was taken back");
        second.awaitAnswer(COUNT, key, answer -> answer.status() == 401);
        assertEquals(401, second.send("GET", COUNT, key, BodyPublishers.noBody()).status());
        drain(here); // The test's time limit says whether they end.
        drain(there);
      }
      assertEquals(200, second.send("GET", COUNT, read, BodyPublishers.noBody()).status());
    }
    assertEquals(404, send("DELETE", KEYS + "/" + id, TestServer.ADMIN, "").status());
    assertEquals(409, send("DELETE", KEYS + "/settings-read", TestServer.ADMIN, "").status());
    assertEquals(200, get(COUNT, TestServer.READ).status());
  }

  @Test
  void keys_ofAnotherProject_areOutOfReach() {
    send("PUT", "/api/v1/projects/shop", TestServer.ADMIN, "{}");
    Answer made =
        send("POST", "/api/v1/projects/shop/keys", TestServer.ADMIN, "{\"role\":\"admin\"}");
    String admin = made.json().get("key").asText();
    String id = made.json().get("id").asText();
    assertEquals(403, get(KEYS, admin).status());
    String ours = issue("{\"role\":\"read\"}").json().get("id").asText();
    assertEquals(403, send("DELETE", KEYS + "/" + ours, admin, "").status());
    String crossed = "/api/v1/projects/shop/keys/" + ours;
    assertEquals(404, send("DELETE", crossed, admin, "").status());
    assertEquals(
        404,
        send("POST", "/api/v1/projects/shop/keys", admin, "{\"board\":\"shop\"}").status(),
        "the board is the default project's");
    String own = "/api/v1/projects/shop/keys/" + id;
    assertEquals(409, send("DELETE", own, admin, "").status(), "the one that is used");
    assertEquals(200, send("DELETE", own, TestServer.ADMIN, "").status());
    assertEquals(401, get("/api/v1/events", admin).status());
  }

  @Test
  void keys_moreThanAProjectMayHave_areRefused() {
    send("PUT", "/api/v1/projects/full", TestServer.ADMIN, "{}");
    String path = "/api/v1/projects/full/keys";
    Answer last = null;
    for (int i = 0; i < 200; i++) {
      last = send("POST", path, TestServer.ADMIN, "{\"role\":\"read\"}");
      assertEquals(201, last.status(), last.text());
    }
    Answer refused = send("POST", path, TestServer.ADMIN, "{\"role\":\"read\"}");
    assertEquals(409, refused.status());
    assertTrue(refused.text().contains("200 keys"), refused.text());
    String id = last.json().get("id").asText();
    assertEquals(200, send("DELETE", path + "/" + id, TestServer.ADMIN, "").status());
    assertEquals(201, send("POST", path, TestServer.ADMIN, "{\"role\":\"read\"}").status());
  }

  private static BufferedReader stream(TestServer at, String key) throws IOException {
    var request =
        HttpRequest.newBuilder(at.uri("/api/v1/live?topics=freshness"))
            .header("Authorization", "Bearer " + key)
            .build();
    try {
      var response = at.client().send(request, BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (!line.startsWith("data: ")) {
        line = lines.readLine();
      }
      assertTrue(line.contains("lagMillis") && !line.contains("secret-person"), line);
      return lines;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void drain(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (line != null) {
      line = lines.readLine();
    }
  }

  private void awaitStatus(int status, String path, String key) {
    server.awaitAnswer(path, key, answer -> answer.status() == status);
    assertEquals(status, get(path, key).status(), path);
  }

  private String boardKey(String board) {
    return issue("{\"board\":\"" + board + "\"}").json().get("key").asText();
  }

  private Answer issue(String body) {
    return send("POST", KEYS, TestServer.ADMIN, body);
  }

  private Answer get(String path, String key) {
    return send("GET", path, key, "");
  }

  private Answer send(String method, String path, String key, String body) {
    return server.send(method, path, key, BodyPublishers.ofString(body));
  }

  private void put(String name, String... tiles) {
    String board = "{\"title\":\"A board\",\"tiles\":[" + String.join(",", tiles) + "]}";
    Answer answer = send("PUT", "/api/v1/boards/" + name, TestServer.ADMIN, board);
    assertEquals(2, answer.status() / 100, answer.text());
  }

  private static String tile(String id, String kind, String query, int row) {
    return """
        {"id":"%s","kind":"%s","query":"%s",
         "place":{"column":1,"row":%d,"width":2,"height":1}}"""
        .formatted(id, kind, query, row);
  }
}
