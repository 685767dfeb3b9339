package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.http.TestServer.Answer;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
class FunnelRoutesIT {
  private static final String CHECKOUT =
      "{\"steps\":[{\"event\":\"view\"},{\"event\":\"add\"},{\"event\":\"pay\"}],\"window\":\"1h\"}";

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
  void report_definedAfterTheEvents_countsThemAndThoseThatFollow() {
    shop();
    Answer defined = put("checkout", CHECKOUT);
    assertEquals(201, defined.status(), defined.text());
    assertEquals("checkout", defined.json().get("name").asText());
    assertEquals("view", defined.json().at("/definition/steps/0/event").asText());
    assertEquals("\"" + defined.json().get("revision") + "\"", defined.header("etag"));
    ready("checkout");
    assertSteps("[3,2,1]", report("checkout", ""));
    server.track(events(event("u4", "view", 60), event("u2", "pay", 5)));
    JsonNode report = report("checkout", "?compare=previous&step=1d&by=plan");
    assertSteps("[4,2,2]", report);
    assertTrue(report.get("exact").asBoolean());
    assertEquals(0.5, report.at("/steps/2/fromStart").asDouble());
    assertEquals(1.0, report.at("/steps/2/fromPrevious").asDouble());
    assertEquals(0, report.at("/compare/entered").asLong());
    assertEquals(30, report.get("series").size());
    JsonNode groups = report.get("groups");
    assertEquals(2, groups.size(), groups.toString());
    assertTrue(groups.get(0).get("group").isNull(), groups.toString());
    assertEquals(3, groups.get(0).get("entered").asLong());
    assertEquals("pro", groups.get(1).get("group").asText());
  }

