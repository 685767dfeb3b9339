package dev.rivulet.server.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.Recount;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Audits a server's answers against a plain list of events. */
final class HttpBooks {
  private static final long HOUR = 60L * 60 * 1000;
  private static final long MINUTE = 60L * 1000;
  private static final long PATIENCE_SECONDS = 120;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final ServerProcess server;
  private final long from;
  private final long to;

  HttpBooks(ServerProcess server, long end) {
    this.server = server;
    this.from = Math.floorDiv(end - HttpClients.SPAN_MILLIS, HOUR) * HOUR;
    this.to = (Math.floorDiv(end, HOUR) + 1) * HOUR;
  }

  /** Every number over what {@code clients} were promised. */
  void assertExact(HttpClients clients) throws IOException, InterruptedException {
    List<Event> truth = clients.acknowledged();
    List<HttpClients.Sampled> samples = clients.acknowledgedSamples();
    JsonNode status = settled();
    assertEquals(
        truth.size() + samples.size(),
        status.path("appended").asLong() - status.path("duplicates").asLong(),
        () -> "appended without duplicates, of " + status);
    var recount = new Recount(Project.DEFAULT, truth);
    for (String name : HttpClients.NAMES) {
      String about = "?event=" + name + "&step=1h&from=" + from + "&to=" + to;
      JsonNode counted = ask("/api/v1/events/count" + about + "&by=plan");
      assertEquals(recount.count(name, from, to), counted.path("total").asLong(), name);
      Map<Object, Long> groups = new HashMap<>();
      counted
          .path("groups")
          .forEach(g -> groups.put(g.path("value").asText(), g.path("total").asLong()));
      assertEquals(recount.values(name, "plan", from, to), groups, "plans of " + name);
      JsonNode people = ask("/api/v1/events/uniques" + about);
      assertEquals(
          recount.uniques(name, from, to), people.path("total").asLong(), "people of " + name);
    }
    sums(samples);
  }

  /** Counts and sums of the samples, as a whole, by minute and by the node that measured. */
  private void sums(List<HttpClients.Sampled> samples) throws IOException, InterruptedException {
    long sum = samples.stream().mapToLong(HttpClients.Sampled::value).sum();
    Map<Long, Long> byMinute = new TreeMap<>();
    Map<String, Long> byNode = new TreeMap<>();
    for (HttpClients.Sampled sample : samples) {
      long minute = Math.floorDiv(sample.time(), MINUTE) * MINUTE;
      byMinute.merge(minute, sample.value(), Long::sum);
      byNode.merge(sample.shop(), 1L, Long::sum);
    }
    String about = "/api/v1/metrics/" + HttpClients.METRIC + "?from=" + from + "&to=" + to;
    JsonNode summed = ask(about + "&step=1m&stat=sum");
    assertEquals((double) sum, summed.path("value").asDouble(), "sum of the samples");
    Map<Long, Long> counted = new TreeMap<>();
    for (JsonNode point : summed.path("series")) {
      if (point.path("value").isNumber()) {
        counted.put(
            Instant.parse(point.path("time").asText()).toEpochMilli(),
            (long) point.path("value").asDouble());
      }
    }
    assertEquals(byMinute, counted, "sums of the minutes");
    Map<String, Long> nodes = new TreeMap<>();
    for (JsonNode group : ask(about + "&stat=count&by=node").path("groups")) {
      nodes.put(group.path("group").asText(), (long) group.path("value").asDouble());
    }
    assertEquals(byNode, nodes, "samples by node");
  }

  /** Each minute by itself. */
  void assertMinutes(List<Event> truth) throws IOException, InterruptedException {
    Map<String, Map<Long, Long>> wanted = new HashMap<>();
    for (Event event : truth) {
      long minute = Math.floorDiv(event.occurredAt(), MINUTE) * MINUTE;
      wanted.computeIfAbsent(event.name(), name -> new TreeMap<>()).merge(minute, 1L, Long::sum);
    }
    for (String name : HttpClients.NAMES) {
      String about = "?event=" + name + "&step=1m&from=" + from + "&to=" + to;
      Map<Long, Long> counted = new TreeMap<>();
      for (JsonNode point : ask("/api/v1/events/count" + about).path("series")) {
        long count = point.path("count").asLong();
        if (count > 0) {
          counted.put(Instant.parse(point.path("time").asText()).toEpochMilli(), count);
        }
      }
      assertEquals(wanted.getOrDefault(name, Map.of()), counted, "minutes of " + name);
    }
  }

  /** Waits until everything is folded; the books add up all the while. */
  private JsonNode settled() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
    while (true) {
      JsonNode status = ask("/api/v1/status");
      long pending = status.path("pending").asLong(-1);
      assertEquals(
          status.path("appended").asLong(), status.path("folded").asLong() + pending, "appended");
      if (pending == 0) {
        return status;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still not folded: " + status + "; " + server.said());
      }
      ServerProcess.pause(50);
    }
  }

  private JsonNode ask(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.at(path))
            .header("Authorization", "Bearer " + ServerProcess.KEY)
            .build();
    long deadline = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
    var answer = http.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
      ServerProcess.pause(50); // it found out only now that a connection was cut
      answer = http.send(request, BodyHandlers.ofString());
    }
    assertEquals(200, answer.statusCode(), path + ": " + answer.body());
    return json.readTree(answer.body());
  }
}
