package dev.rivulet.bench;

import dev.rivulet.bench.Figures.Target;
import dev.rivulet.bench.LoadGenerator.Load;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/**
 * What questions about people cost: funnels over a history of twelve weeks in which everybody
 * enters a funnel of 16 steps once and comes back in some of the weeks after, retention, and the
 * state that each person takes. One thread only.
 */
final class Journeys {
  private static final int DAYS = 84;
  private static final int STEPS = 16;
  private static final int SENDERS = 4;

  /** What the documentation of people says of an action of the timeline; the newest are kept. */
  private static final double POSTING_BYTES = 8;

  private static final double MOST_POSTINGS = 100;
  private static final String LONG_FUNNEL = "bench-16";
  private static final String SHORT_FUNNEL = "bench-3";

  private final Bench.Settings settings;
  private final int people;
  private final LocalProcess redis;
  private final RivuletServer server;
  private final Figures figures;
  private final Consumer<String> progress;
  private final LocalDate from = LocalDate.now(ZoneOffset.UTC).minusDays(DAYS);
  private final String range =
      "from=%sT00:00:00Z&to=%sT00:00:00Z".formatted(from, from.plusDays(DAYS + 1));

  Journeys(
      Bench.Settings settings,
      int people,
      LocalProcess redis,
      RivuletServer server,
      Figures figures,
      Consumer<String> progress) {
    this.settings = settings;
    this.people = people;
    this.redis = redis;
    this.server = server;
    this.figures = figures;
    this.progress = progress;
  }

  void measure() throws IOException, InterruptedException {
    long events = load();
    figures.add("journeys.people", "journeys, people present", "", people);
    figures.add("journeys.events", "  events present", "", (double) events);
    preview();
    backfill(events);
    reports();
    retention();
    state((double) events);
    batchesOfThousand();
  }

