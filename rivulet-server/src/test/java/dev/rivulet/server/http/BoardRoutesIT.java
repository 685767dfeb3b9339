package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.server.http.TestServer.Answer;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class BoardRoutesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLACE = "{'column':1,'row':1,'width':3,'height':2}";
  private static final String ORDERS =
      "{'id':'orders','title':'Orders','kind':'number','query':"
          + "'/api/v1/events/count?event=order','options':{'unit':'orders','better':'higher',"
          + "'thresholds':[{'from':0,'level':'bad'},{'from':10.5,'level':'good'}]},'place':"
          + PLACE
          + "}";

  private final ExecutorService clients = Executors.newFixedThreadPool(8);
  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
    clients.shutdownNow();
  }

  @Test
  void put_aBoard_isReadAsItWasWritten() throws IOException {
    String board = board(ORDERS, text("b", 4)).replace("{\"title\"", "{\"last\":\"7d\",\"title\"");
    Answer made = put("größe, 1", board);
    assertEquals(201, made.status(), made.text());
    Answer read = get("größe, 1");
    assertEquals(200, read.status(), read.text());
    assertEquals(made.text(), read.text());
    assertEquals("größe, 1", read.json().get("board").asText());
    assertEquals("7d", read.json().get("last").asText());
    assertEquals(JSON.readTree(board).get("tiles").get(0).get("options").size(), 3);
    assertEquals(
        "{\"from\":10.5,\"level\":\"good\"}",
        read.json().at("/tiles/0/options/thresholds/1").toString());
    assertEquals(JSON.readTree(board).at("/tiles/1"), read.json().at("/tiles/1"));
    Instant.parse(read.json().get("updatedAt").asText());
    assertEquals("\"" + read.json().get("revision") + "\"", read.header("etag"));

    JsonNode listed = server.get("/api/v1/boards").json().get("boards");
    assertEquals(1, listed.size());
    assertEquals("größe, 1", listed.get(0).get("board").asText());
    assertEquals("Shop", listed.get(0).get("title").asText());
    assertEquals(2, listed.get(0).get("tiles").asInt());
    assertEquals(read.json().get("revision"), listed.get(0).get("revision"));
    assertEquals(read.json().get("updatedAt"), listed.get(0).get("updatedAt"));
  }

  @Test
  void put_withWhatItSaw_isRefusedOnceOthersChangedIt() {
    Answer first = put("shop", board(ORDERS));
    assertEquals(304, get("shop", "If-None-Match", first.header("etag")).status());
    Answer second = put("shop", board(), "If-Match", first.header("etag"));
    assertEquals(200, second.status(), second.text());
    assertEquals(200, get("shop", "If-None-Match", first.header("etag")).status());
    assertProblem(412, "revision", put("shop", board(ORDERS), "If-Match", first.header("etag")));
    assertEquals(0, get("shop").json().get("tiles").size());
    assertEquals(second.header("etag"), put("shop", board()).header("etag"), "the same again");
    assertProblem(412, "not to be there", put("shop", board(), "If-None-Match", "*"));
    assertEquals(201, put("new", board(), "If-None-Match", "*").status());
    assertProblem(400, "If-Match", put("shop", board(), "If-Match", "yes"));
    assertProblem(400, "If-None-Match", put("shop", board(), "If-None-Match", "\"3\""));
    assertProblem(412, "no such board", put("gone", board(), "If-Match", "\"1\""));
  }

  @Test
  void put_byManyAtOnce_onlyOneOfThoseWhoSawTheSameWins() {
    String seen = put("shop", board()).header("etag");
    for (int round = 0; round < 10; round++) {
      String etag = seen;
      int base = 10 * round;
      List<Answer> answers =
          IntStream.range(base, base + 8)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> put("shop", board(text("t" + i, 1)), "If-Match", etag), clients))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      List<Answer> won = answers.stream().filter(answer -> answer.status() == 200).toList();
      assertEquals(1, won.size(), "round " + round);
      assertEquals(7, answers.stream().filter(answer -> answer.status() == 412).count());
      assertEquals(won.get(0).text(), get("shop").text());
      seen = won.get(0).header("etag");
    }
  }

  @Test
  void put_ofDifferentBoardsAtOnce_keepsThemAll() {
    List<CompletableFuture<Answer>> puts =
        IntStream.range(0, 40)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> put("b" + i, board(ORDERS)), clients))
            .toList();
    puts.forEach(put -> assertEquals(201, put.join().status(), put.join().text()));
    JsonNode listed = server.get("/api/v1/boards").json().get("boards");
    assertEquals(40, listed.size());
    assertEquals(40, listed.findValuesAsText("revision").stream().distinct().count());
  }

  @Test
  void delete_isForGood_andRevisionsAreNotUsedAgain() {
    Answer made = put("shop", board(ORDERS));
    assertProblem(412, "revision", delete("shop", "If-Match", "\"99\""));
    assertEquals(200, delete("shop", "If-Match", made.header("etag")).status());
    assertProblem(404, "shop", get("shop"));
    assertProblem(404, "shop", delete("shop"));
    assertEquals(0, server.get("/api/v1/boards").json().get("boards").size());
    Answer again = put("shop", board(ORDERS));
    assertEquals(201, again.status());
    assertTrue(again.json().get("revision").asInt() > made.json().get("revision").asInt());
  }

  @Test
  void badInput_ofAnyKind_isNamedAndChangesNothing() {
    Answer kept = put("kept", board(ORDERS));
    assertBad("JSON", "", "{'title':");
    assertBad("object", "", "[]");
    assertBad("title", "title", "{'tiles':[]}");
    assertBad("101", "title", board().replace("Shop", "x".repeat(101)));
    assertBad("colour", "colour", "{'title':'a','tiles':[],'colour':1}");
    assertBad("list", "tiles", "{'title':'a','tiles':{}}");
    assertBad("fortnight", "last", "{'title':'a','last':'fortnight','tiles':[]}");
    assertBad("0s", "last", "{'title':'a','last':'0s','tiles':[]}");
    assertBad("object", "tiles[0]", board("1"));
    assertBad("no id", "tiles[0].id", board("{}"));
    assertBad("a b", "tiles[0].id", board(text("a b", 1)));
    assertBad("tiles[0]", "tiles[1].id", board(text("a", 1), text("a", 4)));
    assertBad("'a'", "tiles[1].place", board(text("a", 1), text("b", 2)));
    assertBad("pie", "tiles[0].kind", board(ORDERS.replace("number", "pie")));
    assertBad("tile 'orders'", "tiles[0].options.colour", board(ORDERS.replace("unit", "colour")));
    assertBad(
        "number", "tiles[0].options.thresholds[0].from", board(ORDERS.replace(":0,", ":'0',")));
    assertBad("above", "tiles[0].options.thresholds[1].from", board(ORDERS.replace("10.5", "-1")));
    assertBad(
        "awful", "tiles[0].options.thresholds[0].level", board(ORDERS.replace("bad", "awful")));
    assertBad("more", "tiles[0].options.better", board(ORDERS.replace("higher", "more")));
    assertBad(
        "13", "tiles[0].place.width", board(placed("{'column':1,'row':1,'width':13,'height':2}")));
    assertBad(
        "beyond",
        "tiles[0].place.width",
        board(placed("{'column':11,'row':1,'width':3,'height':2}")));
    assertBad(
        "1.5", "tiles[0].place.row", board(placed("{'column':1,'row':1.5,'width':3,'height':2}")));
    assertBad(
        "1.0E300",
        "tiles[0].place.row",
        board(placed("{'column':1,'row':1e300,'width':3,'height':2}")));
    assertBad(
        "no height", "tiles[0].place.height", board(placed("{'column':1,'row':1,'width':3}")));
    assertBad(
        "no words", "tiles[0].options.text", board(text("a", 1).replace("'text':'Hello'", "")));
    assertBad(
        "41", "tiles", board(IntStream.range(0, 41).mapToObj(i -> "{}").toArray(String[]::new)));
    String long64 = "x".repeat(4_000);
    String[] heavy =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    text("t" + i, 1)
                        .replace("Hello", long64)
                        .replace("'row':1", "'row':" + (1 + 2 * i)))
            .toArray(String[]::new);
    assertBad("65536", "", board(heavy));
    assertProblem(400, "100", put("x".repeat(101), board()));
    assertProblem(400, "control", put("a\u0001b", board()));
    assertProblem(403, "key", send("PUT", "kept", board(), TestServer.READ));
    assertProblem(403, "key", send("DELETE", "kept", "", TestServer.READ));
    assertProblem(403, "key", send("GET", "kept", "", TestServer.WRITE));
    assertEquals(kept.text(), get("kept").text());
    assertEquals(1, server.get("/api/v1/boards").json().get("boards").size());
  }

  @Test
  void query_thatIsNoCallOfNumbers_isRefused() {
    for (String query :
        List.of(
            "https://example.com/api/v1/online",
            "//example.com/api/v1/online",
            "/api/v1/../v1/online",
            "/api/v1/online#x",
            "/api/v1/events/count?event=a b",
            "/api/v1/nothing",
            "/api/v1/users/u1",
            "/api/v1/events/recent",
            "/api/v1/funnels/checkout/people?step=1",
            "/api/v1/projects/default",
            "/api/v1/live?topics=overview",
            "/api/v1/boards",
            "/api/v1/online?key=secret",
            "/api/v1/online?project=other",
            "/api/v1/online?a=1&a=2",
            "/api/v1/online?a=%zz",
            "/metrics",
            "")) {
      assertBad("", "tiles[0].query", board(asking(query)));
    }
    assertTrue(put("n", board(asking("/api/v1/nothing"))).text().contains("/api/v1/events/count"));
    for (String query :
        List.of(
            "/api/v1/online",
            "/api/v1/funnels/a%2Fb%20c/report?last=7d",
            "/api/v1/events/count?event=a%20b&where=%7B%22plan%22%3A%22pro%22%7D&step=1h",
            "/api/v1/status")) {
      Answer answer = put("asks", board(asking(query)));
      assertTrue(answer.status() < 300, answer.text());
      assertEquals(query, answer.json().at("/tiles/0/query").asText());
    }
  }

  @Test
  void boards_pastTheBound_areRefusedAndTheOthersStay() {
    for (int i = 0; i < 100; i++) {
      assertEquals(201, put("b" + i, board()).status());
    }
    assertProblem(400, "100", put("one more", board()));
    assertEquals(200, put("b7", board(ORDERS)).status());
    assertEquals(100, server.get("/api/v1/boards").json().get("boards").size());
  }

  private void assertBad(String named, String field, String board) {
    Answer answer = put("new", board);
    assertProblem(400, named, answer);
    assertEquals(field, answer.json().path("field").asText(), answer.text());
  }

  private static void assertProblem(int status, String named, Answer answer) {
    assertEquals(status, answer.status(), answer.text());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertTrue(answer.text().contains(named), answer.text());
    assertTrue(answer.text().length() < 2_000, answer.text());
  }

  private static String asking(String query) {
    return ORDERS.replace("/api/v1/events/count?event=order", query);
  }

  private static String placed(String place) {
    return ORDERS.replace(PLACE, place);
  }

  private static String text(String id, int column) {
    return "{'id':'%s','title':'','kind':'text','options':{'text':'Hello'},'place':%s}"
        .formatted(id, PLACE.replace("'column':1", "'column':" + column));
  }

  private static String board(String... tiles) {
    var all = new ArrayList<>(List.of(tiles));
    return ("{'title':'Shop','tiles':[" + String.join(",", all) + "]}").replace('\'', '"');
  }

  private Answer get(String name, String... headers) {
    return send("GET", name, "", TestServer.READ, headers);
  }

  private Answer put(String name, String board, String... headers) {
    return send("PUT", name, board.replace('\'', '"'), TestServer.ADMIN, headers);
  }

  private Answer delete(String name, String... headers) {
    return send("DELETE", name, "", TestServer.ADMIN, headers);
  }

  private Answer send(String method, String name, String body, String key, String... headers) {
    String path =
        "/api/v1/boards/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return server.send(method, path, key, BodyPublishers.ofString(body), headers);
  }
}
