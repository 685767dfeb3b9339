package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class MetricsRoutesIT {
  private static final String RANGE = "from=2026-03-02T10:00:00Z&to=2026-03-02T10:30:00Z&step=15m";

  private TestServer server;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode send(String samples) {
    var answer = server.post("/api/v1/metrics?wait=folded", samples);
    assertEquals(200, answer.status(), answer.text());
    return answer.json();
  }

  private static String sample(String metric, String value, String time, String rest) {
    return "{\"metric\":\"%s\",\"value\":%s,\"time\":\"%s\"%s}"
        .formatted(metric, value, time, rest);
  }

  private void sendLatencies() {
    String pay = ",\"tags\":{\"endpoint\":\"/pay\"},\"node\":\"a\"";
    String home = ",\"tags\":{\"endpoint\":\"/\"},\"node\":\"b\"";
    send(
        "["
            + sample("latency", "10", "2026-03-02T10:01:00Z", pay)
            + ","
            + sample("latency", "30", "2026-03-02T10:02:00Z", pay)
            + ","
            + sample("latency", "50", "2026-03-02T10:02:00Z", home)
            + "]");
  }

  @Test
  void history_byTag_tellsEachGroupAndBucket() {
    sendLatencies();
    JsonNode answer = server.get("/api/v1/metrics/latency?stat=mean&by=endpoint&" + RANGE).json();
    assertEquals(30, answer.get("value").asDouble());
    assertEquals(
        "[{\"time\":\"2026-03-02T10:00:00Z\",\"value\":30.0},"
            + "{\"time\":\"2026-03-02T10:15:00Z\",\"value\":null}]",
        answer.get("series").toString());
    assertEquals("/pay", answer.get("groups").get(0).get("group").asText());
    assertEquals(20, answer.get("groups").get(0).get("value").asDouble());
    assertTrue(answer.get("exact").asBoolean());
    assertFalse(answer.has("error"));
    JsonNode rate = server.get("/api/v1/metrics/latency?stat=rate&" + RANGE).json();
    assertEquals(90 / 1800.0, rate.get("value").asDouble());
    JsonNode p99 = server.get("/api/v1/metrics/latency?stat=p99&" + RANGE).json();
    assertEquals(0.01, p99.get("error").asDouble());
    assertFalse(p99.has("exact"));
  }

  @Test
  void history_withTags_countsOnlyThose() {
    sendLatencies();
    JsonNode pay =
        server.get("/api/v1/metrics/latency?stat=sum&tag.endpoint=%2Fpay&" + RANGE).json();
    assertEquals(40, pay.get("value").asDouble());
    JsonNode none =
        server.get("/api/v1/metrics/latency?stat=count&tag.endpoint=none&" + RANGE).json();
    assertTrue(none.get("value").isNull());
    JsonNode both =
        server.get("/api/v1/metrics/latency?stat=count&tag.endpoint=%2F&tag.x=y&" + RANGE).json();
    assertTrue(both.get("value").isNull());
  }

  @Test
  void current_ofNodes_sumsTheLiveOnes() {
    send(
        "[{\"metric\":\"depth\",\"value\":3,\"node\":\"a\",\"kind\":\"gauge\"},"
            + "{\"metric\":\"depth\",\"value\":4,\"node\":\"b\"},"
            + "{\"metric\":\"depth\",\"value\":5}]");
    JsonNode answer = server.get("/api/v1/metrics/depth/current").json();
    assertEquals(12, answer.get("value").asDouble());
    assertEquals("[\"a\",\"b\"]", answer.get("nodes").toString());
    assertEquals("[]", answer.get("stale").toString());
    assertEquals(3, answer.get("byNode").size());
    JsonNode names = server.get("/api/v1/metrics").json();
    assertEquals("gauge", names.at("/metrics/0/kind").asText());
    assertEquals(3, names.at("/metrics/0/samples").asInt());
  }

  @Test
  void unknownMetric_isNotFound() {
    for (String path : new String[] {"/api/v1/metrics/never", "/api/v1/metrics/never/current"}) {
      var answer = server.get(path);
      assertEquals(404, answer.status(), path);
      assertTrue(answer.text().contains("never"), answer.text());
    }
  }

  @Test
  void badQuestions_areToldWhatIsWrong() {
    sendLatencies();
    wrong("stat=p98", "stat 'p98' is not one of count, sum, mean");
    wrong("step=5m", "step '5m' is not one of 1m");
    wrong("tag.=x", "tag.endpoint=/pay");
    wrong("tag.endpoint=", "has no value");
    wrong("tag.a=1&tag.a=2", "is given twice");
    wrong("last=0s", "no time at all");
    wrong("from=2026-03-02T10:00:00Z&to=2026-03-01T10:00:00Z", "is not before");
    wrong("from=0001-01-01T00:00:00Z&to=9999-01-01T00:00:00Z&step=1m", "buckets");
    wrong("tz=Mars/Base", "Mars/Base");
  }

  private void wrong(String parameters, String part) {
    var answer = server.get("/api/v1/metrics/latency?" + parameters);
    assertEquals(400, answer.status(), parameters + " " + answer.text());
    assertTrue(answer.text().contains(part), answer.text());
  }

  @Test
  void badSamples_areRefusedAndChangeNothing() {
    send("[" + sample("depth", "1", "2026-03-02T10:00:00Z", ",\"kind\":\"gauge\"") + "]");
    String many = "x".repeat(10_000);
    JsonNode answer =
        send(
            "["
                + sample("depth", "2", "2026-03-02T10:00:00Z", ",\"kind\":\"counter\"")
                + ","
                + sample("depth", "1e999", "2026-03-02T10:00:00Z", "")
                + ","
                + sample("depth", "\"NaN\"", "2026-03-02T10:00:00Z", "")
                + ","
                + sample("depth", "2", "2026-03-02T10:00:00Z", ",\"tags\":{\"a\":\"" + many + "\"}")
                + ","
                + sample("response_time", "-1", "2026-03-02T10:00:00Z", "")
                + ","
                + sample("depth", "2", "1969-03-02T10:00:00Z", "")
                + "]");
    assertEquals(0, answer.get("accepted").asInt(), answer.toString());
    assertEquals("kind_conflict", answer.at("/rejected/0/reason").asText());
    assertEquals("invalid_value", answer.at("/rejected/1/reason").asText());
    assertEquals("invalid_value", answer.at("/rejected/2/reason").asText());
    assertEquals("invalid_tags", answer.at("/rejected/3/reason").asText());
    assertEquals("invalid_value", answer.at("/rejected/4/reason").asText());
    assertEquals("invalid_time", answer.at("/rejected/5/reason").asText());
    var bare = server.post("/api/v1/metrics", "{\"metric\":\"depth\",\"value\":NaN}");
    assertEquals(400, bare.status(), bare.text());
    var without = server.post("/api/v1/metrics", "{\"metric\":\"depth\"}");
    assertEquals(400, without.status(), without.text());
    assertTrue(without.text().contains("needs a finite number in 'value'"), without.text());
    JsonNode sum = server.get("/api/v1/metrics/depth?stat=sum&" + RANGE).json();
    assertEquals(1, sum.get("value").asDouble());
  }

  @Test
  void farPast_isCountedWhereItBelongs_farFutureNow() {
    send("[" + sample("depth", "7", "1970-01-01T00:00:01Z", "") + "]");
    JsonNode past =
        server
            .get(
                "/api/v1/metrics/depth?stat=sum&step=1h&from=1970-01-01T00:00:00Z"
                    + "&to=1970-01-01T02:00:00Z")
            .json();
    assertEquals(7, past.get("value").asDouble());
    send("[" + sample("ahead", "8", "2999-01-01T00:00:00Z", "") + "]");
    JsonNode now = server.get("/api/v1/metrics/ahead?stat=sum&last=15m").json();
    assertEquals(8, now.get("value").asDouble());
  }

  @Test
  void sumsLargerThanAnyNumber_areNullAndExplained() {
    send(
        "["
            + sample("huge", "1.7e308", "2026-03-02T10:00:00Z", "")
            + ","
            + sample("huge", "1.7e308", "2026-03-02T10:00:01Z", "")
            + "]");
    JsonNode sum = server.get("/api/v1/metrics/huge?stat=sum&" + RANGE).json();
    assertTrue(sum.get("value").isNull());
    assertTrue(sum.get("explanation").asText().contains("1.8e308"));
    JsonNode most = server.get("/api/v1/metrics/huge?stat=max&" + RANGE).json();
    assertEquals(1.7e308, most.get("value").asDouble());
  }
}