  @Test
  void people_atEachStep_arePaged() {
    shop();
    put("checkout", CHECKOUT);
    ready("checkout");
    assertEquals(List.of("u1", "u2", "u3"), people("step=1"));
    assertEquals(List.of("u1"), people("step=3"));
    assertEquals(List.of("u2"), people("step=3&outcome=dropped"));
    assertEquals(List.of("u3"), people("step=2&outcome=dropped"));
    List<String> found = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = people("checkout", "step=1&limit=1" + next).json();
      page.get("people").forEach(person -> found.add(person.get("user").asText()));
      next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!next.isEmpty());
    assertEquals(List.of("u1", "u2", "u3"), found.stream().sorted().toList());
    JsonNode first = people("checkout", "step=3").json().get("people").get(0);
    assertEquals(3, first.get("reached").asInt());
    assertTrue(
        Instant.parse(first.get("entered").asText())
            .isBefore(Instant.parse(first.get("lastStepAt").asText())));
  }

  @Test
  void preview_ofADefinition_storesNothing() {
    shop();
    Answer preview = post("/api/v1/funnels/preview", CHECKOUT);
    assertEquals(200, preview.status(), preview.text());
    assertSteps("[3,2,1]", preview.json());
    assertEquals(7, preview.json().at("/preview/events").asLong());
    assertEquals(0, server.get("/api/v1/funnels").json().get("funnels").size());
    assertEquals(200, post("/api/v1/funnels/preview?last=1m", CHECKOUT).status());
  }

  @Test
  void redefine_whileAnswering_switchesAndKeepsRevisions() {
    shop();
    Answer first = put("checkout", CHECKOUT);
    ready("checkout");
    String shorter =
        "{\"steps\":[{\"event\":\"view\"},{\"event\":\"pay\"}],\"window\":\"1h\",\"count\":\"entries\"}";
    Answer second = put("checkout", shorter, "If-Match", first.header("etag"));
    assertEquals(200, second.status(), second.text());
    Answer rival = put("checkout", CHECKOUT, "If-Match", first.header("etag"));
    assertProblem(412, "revision", rival);
    ready("checkout");
    assertSteps("[3,1]", report("checkout", ""));
    assertEquals(second.header("etag"), server.get("/api/v1/funnels/checkout").header("etag"));
    assertEquals(second.header("etag"), put("checkout", shorter).header("etag"), "the same again");
    assertProblem(400, "If-Match", put("checkout", shorter, "If-Match", "yes"));
    assertProblem(412, "not to be", put("checkout", shorter, "If-None-Match", "*"));
    assertEquals(201, put("fresh", shorter, "If-None-Match", "*").status());
    assertProblem(400, "If-None-Match", put("fresh", shorter, "If-None-Match", "\"1\""));
  }

  @Test
  void redefine_byManyAtOnce_answersEachWithItsOwnRevision() {
    put("checkout", CHECKOUT);
    for (int round = 0; round < 10; round++) {
      int base = 2 + round * 8;
      List<CompletableFuture<Answer>> rivals =
          IntStream.range(base, base + 8)
              .mapToObj(
                  hours ->
                      CompletableFuture.supplyAsync(
                          () -> put("checkout", steps("a", 2, 60 * hours + 1 + "m", "")), clients))
              .toList();
      for (int i = 0; i < rivals.size(); i++) {
        Answer answer = rivals.get(i).join();
        assertEquals(200, answer.status(), answer.text());
        assertEquals(60 * (base + i) + 1 + "m", answer.json().at("/definition/window").asText());
        assertEquals("\"" + answer.json().get("revision") + "\"", answer.header("etag"));
      }
    }
  }

  @Test
  void delete_alsoWhileFilling_isGoneAtOnce() {
    shop();
    put("checkout", CHECKOUT);
    assertProblem(412, "revision", delete("checkout", "If-Match", "\"99\""));
    assertEquals(200, delete("checkout").status());
    assertProblem(404, "checkout", delete("checkout"));
    assertProblem(404, "checkout", server.get("/api/v1/funnels/checkout"));
    assertProblem(404, "checkout", server.get("/api/v1/funnels/checkout/report"));
    assertProblem(404, "checkout", people("checkout", "step=1"));
    assertEquals(201, put("checkout", CHECKOUT).status());
    ready("checkout");
    assertSteps("[3,2,1]", report("checkout", ""));
  }

  @Test
  void badInput_ofAnyKind_isNamedAndChangesNothing() {
    put("kept", CHECKOUT);
    String step = "{\"event\":\"a\"}";
    assertBad("steps", "{\"steps\":[" + step + "],\"window\":\"1h\"}");
    assertBad("31", steps("a", 31, "1h", ""));
    assertBad("sideways", steps("a", 2, "1h", ",\"order\":\"sideways\""));
    assertBad("0s", steps("a", 2, "0s", ""));
    assertBad("730d", steps("a", 2, "730d", ""));
    assertBad("a{1,99999}", where("{\"p\":{\"matches\":\"(a{1,99999}){1,99999}\"}}"));
    assertBad("(?=", where("{\"p\":{\"matches\":\"(?=a)\"}}"));
    assertBad("near", where("{\"p\":{\"near\":1}}"));
    assertBad("entries", steps("a", 2, "1h", ",\"order\":\"any\",\"count\":\"entries\""));
    assertBad("JSON", "{\"steps\":");
    assertBad("object", "[]");
    assertBad("200", steps("x".repeat(1_024), 2, "1h", ""));
    assertBad("16384", steps("x".repeat(10_240), 2, "1h", ""));
    assertEquals(200, post("/api/v1/funnels/preview", where("{\"never\":{\"gt\":10}}")).status());
    assertProblem(400, "200", put("x".repeat(1_000), CHECKOUT));
    assertTrue(put("x".repeat(10_240), CHECKOUT).status() >= 400);
    ready("kept");
    assertProblem(400, "step", people("kept", "step=4"));
    assertProblem(400, "step", people("kept", "step=1&outcome=dropped"));
    assertProblem(400, "step", people("kept", ""));
    assertProblem(400, "lost", people("kept", "step=1&outcome=lost"));
    assertProblem(400, "cursor", people("kept", "step=1&cursor=x"));
    assertProblem(400, "compare", server.get("/api/v1/funnels/kept/report?compare=next"));
    assertProblem(400, "to", server.get("/api/v1/funnels/kept/report?to=5"));
    assertProblem(403, "key", send("PUT", "new", CHECKOUT, TestServer.READ));
    JsonNode all = server.get("/api/v1/funnels").json().get("funnels");
    assertEquals(1, all.size(), all.toString());
    assertEquals("ready", all.get(0).get("state").asText());
  }

  @Test
  void live_topicOfAFunnel_movesWithEvents() throws Exception {
    put("größe, 1", CHECKOUT);
    ready("gr%C3%B6%C3%9Fe%2C%201");
    var request =
        HttpRequest.newBuilder(server.uri("/api/v1/live?topics=funnel:gr%C3%B6%C3%9Fe%252C%201"))
            .header("Authorization", "Bearer " + TestServer.READ)
            .build();
    var response = server.client().send(request, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      awaitEntered(lines, 0);
      shop();
      awaitEntered(lines, 3);
    }
  }

  private static void awaitEntered(BufferedReader lines, int entered) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains("\"entered\":" + entered + ",\"steps\"")) {
      line = lines.readLine();
    }
    assertTrue(line != null, "the stream ended");
  }

  /** Three people view, two of them add, one of them pays. */
  private void shop() {
    assertEquals(
        200,
        server
            .track(
                events(
                    event("u1", "view", 50),
                    event("u1", "add", 40),
                    event("u1", "pay", 30),
                    event("u2", "view", 55),
                    event("u2", "add", 45),
                    event("u3", "view", 20).replace("}", ",\"properties\":{\"plan\":\"pro\"}}"),
                    event("u3", "other", 10)))
            .status());
  }

  private static String events(String... events) {
    return "[" + String.join(",", events) + "]";
  }

  private static String event(String user, String name, int secondsAgo) {
    return "{\"event\":\"%s\",\"user\":\"%s\",\"time\":\"%s\"}"
        .formatted(name, user, Instant.now().minusSeconds(secondsAgo));
  }

  private static String steps(String event, int count, String window, String more) {
    String step = "{\"event\":\"" + event + "\"}";
    String all = String.join(",", Collections.nCopies(count, step));
    return "{\"steps\":[" + all + "],\"window\":\"" + window + "\"" + more + "}";
  }

  private static String where(String where) {
    return "{\"steps\":[{\"event\":\"a\",\"where\":"
        + where
        + "},{\"event\":\"b\"}],\"window\":\"1h\"}";
  }

  private void assertBad(String named, String definition) {
    assertProblem(400, named, put("new", definition));
    assertProblem(400, named, post("/api/v1/funnels/preview", definition));
  }

  private static void assertProblem(int status, String named, Answer answer) {
    assertEquals(status, answer.status(), answer.text());
    assertEquals("application/problem+json", answer.header("content-type"));
    assertTrue(answer.text().contains(named), answer.text());
    assertTrue(answer.text().length() < 2_000, answer.text());
  }

  private void assertSteps(String users, JsonNode report) {
    List<Long> found = new ArrayList<>();
    report.get("steps").forEach(step -> found.add(step.get("users").asLong()));
    assertEquals(users, found.toString().replace(" ", ""));
    assertEquals(found.get(0), report.get("entered").asLong());
  }

  private JsonNode report(String name, String query) {
    Answer answer = server.get("/api/v1/funnels/" + name + "/report" + query);
    assertEquals(200, answer.status(), answer.text());
    return answer.json();
  }

  private List<String> people(String query) {
    List<String> users = new ArrayList<>();
    people("checkout", query)
        .json()
        .get("people")
        .forEach(person -> users.add(person.get("user").asText()));
    return users.stream().sorted().toList();
  }

  private Answer people(String name, String query) {
    return server.get("/api/v1/funnels/" + name + "/people?" + query);
  }

  /** Waits until the newest revision answers. */
  private void ready(String name) {
    long until = System.nanoTime() + 60_000_000_000L;
    String state = "";
    while (!state.equals("ready")) {
      assertTrue(System.nanoTime() < until, "still " + state);
      state = server.get("/api/v1/funnels/" + name).json().get("state").asText();
    }
  }

  private Answer put(String name, String definition, String... headers) {
    return send("PUT", name, definition, TestServer.ADMIN, headers);
  }

  private Answer delete(String name, String... headers) {
    return send("DELETE", name, "", TestServer.ADMIN, headers);
  }

  private Answer post(String path, String body) {
    return server.send("POST", path, TestServer.READ, BodyPublishers.ofString(body));
  }

  private Answer send(String method, String name, String body, String key, String... headers) {
    String path =
        "/api/v1/funnels/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return server.send(method, path, key, BodyPublishers.ofString(body), headers);
  }
}
