package dev.rivulet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Describes where a run took place: a figure without its machine means nothing. */
final class Machine {
  private Machine() {}

  /** The head of the result file: when, where, with what. */
  static ObjectNode describe(Bench.Settings settings) throws IOException, InterruptedException {
    var json = new ObjectMapper().createObjectNode();
    json.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    var machine = json.putObject("machine");
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("cpu", line("/proc/cpuinfo", "model name"));
    machine.put("memory", line("/proc/meminfo", "MemTotal"));
    machine.put("system", "Linux " + System.getProperty("os.version"));
    machine.put("loadAverage", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    json.put("jdk", Runtime.version().toString());
    String redis = LocalProcess.run(List.of("redis-server", "--version"));
    json.put("redis", redis.replaceAll("(?s).*v=(\\S+).*malloc=(\\S+).*", "$1 ($2)"));
    var used = json.putObject("settings");
    used.put("rounds", settings.rounds()).put("seconds", settings.duration().toSeconds());
    used.put("connections", settings.connections()).put("events", settings.events());
    used.put("queries", settings.queries()).put("appendfsync", "everysec");
    return json;
  }

  private static String line(String file, String name) throws IOException {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }
}
