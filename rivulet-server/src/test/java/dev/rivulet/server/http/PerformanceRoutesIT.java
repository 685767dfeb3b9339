package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class PerformanceRoutesIT {
  private static final String RANGE = "from=2026-03-02T10:00:00Z&to=2026-03-02T12:00:00Z";

  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Two nodes, two hours, an endpoint with every hundredth request slow. */
  private void send() {
    List<String> samples = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      samples.add(sample("/users/{id}", "GET", i % 20 == 0 ? "500" : "200", i, "a", "10:05"));
    }
    for (int i = 0; i < 10; i++) {
      samples.add(sample("/pay", "POST", "201", 1_000, "b", "11:30"));
      samples.add(sample("/pay", "POST", "201", 3_000, "b", "11:30"));
    }
    samples.add(sample("/odd", "GET", "teapot", 5, "b", "11:31"));
    post(String.join(",", samples));
  }

  private void post(String samples) {
    var answer = server.post("/api/v1/metrics?wait=folded", "[" + samples + "]");
    assertEquals(200, answer.status(), answer.text());
    assertEquals("[]", answer.json().get("rejected").toString());
  }

  private static String sample(
      String endpoint, String method, String status, double millis, String node, String clock) {
    return ("{\"metric\":\"response_time\",\"value\":%s,\"node\":\"%s\",\"time\":"
            + "\"2026-03-02T%s:00Z\",\"tags\":{\"endpoint\":\"%s\",\"method\":\"%s\","
            + "\"status\":\"%s\"}}")
        .formatted(millis, node, clock, endpoint, method, status);
  }

  private JsonNode ask(String query) {
    var answer = server.get("/api/v1/performance" + query);
    assertEquals(200, answer.status(), answer.text());
    return answer.json();
  }

  @Test
  void performance_tellsEachEndpointAndTheTotal() {
    send();
    JsonNode answer = ask("?" + RANGE);
    JsonNode users = answer.at("/endpoints/0");
    assertEquals("/users/{id}", users.get("endpoint").asText());
    assertEquals("GET", users.get("method").asText());
    assertEquals(100, users.get("requests").asLong());
    assertEquals(50.5, users.get("mean").asDouble());
    assertEquals(5_050, users.get("totalMillis").asDouble());
    assertEquals(1, users.get("min").asDouble());
    assertEquals(100, users.get("max").asDouble());
    assertEquals(50, users.get("p50").asDouble(), 0.5);
    assertEquals(95, users.get("p95").asDouble(), 0.95);
    assertEquals(99, users.get("p999").asDouble(), 0.99);
    assertEquals(0.01, users.get("error").asDouble());
    assertEquals("{\"200\":95,\"500\":5}", users.get("statuses").toString());
    assertEquals("{\"2xx\":95,\"5xx\":5}", users.get("statusClasses").toString());
    assertEquals(0.05, users.get("errorRate").asDouble());
    assertEquals(100 / 7_200.0, users.get("throughput").asDouble());
    assertEquals(1, users.get("apdex").asDouble());
    assertEquals(0, users.get("apdexError").asDouble());
    JsonNode total = answer.get("total");
    assertEquals(121, total.get("requests").asLong());
    assertEquals(3_000, total.get("max").asDouble());
    assertEquals("{\"2xx\":115,\"5xx\":5,\"other\":1}", total.get("statusClasses").toString());
    assertEquals(3, answer.get("endpointCount").asLong());
    assertEquals(0, answer.get("other").asLong());
    assertTrue(answer.at("/endpoints/2/errorRate").isNull(), "no status is known");
    assertFalse(total.has("series"));
    assertFalse(total.has("previous"));
    assertFalse(answer.has("groups"));
  }

  @Test
  void apdex_countsTheToleratedByHalf() {
    send();
    JsonNode pay = ask("?endpoint=/pay&method=POST&apdex=1000&" + RANGE).get("total");
    assertEquals(0.75, pay.get("apdex").asDouble(), pay.get("apdexError").asDouble() + 1e-9);
    pay = ask("?endpoint=/pay&method=POST&apdex=400&" + RANGE).get("total");
    assertEquals(0.25, pay.get("apdex").asDouble(), 1e-9);
  }

  @Test
  void sort_limit_by_compareAndStep() {
    send();
    JsonNode slowest = ask("?sort=p95&limit=1&" + RANGE);
    assertEquals("/pay", slowest.at("/endpoints/0/endpoint").asText());
    assertEquals(1, slowest.get("endpoints").size());
    assertEquals(101, slowest.get("other").asLong());
    assertEquals("/pay", ask("?sort=apdex&" + RANGE).at("/endpoints/0/endpoint").asText());
    assertEquals("/pay", ask("?sort=totalMillis&" + RANGE).at("/endpoints/0/endpoint").asText());
    JsonNode nodes = ask("?by=node&" + RANGE);
    assertEquals("a", nodes.at("/groups/0/group").asText());
    assertEquals(100, nodes.at("/groups/0/requests").asLong());
    assertEquals("b", nodes.at("/groups/1/group").asText());
    assertEquals(2, nodes.get("groupCount").asLong());
    assertEquals(4, ask("?by=status&" + RANGE).get("groups").size());
    JsonNode compared = ask("?compare=previous&from=2026-03-02T11:00:00Z&to=2026-03-02T12:00:00Z");
    assertEquals(100, compared.at("/total/previous/requests").asLong());
    assertEquals("2026-03-02T10:00:00Z", compared.get("previousFrom").asText());
    JsonNode gone = compared.get("endpoints").get(2);
    assertEquals("/users/{id}", gone.get("endpoint").asText());
    assertEquals(0, gone.get("requests").asLong());
    assertTrue(gone.get("p99").isNull());
    assertEquals(100, gone.at("/previous/requests").asLong());
    JsonNode series = ask("?step=1h&" + RANGE);
    assertEquals("1h", series.get("step").asText());
    assertEquals(2, series.at("/total/series").size());
    assertEquals(100, series.at("/total/series/0/requests").asLong());
    assertEquals(21, series.at("/total/series/1/requests").asLong());
    assertEquals(0, series.at("/endpoints/0/series/1/requests").asLong());
    assertTrue(series.at("/endpoints/0/series/1/p95").isNull());
  }

  @Test
  void endpointWithoutData_isNoDataNeverZero() {
    send();
    for (String query : List.of("?endpoint=/never&", "?endpoint=/pay&method=GET&")) {
      JsonNode answer = ask(query + RANGE);
      assertEquals("[]", answer.get("endpoints").toString());
      answer
          .get("total")
          .fields()
          .forEachRemaining(
              field -> {
                boolean isCount = field.getKey().equals("requests");
                assertTrue(isCount || field.getValue().isNull(), field.toString());
              });
      assertEquals(0, answer.at("/total/requests").asLong(-1));
      assertFalse(answer.toString().contains("NaN"), answer.toString());
    }
  }

  @Test
  void heatmap_countsByTimeAndDuration() {
    send();
    JsonNode answer =
        server.get("/api/v1/performance/heatmap?endpoint=/pay&step=1h&" + RANGE).json();
    assertEquals(2, answer.get("times").size());
    assertTrue(answer.at("/counts/0").isNull(), "no data");
    long sum = 0;
    for (JsonNode count : answer.at("/counts/1")) {
      sum += count.asLong();
    }
    assertEquals(20, sum);
    assertEquals(20, answer.get("requests").asLong());
    assertEquals(answer.get("bounds").size() - 1, answer.at("/counts/1").size());
    assertTrue(answer.at("/bounds/0").asDouble() <= 1_000);
    assertEquals(0.01, answer.get("error").asDouble());
    JsonNode empty = server.get("/api/v1/performance/heatmap?endpoint=/never&" + RANGE).json();
    assertEquals("[]", empty.get("bounds").toString());
    assertTrue(empty.get("error").isNull());
  }

  @Test
  void names_fromOutside_areData() {
    String odd = "/a%2Fb?x=1&y={}\\\"<b>";
    post(sample(odd, "GET", "200", 7, "n", "10:00"));
    String unescaped = "/a%2Fb?x=1&y={}\"<b>";
    String encoded = URLEncoder.encode(unescaped, StandardCharsets.UTF_8);
    JsonNode answer = ask("?endpoint=" + encoded + "&" + RANGE);
    assertEquals(unescaped, answer.at("/endpoints/0/endpoint").asText());
    assertEquals(7, answer.at("/total/max").asDouble());
    assertEquals(0, answer.at("/total/error").asDouble(-1));
  }

  @Test
  void wrongParameters_are400NamingThem() {
    wrong("?sort=slowest", "sort", "requests, totalMillis");
    wrong("?by=endpoint", "by", "node, status");
    wrong("?compare=yesterday", "compare", "previous");
    for (String apdex : List.of("0", "-1", "NaN", "Infinity", "fast", "86400001")) {
      wrong("?apdex=" + apdex, "apdex", "'" + apdex + "' is not a number of milliseconds");
    }
    wrong("?limit=0", "limit", "'0'");
    wrong("?limit=1001", "limit", "1000");
    wrong("?step=5m", "step", "1m, 15m");
    wrong("?last=7x", "last", "7x");
    wrong("?tz=Mars/Base", "tz", "Mars/Base");
    wrong("?endpoint=" + "x".repeat(201), "endpoint", "201 characters");
    wrong("?method=" + "x".repeat(201), "method", "201 characters");
    wrong("/heatmap?step=5m", "step", "1m, 15m");
    wrong("?step=15m&last=300d", null, "buckets");
    wrong("/heatmap?step=15m&last=60d", null, "columns");
  }

  private void wrong(String question, String field, String detail) {
    var answer = server.get("/api/v1/performance" + question);
    assertEquals(400, answer.status(), question + " " + answer.text());
    assertEquals(field == null ? "" : field, answer.json().path("field").asText(), answer.text());
    assertTrue(answer.json().get("detail").asText().contains(detail), answer.text());
  }
}
