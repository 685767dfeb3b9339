package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checks of {@code rivulet doctor}, in order: each stands on those before it, so the first that
 * fails is the one to mend. Used once.
 */
final class Examination {
  private static final int LEAST_JAVA = 17;
  private static final int LEAST_REDIS = 7;
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);
  private static final long LAG_TOLERANCE_MILLIS = 5_000;
  private static final double MEMORY_TOLERANCE = 0.9;
  private static final int VALUE_CHARS = 60;

  private final Environment environment;
  private final ApiClient api;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();

  Examination(Environment environment, ApiClient api, InstantSource clock) {
    this.environment = environment;
    this.api = api;
    this.clock = clock;
  }

  List<Finding> run() {
    java();
    dataDirectory();
    HttpResponse<byte[]> health;
    var asked = clock.instant();
    Instant answered;
    try {
      health = get("/healthz");
      answered = clock.instant();
    } catch (CommandFailure unreachable) {
      findings.add(
          Finding.bad(
              "server",
              "nothing answers at " + environment.url(),
              "start one with \"rivulet serve\", or set RIVULET_URL"));
      return findings;
    }
    server(health);
    clockDifference(health, asked, answered);
    JsonNode status;
    try {
      status = api.ask("/api/v1/status", Map.of());
    } catch (CommandFailure refused) {
      findings.add(
          Finding.bad(
              "key",
              String.valueOf(refused.getMessage()),
              "the keys were taken from " + environment.keys().source()));
      return findings;
    }
    findings.add(Finding.good("key", "accepted (from " + environment.keys().source() + ")"));
    redis(status.path("redis"));
    folding(status);
    refusals(status);
    return findings;
  }

  private void java() {
    var version = Runtime.version();
    findings.add(
        version.feature() >= LEAST_JAVA
            ? Finding.good("Java", version.toString())
            : Finding.bad("Java", version.toString(), "install a JDK 17 or newer"));
  }

  private void dataDirectory() {
    var data = environment.data();
    if (!Files.isDirectory(data)) {
      findings.add(
          Finding.good("data directory", data + " is not there (made by the first local server)"));
      return;
    }
    if (!Files.isWritable(data)) {
      findings.add(
          Finding.bad(
              "data directory",
              data + " cannot be written",
              "give it to this user, or set RIVULET_DATA to another"));
      return;
    }
    findings.add(Finding.good("data directory", data + lock(data.resolve("lock"))));
  }

  private static String lock(Path file) {
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      return ", not in use";
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      try (var free = channel.tryLock()) {
        if (free != null) {
          return ", not in use";
        }
      }
      var owner = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return owner.matches("\\d{1,10}") ? ", in use by process " + owner : ", in use";
    } catch (OverlappingFileLockException thisProcess) {
      return ", in use by this process";
    } catch (IOException unreadable) {
      return ", its lock cannot be read: " + unreadable.getMessage();
    }
  }

  private void server(HttpResponse<byte[]> health) {
    var url = environment.url();
    if (health.statusCode() != 200) {
      findings.add(
          Finding.bad(
              "server",
              "%s/healthz answers %d".formatted(url, health.statusCode()),
              "look whether something else listens there, or set RIVULET_URL"));
      return;
    }
    findings.add(Finding.good("server", "alive at " + url));
    var ready = get("/readyz");
    findings.add(
        ready.statusCode() == 200
            ? Finding.good("ready", "yes")
            : Finding.bad(
                "ready",
                Printable.of(new String(ready.body(), StandardCharsets.UTF_8), 300),
                "look at the server's output; it becomes ready when Redis answers"));
  }

  /** An answer that takes long says nothing of the clocks: the server's was read in between. */
  private void clockDifference(HttpResponse<byte[]> health, Instant asked, Instant answered) {
    var date = health.headers().firstValue("Date").orElse("");
    Instant there;
    try {
      there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException noDate) {
      findings.add(Finding.good("clock", "the server does not tell its time"));
      return;
    }
    var difference =
        there.isAfter(answered)
            ? Duration.between(answered, there)
            : there.isBefore(asked) ? Duration.between(there, asked) : Duration.ZERO;
    var text = difference.toSeconds() + " s apart from the server's";
    findings.add(
        difference.compareTo(CLOCK_TOLERANCE) <= 0
            ? Finding.good("clock", "agrees with the server's")
            : Finding.bad(
                "clock",
                text,
                "set both clocks by NTP; events too far ahead get the server's time"));
  }

  /** Judges what it knows of, and shows the rest as the server says it. */
  private void redis(JsonNode redis) {
    if (!redis.isObject() || redis.isEmpty()) {
      findings.add(
          Finding.bad("Redis", "the status says nothing about it", "look at the server's output"));
      return;
    }
    var told = new TreeMap<String, String>();
    redis
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                told.put(field.getKey(), Printable.of(field.getValue().asText(), VALUE_CHARS));
              }
            });
    var all =
        String.join(
            ", ", told.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    var version = told.getOrDefault("redisVersion", "");
    var policy = told.getOrDefault("maxmemoryPolicy", "noeviction");
    if (version.matches("\\d{1,4}\\..*")
        && Integer.parseInt(version.split("\\.", 2)[0]) < LEAST_REDIS) {
      findings.add(Finding.bad("Redis", all, "use Redis 7 or Valkey 8, or newer"));
    } else if (!policy.equals("noeviction")) {
      findings.add(
          Finding.bad(
              "Redis", all, "set maxmemory-policy to noeviction: any other deletes data silently"));
    } else if (told.getOrDefault("aofEnabled", "1").equals("0")) {
      findings.add(
          Finding.bad("Redis", all, "set appendonly yes, or a crash of Redis loses events"));
    } else if (!told.getOrDefault("aofLastWriteStatus", "ok").equals("ok")) {
      findings.add(Finding.bad("Redis", all, "it cannot write its log: look at the disk"));
    } else {
      findings.add(Finding.good("Redis", all));
    }
    memory(redis);
  }

  private void memory(JsonNode redis) {
    var used = redis.path("usedMemory").asLong();
    var most = redis.path("maxmemory").asLong();
    if (most > 0 && used > MEMORY_TOLERANCE * most) {
      findings.add(
          Finding.bad(
              "memory",
              "%,d of %,d bytes used".formatted(used, most),
              "raise maxmemory, or keep raw events for a shorter time"));
    }
  }

  private void folding(JsonNode status) {
    var lag = status.path("lagMillis").asLong();
    var pending = status.path("pending").asLong();
    var text = "%,d events pending, %,d ms behind".formatted(pending, lag);
    findings.add(
        lag <= LAG_TOLERANCE_MILLIS
            ? Finding.good("lag", text)
            : Finding.bad("lag", text, "more arrives than is folded; give the server more cores"));
    var poison = status.path("poisonous").asLong() + status.path("unreadable").asLong();
    findings.add(
        poison == 0
            ? Finding.good("poison events", "none")
            : Finding.bad(
                "poison events",
                "%,d put aside".formatted(poison),
                "each is kept with its reason under rv:{partition}:poison; please report them"));
  }

  private void refusals(JsonNode status) {
    var reasons = new ArrayList<String>();
    for (var reason : status.path("rejected").properties()) {
      if (reason.getValue().asLong() > 0) {
        reasons.add(
            String.format(
                Locale.ROOT,
                "%s %,d",
                Printable.of(reason.getKey(), VALUE_CHARS),
                reason.getValue().asLong()));
      }
    }
    findings.add(Finding.good("refusals", reasons.isEmpty() ? "none" : String.join(", ", reasons)));
  }

  private HttpResponse<byte[]> get(String path) {
    return api.send(api.request(path, Map.of(), null).GET().build());
  }
}
