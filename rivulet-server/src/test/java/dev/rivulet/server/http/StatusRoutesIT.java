package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.admission.Refusal;
import dev.rivulet.engine.Keys;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.Role;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealRedis.Shared.class)
class StatusRoutesIT {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9.]+(E[0-9]+)?");
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
  void health_needsNoKeyAndNamesTheStore() {
    var health = server.send("GET", "/healthz", "", BodyPublishers.noBody());
    assertEquals(200, health.status());
    assertEquals(server.rivulet().installation(), health.header("rivulet-store"));
    var ready = server.awaitReady();
    assertEquals(200, ready.status(), ready.text());
    assertTrue(ready.json().get("ready").asBoolean());
  }

  @Test
  void status_morePathsThanAreToldApart_namesTheMetric() {
    assertTrue(server.get("/api/v1/status").json().get("overflow").isEmpty());
    for (int request = 0; request < 3; request++) {
      var samples = new StringJoiner(",", "[", "]");
      for (int i = 0; i < 2_500; i++) {
        String path = "/raw/" + (request * 2_500 + i);
        samples.add(
            "{\"metric\":\"response_time\",\"value\":5,\"tags\":{\"endpoint\":\"%s\"}}"
                .formatted(path));
      }
      var answer = server.post("/api/v1/metrics?wait=folded", samples.toString());
      assertEquals(2_500, answer.json().get("accepted").asInt());
    }
    var status = server.get("/api/v1/status").json();
    assertEquals(
        "[{\"project\":\"default\",\"room\":\"metrics\",\"name\":\"response_time\"}]",
        status.get("overflow").toString());
    assertTrue(status.get("warnings").toString().contains("metric response_time has more"));
    var total = server.get("/api/v1/metrics/response_time?last=1h&stat=count").json();
    assertEquals(7_500, total.get("value").asInt());
  }

  @Test
  void metrics_areWellFormedAndCount() {
    server.track("[{\"event\":\"a\",\"user\":\"u\"},{\"event\":\"a\"}]");
    server.get("/nowhere");
    var metrics = server.awaitMetrics("rivulet_events_received_total 2");
    assertEquals(200, metrics.status());
    assertTrue(metrics.header("content-type").startsWith("text/plain; version=0.0.4"));
    Set<String> families = new HashSet<>();
    for (String line : metrics.text().split("\n")) {
      if (line.startsWith("# TYPE ")) {
        assertTrue(families.add(line.split(" ")[2]), line);
      } else if (!line.startsWith("# HELP ")) {
        var sample = SAMPLE.matcher(line);
        assertTrue(sample.matches(), line);
        String name = sample.group(1);
        assertTrue(
            families.contains(name)
                || families.contains(name.replaceAll("_(bucket|sum|count)$", "")),
            line);
      }
    }
    assertTrue(metrics.text().contains("rivulet_events_received_total 2\n"));
    assertTrue(metrics.text().contains("rivulet_events_accepted_total 1\n"));
    assertTrue(
        metrics.text().contains("rivulet_events_rejected_total{reason=\"missing_user\"} 1\n"));
    assertTrue(
        metrics
            .text()
            .contains(
                "rivulet_http_requests_total{method=\"POST\",route=\"/api/v1/events\",status=\"2xx\"} 1\n"));
    assertTrue(metrics.text().contains("rivulet_redis_up 1\n"));
  }

  @Test
  void status_tellsNodesRefusalsAndMemory() {
    server.track("[{\"event\":\"a\",\"user\":\"u\"},{\"event\":\"a\"}]");
    var status = // a node tells of itself once a second
        server
            .awaitAnswer(
                "/api/v1/status",
                TestServer.READ,
                answer -> answer.json().at("/nodes/0").has("address"))
            .json();
    var node = status.get("nodes").get(0);
    assertEquals(server.rivulet().node(), node.get("node").asText());
    assertEquals("127.0.0.1:" + server.port(), node.get("address").asText());
    assertTrue(node.get("live").asBoolean());
    assertTrue(node.get("heapUsedBytes").asLong() > 0);
    var refusal = status.get("refusals").get(0);
    assertEquals("missing_user", refusal.get("reason").asText());
    assertEquals(1, refusal.get("count").asLong());
    assertTrue(refusal.get("detail").asText().contains("user"), refusal.toString());
    assertTrue(refusal.has("time"), refusal.toString());
    var primary = status.get("redis").get("primaries").get(0);
    assertTrue(primary.get("usedMemory").asLong() > 0, primary.toString());
    assertEquals(status.get("partitions").size(), primary.get("partitions").size());
    assertTrue(status.get("redis").get("usedMemory").asLong() > 0);
    long logBytes = 0;
    for (var row : status.get("partitions")) {
      logBytes += row.path("logBytes").asLong();
    }
    assertTrue(logBytes > 0, status.toString());
    assertEquals(0, status.get("poison").size());
  }

  @Test
  void partitionIsHandedOver_serverStaysReady(RealRedis redis) throws InterruptedException {
    server.track("[{\"event\":\"a\",\"user\":\"u\"}]");
    var first = server.awaitReady();
    assertEquals(200, first.status(), first.text());
    try (var connection = RedisConnection.open(redis.address())) {
      for (int look = 0; look < 10; look++) {
        connection.send(RedisConnection.bytes("DEL"), Keys.lease(1));
        connection.receive();
        var ready = server.send("GET", "/readyz", "", BodyPublishers.noBody());
        assertEquals(200, ready.status(), ready.text());
        Thread.sleep(200);
      }
    }
  }

  @Test
  void statusOfAProject_isItsOwn_andQuotesNoOther() {
    server.rivulet().projects().put("other", ZoneOffset.UTC, List.of());
    server.rivulet().projects().trust("the-key-of-other-tests", new Access("other", Role.READ));
    server.track("[{\"event\":\"a\",\"user\":\"u\"},{\"event\":\"a\"}]");
    server.rivulet().refuse("other", Refusal.MISSING_EVENT, "a secret of the other", 3);
    var own =
        server
            .send("GET", "/api/v1/status", "the-key-of-other-tests", BodyPublishers.noBody())
            .json();
    assertEquals(0, own.get("appended").asLong());
    assertEquals("a secret of the other", own.get("refusals").get(0).get("detail").asText());
    var all = server.get("/api/v1/status");
    assertEquals(3, all.json().get("rejected").get("missing_event").asLong());
    assertFalse(all.text().contains("a secret"), all.text());
  }

  @Test
  void rebuild_takesTheAdminKeyAndAKnownView() {
    String path = "/api/v1/views/counts/rebuild";
    assertEquals(403, server.send("POST", path, TestServer.READ, BodyPublishers.noBody()).status());
    assertEquals(
        202, server.send("POST", path, TestServer.ADMIN, BodyPublishers.noBody()).status());
    var unknown =
        server.send("POST", "/api/v1/views/x/rebuild", TestServer.ADMIN, BodyPublishers.noBody());
    assertEquals(404, unknown.status());
    assertTrue(unknown.json().get("detail").asText().contains("counts"));
  }

  @Test
  void pages_areProtectedAndCached() {
    var page = server.send("GET", "/", "", BodyPublishers.noBody());
    assertEquals(200, page.status());
    String policy = page.header("content-security-policy");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'sha256-"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals(page.text(), server.get("/events").text());
    var known = server.get("/ui/app.js", "If-None-Match", server.get("/ui/app.js").header("etag"));
    assertEquals(304, known.status());
    var library =
        server.get("/vendor/webjars/uplot/1.6.30/dist/uPlot.esm.js", "Accept-Encoding", "gzip");
    assertTrue(library.header("cache-control").contains("immutable"));
    assertEquals("gzip", library.header("content-encoding"));
    assertEquals("text/javascript; charset=utf-8", library.header("content-type"));
  }
}
