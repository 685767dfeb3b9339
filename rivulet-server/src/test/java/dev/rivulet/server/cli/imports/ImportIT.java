package dev.rivulet.server.cli.imports;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.cli.ServedCommands;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files into a real server, and a recount by other means than the importer's. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(600)
final class ImportIT {
  private static final int LINES = 50_000;
  private static final byte[] LOG = new AccessLogGenerator(2026).lines(LINES);
  private static final Map<String, String> WHOLE =
      Map.of("from", "2026-02-01T00:00:00Z", "to", "2026-03-01T00:00:00Z");

  /** As one would take a combined log apart with awk; no more than the generator writes. */
  private static final Pattern COMBINED =
      Pattern.compile(
          "(\\S+) - (?:-|jo smith) \\[(\\d\\d)/Feb/2026:(\\d\\d):\\d\\d:\\d\\d \\+0100] \""
              + "(GET|POST) ([^ ?]+)(?:\\?\\S*)? HTTP/1\\.1\" (\\d{3}) (\\d+|-) \"(.*)\" \"(.*)\"");

  private static final int HOST = 1;
  private static final int HOUR = 3;
  private static final int PATH = 5;
  private static final int STATUS = 6;

  private static final List<Line> RECOUNT =
      new String(LOG, StandardCharsets.UTF_8)
          .lines()
          .flatMap(
              line -> {
                var match = COMBINED.matcher(line);
                return match.matches()
                    ? Stream.of(
                        new Line(
                            match.group(HOST),
                            Integer.parseInt(match.group(HOUR)),
                            match.group(PATH),
                            Long.parseLong(match.group(STATUS))))
                    : Stream.of();
              })
          .toList();

  @TempDir private Path folder;
  private ServedCommands served;
  private Path log;

  private record Line(String host, int hour, String path, long status) {}

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    served = new ServedCommands(redis, folder);
    log = Files.write(folder.resolve("access.log"), LOG);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void import_combinedLog_answersEqualARecount() throws Exception {
    var outcome = served.run("import", log.toString());
    assertEquals(0, outcome.status(), outcome.err().toString());
    assertTrue(
        outcome
            .last()
            .startsWith(
                "imported %d lines, %d not imported (line "
                    .formatted(RECOUNT.size(), LINES - RECOUNT.size())),
        outcome.last());

    var count = ask("count", Map.of("event", "request", "step", "1h"));
    assertEquals(RECOUNT.size(), count.path("total").asLong());
    var hours = RECOUNT.stream().collect(groupingBy(Line::hour, counting()));
    for (var point : count.path("series")) {
      // The log's clock is an hour ahead of UTC, and the log begins at its own 01:00.
      var hour = Integer.parseInt(point.path("time").asText().substring(11, 13)) + 1;
      var sameDay = point.path("time").asText().startsWith("2026-02-10");
      assertEquals(
          sameDay ? hours.getOrDefault(hour, 0L) : 0,
          point.path("count").asLong(),
          point::toString);
    }

    var people = RECOUNT.stream().map(Line::host).distinct().count();
    var uniques = ask("uniques", Map.of("event", "request"));
    assertEquals(people, uniques.path("total").asLong());
    assertTrue(uniques.path("exact").asBoolean());

    assertEquals(counted(Line::status), values(ask("top", property("status"))));
    var paths = ask("top", property("path"));
    assertTopWithin(paths.path("error").asDouble(), counted(Line::path), paths);
  }

  @Test
  void import_again_countsOnce() throws Exception {
    served.run("import", log.toString());
    var again = served.run("import", log.toString());
    assertEquals(0, again.status());
    assertEquals(
        "imported 0 lines, 0 not imported; %d lines had been imported before, %d not"
            .formatted(RECOUNT.size(), LINES - RECOUNT.size()),
        again.last());
    assertEquals(RECOUNT.size(), total("request"));
    assertEquals(RECOUNT.size(), status().path("appended").asLong());

    var forced = served.run("import", "--again", log.toString());
    assertTrue(forced.last().startsWith("imported " + RECOUNT.size()), forced.last());
    assertEquals(RECOUNT.size(), total("request"));
    assertEquals(RECOUNT.size(), status().path("duplicates").asLong());
  }

  @Test
  void import_gzipOfTheSame_countsOnce() throws Exception {
    var packed = folder.resolve("access.log.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(LOG);
    }
    assertEquals(0, served.run("import", packed.toString()).status());
    assertEquals(RECOUNT.size(), total("request"));
    assertTrue(served.run("import", log.toString()).last().startsWith("imported 0 lines"));
    assertEquals(RECOUNT.size(), total("request"));
  }

