package dev.rivulet.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask, against a real server. */
@ExtendWith(RealRedis.Shared.class)
@Timeout(300)
final class CommandsIT {
  @TempDir private Path folder;
  private ServedCommands served;

  @BeforeEach
  void start(RealRedis redis) {
    served = new ServedCommands(redis, folder);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void ask_eachQuestion_printsItsAnswer() throws Exception {
    var events = new StringBuilder();
    for (var i = 0; i < 30; i++) {
      events.append(event("signup", "u" + i % 20, i < 20 ? "pro" : "free", Instant.now()));
    }
    send(events.toString());

    var count =
        served.run("ask", "count", "signup", "--last", "1h", "--step", "15m", "--by", "plan");
    assertEquals(0, count.status(), count.err().toString());
    assertTrue(count.out().get(0).startsWith("signup: 30 from "), count.out().toString());
    assertTrue(count.out().get(0).endsWith(", exact"), count.out().toString());
    assertTrue(count.out().stream().anyMatch(line -> line.contains("█")), count.out().toString());
    assertTrue(count.out().stream().anyMatch(line -> line.matches("pro +20 +66\\.7 %.*")));

    var json = served.run("ask", "count", "signup", "--json");
    assertEquals(30, ApiClient.JSON.readTree(String.join("\n", json.out())).path("total").asInt());

    assertTrue(line("ask", "uniques", "signup", "--step", "1d").startsWith("20 people, exact"));
    var yesterday = Instant.now().minus(Duration.ofDays(1));
    var top = served.run("ask", "top", "signup", "plan", "--from", yesterday.toString());
    assertTrue(
        top.out().stream().anyMatch(line -> line.matches("pro +20 +66\\.7 %")), top.toString());
    assertTrue(served.run("ask", "events").last().startsWith("signup"));
    assertEquals(5, served.run("ask", "recent", "--limit", "5").out().size());
    assertEquals("appended 30 = folded 30 + pending 0", line("ask", "status"));
    assertEquals("20 people in the last 5 minutes", line("ask", "online"));
  }

  @Test
  void ask_whatMakesNoSense_saysSo() throws Exception {
    var step = served.run("ask", "count", "signup", "--step", "7m");
    assertEquals(1, step.status());
    assertTrue(step.err().toString().contains("7m"), step.err().toString());
    assertEquals(1, served.run("ask", "count", "x", "--last", "1h", "--to", "1").status());
    assertEquals(2, served.run("ask", "sum").status());
  }

  @Test
  void tail_newEvents_arePrintedAsTheyCome() throws Exception {
    var tail = served.start("tail", "--event", "signup", "--timezone", "UTC");
    try {
      send(event("signup", "first", "pro", Instant.now()));
      await(tail, 1);
      send(
          event("view", "other", "pro", Instant.now())
              + event("signup", "next", "\u001b[2J", Instant.now()));
      await(tail, 2);
      assertTrue(tail.out().get(0).contains("first") && tail.out().get(0).contains("plan=pro"));
      assertTrue(tail.out().get(1).contains("next"), tail.out().toString());
      assertTrue(tail.out().stream().noneMatch(line -> line.contains("\u001b")));
      assertTrue(tail.out().stream().noneMatch(line -> line.contains("other")));
    } finally {
      tail.process().destroy();
      assertTrue(tail.process().waitFor(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void doctor_healthyServer_findsNothingWrong() throws Exception {
    try (var redis = RealRedis.durable();
        var healthy = new ServedCommands(redis, folder)) {
      var outcome = healthy.run("doctor");
      var found = outcome.out();
      assertTrue(found.stream().allMatch(line -> line.startsWith("✓ ")), found.toString());
      assertEquals(0, outcome.status());
      for (var subject : List.of("Java", "server", "ready", "key", "Redis", "lag")) {
        assertTrue(
            found.stream().anyMatch(line -> line.startsWith("✓ " + subject + ": ")), subject);
      }
      assertTrue(found.contains("✓ clock: agrees with the server's"), found.toString());
    }
  }

  @Test
  void doctor_forgetfulRedis_isFound() throws Exception {
    var outcome = served.run("doctor");
    assertEquals(1, outcome.status());
    var wrong = outcome.out().stream().filter(line -> line.startsWith("✗ ")).toList();
    assertEquals(1, wrong.size(), outcome.out().toString());
    assertTrue(wrong.get(0).startsWith("✗ Redis: ") && wrong.get(0).contains("aofEnabled 0"));
    assertTrue(
        outcome.out().contains("    → set appendonly yes, or a crash of Redis loses events"));
  }

  @Test
  void doctor_deadServer_saysWhatToDo() throws Exception {
    var dead = served.startAt("http://127.0.0.1:1", "doctor");
    assertTrue(dead.process().waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, dead.process().exitValue());
    var last = dead.out().subList(dead.out().size() - 2, dead.out().size());
    assertEquals("✗ server: nothing answers at http://127.0.0.1:1", last.get(0));
    assertTrue(last.get(1).contains("rivulet serve"), last.toString());
  }

  @Test
  void doctor_aKey_isExplained() throws Exception {
    send(event("signup", "u", "pro", Instant.now()));
    for (var key : List.of("rv:{0}:installation", "rv:{0}:log")) {
      var outcome = served.run("doctor", key);
      assertEquals(0, outcome.status(), key);
      assertTrue(outcome.out().stream().noneMatch(line -> line.contains("no room")), key);
    }
  }

  private static String event(String name, String user, String plan, Instant time)
      throws IOException {
    return ApiClient.JSON.writeValueAsString(
            Map.of(
                "event",
                name,
                "user",
                user,
                "time",
                time.toEpochMilli(),
                "properties",
                Map.of("plan", plan)))
        + "\n";
  }

  private void send(String lines) throws InterruptedException {
    var body = lines.getBytes(StandardCharsets.UTF_8);
    var refused =
        EventPoster.ofEvents(served.client(), null, Duration.ofSeconds(60))
            .post(body, 0, body.length);
    assertEquals(List.of(), refused);
    served.ask("/api/v1/status", Map.of());
  }

  private String line(String... arguments) throws IOException, InterruptedException {
    var outcome = served.run(arguments);
    assertEquals(0, outcome.status(), outcome.err().toString());
    return outcome.out().get(0);
  }

  private static void await(ServedCommands.Running tail, int lines) throws Exception {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (tail.out().size() < lines && System.nanoTime() < deadline) {
      Thread.sleep(25);
    }
    assertEquals(lines, tail.out().size(), tail.out() + " " + Files.readString(tail.errFile()));
  }
}
