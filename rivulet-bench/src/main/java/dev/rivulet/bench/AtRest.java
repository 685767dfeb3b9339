package dev.rivulet.bench;

import dev.rivulet.bench.Figures.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/** What is measured with the data loaded and nothing else going on. */
final class AtRest {
  private final Bench.Settings settings;
  private final Figures figures;

  AtRest(Bench.Settings settings, Figures figures) {
    this.settings = settings;
    this.figures = figures;
  }

  /** One keep-alive connection, one request after the other, nothing else going on. */
  void queries(RivuletServer server) throws IOException {
    double events = server.status().folded();
    long counted = counted(server);
    if (counted != events) {
      throw new IOException(
          "The totals of all names are %d, but %.0f events are folded".formatted(counted, events));
    }
    figures.add("query.events", "queries, events present", "", events);
    int names = Workload.NAMES.size();
    var today = LocalDate.now(ZoneOffset.UTC);
    query(
        server,
        "hourByMinute",
        "  count of an hour by minute",
        i -> "/api/v1/events/count?last=1h&step=1m&event=" + Workload.NAMES.get(i % names));
    query(
        server,
        "uniquesToday",
        "  uniques of today",
        i ->
            "/api/v1/events/uniques?from=%sT00:00:00Z&to=%sT00:00:00Z"
                .formatted(today, today.plusDays(1)));
    query(
        server,
        "top10",
        "  top 10 of 24 h",
        i ->
            "/api/v1/events/top?property=path&last=24h&limit=10&event="
                + Workload.NAMES.get(i % names));
  }

  /** What the names' totals sum up to: answers that are quick and wrong are no figure. */
  private static long counted(RivuletServer server) throws IOException {
    long sum = 0;
    try (var http = server.connect()) {
      for (var event : RivuletServer.json(http.get("/api/v1/events")).required("events")) {
        sum += event.required("total").longValue();
      }
    }
    return sum;
  }

  private void query(RivuletServer server, String key, String title, IntFunction<String> path)
      throws IOException {
    var latencies = new Latencies();
    try (var http = server.connect()) {
      int warmUp = settings.queries();
      for (int i = 0; i < warmUp + settings.queries(); i++) {
        long start = System.nanoTime();
        var answer = http.get(path.apply(i));
        if (i >= warmUp) {
          latencies.add(System.nanoTime() - start);
        }
        if (answer.status() != 200) {
          throw new IOException(path.apply(i) + ": " + answer.status() + " " + answer.body());
        }
      }
    }
    figures.add("query." + key + ".p50Millis", title + " p50", "ms", latencies.millis(50));
    figures.add(
        "query." + key + ".p99Millis",
        title + " p99",
        "ms",
        Target.atMost(5, 5),
        latencies.millis(99));
  }

  /**
   * {@code MEMORY USAGE} of every key: streams are the log, every other key a view or the engine's,
   * summed by the room in its name {@code rv:{p}:<room>:…}. Over all events of the run.
   */
  void memory(LocalProcess redis, RivuletServer server) throws IOException {
    double events = server.status().appended();
    long log = 0;
    var rooms = new TreeMap<String, Long>();
    try (var jedis = Yardsticks.jedis(redis)) {
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = jedis.scan(cursor, new ScanParams().count(1000));
        for (String key : page.getResult()) {
          long bytes = bytes(jedis, key);
          if (jedis.type(key).equals("stream")) {
            log += bytes;
          } else {
            String[] parts = key.split(":", 4);
            rooms.merge(parts.length > 2 ? parts[2] : key, bytes, Long::sum);
          }
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
    if (log == 0) {
      throw new IOException("Redis holds no stream, so there is no log to measure.");
    }
    long views = rooms.values().stream().mapToLong(Long::longValue).sum();
    figures.add("memory.events", "memory, events present", "", events);
    figures.add("memory.log", "  log", "B/event", Target.atMost(90, 60), log / events);
    figures.add("memory.views", "  everything else", "B/event", views / events);
    rooms.forEach(
        (room, bytes) -> figures.add("memory." + room, "    " + room, "B/event", bytes / events));
  }

  private static long bytes(Jedis jedis, String key) {
    Long bytes = jedis.memoryUsage(key, 0);
    return bytes == null ? 0 : bytes;
  }

  /** Stops the server in order and starts it again on the same data, as many times as rounds. */
  void restarts(LocalProcess redis, Path directory, List<String> javaOptions)
      throws IOException, InterruptedException {
    var seconds = new double[settings.rounds()];
    for (int i = 0; i < seconds.length; i++) {
      try (var again = RivuletServer.start(redis, directory, javaOptions)) {
        seconds[i] = again.readySeconds();
      }
    }
    figures.add(
        "start.readySeconds", "start to ready, data present", "s", Target.atMost(3, 3), seconds);
  }
}