  @Test
  void import_killed_goesOnAndCountsOnce(RealRedis redis) throws Exception {
    var lines = 6 * LINES;
    Files.write(log, new AccessLogGenerator(5).lines(lines));
    long partly;
    try (var slow = new ServedCommands(redis, folder, LINES)) { // so that no kill comes too late
      var before = 0L;
      for (var kills = 0; kills < 2; kills++) {
        var running = slow.start("import", log.toString());
        while (running.process().isAlive() && appended() <= before) {
          Thread.sleep(5);
        }
        running.process().destroyForcibly().waitFor();
        before = appended();
      }
      partly = total("request");
    }
    var outcome = served.run("import", log.toString());
    assertEquals(0, outcome.status(), outcome.err().toString());
    var good = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines();
    var expected = good.filter(line -> COMBINED.matcher(line).matches()).count();
    assertTrue(partly < expected, "nothing was left after the kills");
    assertEquals(expected, total("request"));
  }

  @Test
  void import_ndjsonAndCsv_areEventsOfTheirOwn() throws Exception {
    var ndjson = folder.resolve("events.ndjson");
    Files.writeString(
        ndjson,
        """
        {"event":"signup","user":"u1","time":"2026-02-10T10:00:00Z","properties":{"plan":"pro"}}
        {"event":"signup","user":"u2","time":"2026-02-10T10:01:00Z","properties":{"plan":"free"}}
        {"event":"signup","time":"2026-02-10T10:02:00Z"}
        {"event":"signup","user":"u3","time":"2026-02-10T10:0
        {"event":"signup","user":"u1","time":"2026-02-10T10:03:00Z","properties":{"plan":"pro"}}
        """);
    var outcome = served.run("import", ndjson.toString());
    assertEquals(0, outcome.status(), outcome.err().toString());
    assertTrue(outcome.last().startsWith("imported 3 lines, 2 not imported ("), outcome.last());
    assertTrue(outcome.last().contains("line 3: ") && outcome.last().contains("line 4: "));
    assertEquals(Map.of("pro", 2L, "free", 1L), values(ask("top", property("signup", "plan"))));

    var csv = folder.resolve("orders.csv");
    Files.writeString(
        csv,
        """
        customer,created,total,note
        c1,2026-02-10 10:00:00,12.5,"first, with a comma"
        c2,2026-02-10T11:00:00Z,7,"two
        lines"
        c1,2026-02-11 10:00:00,30,
        ,2026-02-11 10:00:00,30,nobody
        """);
    var map = "user=customer,time=created";
    outcome = served.run("import", csv.toString(), "--event", "order", "--map", map);
    assertEquals(0, outcome.status(), outcome.err().toString());
    assertTrue(
        outcome.last().startsWith("imported 3 lines, 1 not imported (line "), outcome.last());
    assertEquals(
        Map.of("first, with a comma", 1L, "two\nlines", 1L),
        values(ask("top", property("order", "note"))));
    assertEquals(2, ask("uniques", Map.of("event", "order")).path("total").asLong());
  }

  @Test
  void import_whatCannotBe_endsWithAStatus() throws Exception {
    var missing = served.run("import", folder.resolve("nowhere").toString());
    assertEquals(1, missing.status());
    assertTrue(missing.err().toString().contains("nowhere"), missing.err().toString());
    assertEquals(2, served.run("import", "--person", "cookie", log.toString()).status());
    var unknown = served.run("import", "--project", "none", log.toString());
    assertEquals(1, unknown.status());
    assertTrue(unknown.err().toString().contains("none"), unknown.err().toString());
  }

  /** The listed counts are at most {@code error} too high, and in order of their size. */
  private static void assertTopWithin(double error, Map<Object, Long> truth, JsonNode answer) {
    var listed = values(answer);
    assertEquals(10, listed.size());
    listed.forEach(
        (value, count) -> {
          var real = truth.getOrDefault(value, 0L);
          assertTrue(count >= real && count - real <= error * count + 1e-6, value + " " + count);
        });
    var tenth = truth.values().stream().sorted((a, b) -> Long.compare(b, a)).toList().get(9);
    assertTrue(listed.values().stream().allMatch(count -> count >= tenth), listed.toString());
  }

  private static Map<Object, Long> counted(Function<Line, Object> property) {
    return RECOUNT.stream().collect(groupingBy(property, counting()));
  }

  private static Map<Object, Long> values(JsonNode top) {
    var values = new HashMap<Object, Long>();
    for (var item : top.path("values")) {
      var value = item.path("value");
      values.put(
          value.isNumber() ? (Object) value.asLong() : value.asText(), item.path("count").asLong());
    }
    return values;
  }

  private static Map<String, String> property(String property) {
    return property("request", property);
  }

  private static Map<String, String> property(String event, String property) {
    return Map.of("event", event, "property", property, "limit", "10");
  }

  private JsonNode ask(String question, Map<String, String> parameters)
      throws InterruptedException {
    var all = new HashMap<>(WHOLE);
    all.putAll(parameters);
    return served.ask("/api/v1/events/" + question, all);
  }

  private long total(String event) throws InterruptedException {
    return ask("count", Map.of("event", event)).path("total").asLong();
  }

  private long appended() {
    return served.askNow("/api/v1/status", Map.of()).path("appended").asLong();
  }

  private JsonNode status() throws InterruptedException {
    return served.ask("/api/v1/status", Map.of());
  }
}