  private long load() throws IOException, InterruptedException {
    long before = server.status().appended();
    var history = new JourneyHistory(people, STEPS, from.atStartOfDay(ZoneOffset.UTC), DAYS);
    var failures = new ArrayList<IOException>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < SENDERS; i++) {
      var thread =
          new Thread(
              () -> {
                try (var http = server.connect()) {
                  for (var body = history.next(); body != null; body = history.next()) {
                    var answer = RivuletServer.json(http.post("/api/v1/events", body.json()));
                    if (answer.required("accepted").asInt() != body.events()) {
                      throw new IOException("Not all of the history was accepted: " + answer);
                    }
                  }
                } catch (IOException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (var thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    long events = server.awaitFolded(before + history.sent()).appended() - before;
    progress.accept("%,d events of %,d people loaded".formatted(events, people));
    return events;
  }

  /** A definition that nobody has seen before, answered from recent events. */
  private void preview() throws IOException {
    var seconds = new double[Math.max(3, settings.rounds())];
    try (var http = server.connect()) {
      for (int i = 0; i < seconds.length; i++) {
        long start = System.nanoTime();
        var report =
            RivuletServer.json(
                http.post("/api/v1/funnels/preview", definition(3 + i, Duration.ofDays(7))));
        seconds[i] = (System.nanoTime() - start) / 1e9;
        if (report.required("entered").asLong() == 0) {
          throw new IOException("The preview found nobody: " + report);
        }
      }
    }
    figures.add(
        "funnel.previewSeconds", "definition to preview", "s", Target.atMost(1, 1), seconds);
  }

  private void backfill(long events) throws IOException, InterruptedException {
    double seconds = define(LONG_FUNNEL, STEPS);
    figures.add(
        "funnel.backfillPerSecond",
        "backfill of a funnel of 16 steps",
        "events/s",
        Target.atLeast(200_000, 200_000),
        events / seconds);
    double three = define(SHORT_FUNNEL, 3);
    figures.add(
        "funnel.backfill3PerSecond",
        "backfill of a funnel of 3 steps",
        "events/s",
        Target.atLeast(200_000, 200_000),
        events / three);
  }

  /** Seconds from the definition until it is ready. */
  private double define(String name, int steps) throws IOException, InterruptedException {
    try (var http = server.connect()) {
      long start = System.nanoTime();
      var answer = http.put("/api/v1/funnels/" + name, definition(steps, Duration.ofDays(7)));
      if (answer.status() != 201) {
        throw new IOException(answer.status() + " " + answer.body());
      }
      while (true) {
        var state = RivuletServer.json(http.get("/api/v1/funnels/" + name));
        if (state.required("state").asText().equals("ready")) {
          double seconds = (System.nanoTime() - start) / 1e9;
          progress.accept("%s is ready after %.1f s".formatted(name, seconds));
          return seconds;
        }
        if (System.nanoTime() - start > Duration.ofMinutes(10).toNanos()) {
          throw new IOException(name + " is not ready after 10 min: " + state);
        }
        Thread.sleep(20);
      }
    }
  }

  private void reports() throws IOException {
    try (var http = server.connect()) {
      var report = RivuletServer.json(http.get(report(LONG_FUNNEL)));
      if (report.required("entered").asLong() != people) {
        throw new IOException("Everybody entered, but the report says: " + report);
      }
    }
    latency("funnel.report", "report of 16 steps", report(LONG_FUNNEL), 20);
    latency("funnel.report3", "report of 3 steps", report(SHORT_FUNNEL), 20);
  }

  private String report(String name) {
    return "/api/v1/funnels/%s/report?%s".formatted(name, range);
  }

  private void retention() throws IOException {
    String question = "/api/v1/retention?first=step_01&return=visit&period=week&" + range;
    try (var http = server.connect()) {
      long size = 0;
      for (var cohort : RivuletServer.json(http.get(question)).required("cohorts")) {
        size += cohort.required("size").asLong();
      }
      if (size != people) {
        throw new IOException("Everybody is in one cohort, but the cohorts hold " + size);
      }
    }
    latency("retention.weeks", "retention of 12 weeks by week", question, 50);
  }

  private void latency(String key, String title, String path, double bound) throws IOException {
    var latencies = new Latencies();
    int queries = Math.min(200, settings.queries());
    try (var http = server.connect()) {
      for (int i = 0; i < 2 * queries; i++) {
        long start = System.nanoTime();
        var answer = http.get(path);
        if (i >= queries) {
          latencies.add(System.nanoTime() - start);
        }
        if (answer.status() != 200) {
          throw new IOException(path + ": " + answer.status() + " " + answer.body());
        }
      }
    }
    figures.add(key + ".p50Millis", title + " p50", "ms", latencies.millis(50));
    figures.add(
        key + ".p99Millis",
        title + " p99",
        "ms",
        Target.atMost(bound, bound),
        latencies.millis(99));
  }

  /** Bytes of the keys of each room, per person; those of the short funnel apart. */
  private void state(double events) throws IOException {
    int revision;
    try (var http = server.connect()) {
      revision =
          RivuletServer.json(http.get("/api/v1/funnels/" + SHORT_FUNNEL))
              .required("revision")
              .asInt();
    }
    String shortFunnel = ":funnels:default:" + revision + ":";
    double funnel = bytes(key -> key.contains(shortFunnel));
    double timeline = bytes(key -> key.contains(":profiles:") && key.endsWith(":timelines"));
    double stats = bytes(key -> key.contains(":profiles:")) - timeline;
    double sessions = bytes(key -> key.contains(":sessions:"));
    figures.add(
        "state.funnel3", "state of a funnel of 3 steps", "B/person", at(40), funnel / people);
    double postings = POSTING_BYTES * Math.min(MOST_POSTINGS, events / people);
    double person = (stats + sessions) / people;
    figures.add("state.person", "stats, sessions and postings", "B/person", person);
    figures.add(
        "state.personBesides",
        "  without postings, at 8 B each",
        "B/person",
        at(150),
        person - postings);
    figures.add("state.timeline", "  settled timelines", "B/person", timeline / people);
    figures.add(
        "state.retention",
        "  retention sets",
        "B/person",
        bytes(key -> key.contains(":retention:")) / people);
  }

  private static Target at(double bound) {
    return Target.atMost(bound, bound);
  }

  private double bytes(Predicate<String> keys) {
    double bytes = 0;
    try (Jedis jedis = Yardsticks.jedis(redis)) {
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = jedis.scan(cursor, new ScanParams().count(1000));
        for (String key : page.getResult()) {
          if (keys.test(key)) {
            Long usage = jedis.memoryUsage(key, 0);
            bytes += usage == null ? 0 : usage;
          }
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
    return bytes;
  }

  /** What ingest costs with every room at work and two funnels that some events concern. */
  private void batchesOfThousand() throws IOException, InterruptedException {
    try (var http = server.connect()) {
      var answer =
          http.put(
              "/api/v1/funnels/bench-shop",
              """
              {"steps":[{"event":"product_viewed"},{"event":"product_added"},\
              {"event":"order_completed"}],"window":"7d"}""");
      if (answer.status() != 201) {
        throw new IOException(answer.status() + " " + answer.body());
      }
    }
    var stages = new Stages(settings, redis, server, figures, progress);
    stages.batchesOfThousand(Load.closed(4, 1_000, settings.duration()));
  }

  private static String definition(int steps, Duration window) {
    List<String> events = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      events.add("{\"event\":\"step_%02d\"}".formatted(step));
    }
    return "{\"steps\":[%s],\"window\":\"%ds\"}"
        .formatted(String.join(",", events), window.toSeconds());
  }
}
