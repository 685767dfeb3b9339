package dev.rivulet.bench;

import dev.rivulet.bench.Figures.Target;
import dev.rivulet.bench.LoadGenerator.Load;
import dev.rivulet.bench.LoadGenerator.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The stages that measure one Rivulet server on one Redis under load. One thread only. */
final class Stages {
  private static final int SINGLE_CONNECTIONS = 64;
  private static final int BATCH = 100;
  private static final double STEADY_EVENTS_PER_SECOND = 20_000;
  private static final String PROBE = "bench_probe";

  private final Bench.Settings settings;
  private final LocalProcess redis;
  private final RivuletServer server;
  private final Figures figures;
  private final Consumer<String> progress;
  private final LoadGenerator generator;

  Stages(
      Bench.Settings settings,
      LocalProcess redis,
      RivuletServer server,
      Figures figures,
      Consumer<String> progress) {
    this.settings = settings;
    this.redis = redis;
    this.server = server;
    this.figures = figures;
    this.progress = progress;
    generator =
        new LoadGenerator(server.address(), RivuletServer.WRITE_KEY, System.currentTimeMillis());
  }

  /**
   * One round under load.
   *
   * @param foldedSeconds from the first request until nothing is pending
   * @param serverMicros CPU of the server until then; likewise Redis and the load generator
   */
  private record Round(
      Outcome outcome,
      double foldedSeconds,
      double serverMicros,
      double redisMicros,
      double generatorMicros) {
    double acknowledgedPerSecond() {
      return outcome.acknowledged() / outcome.seconds();
    }

    double foldedPerSecond() {
      return outcome.acknowledged() / foldedSeconds;
    }

    double perEvent(double micros) {
      return micros / outcome.acknowledged();
    }
  }

  /** Code that the JIT has not seen yet is not what a server runs for days. */
  void warmUp() throws IOException, InterruptedException {
    round(Load.closed(settings.connections(), BATCH, settings.duration()));
    round(Load.closed(SINGLE_CONNECTIONS, 1, settings.duration()));
  }

  void batches() throws IOException, InterruptedException {
    var rounds = rounds("batch", Load.closed(settings.connections(), BATCH, settings.duration()));
    String title = "batches of 100";
    var folded = of(rounds, Round::foldedPerSecond);
    figures.add("batch.foldedPerSecond", title + ", all views folded", "events/s", folded);
    ratio("batch.ratioToXadd", "  of XADD 250 B", "xadd.perSecond", Target.atLeast(0.12, 0.25));
    ratio("batch.ratioToNaive", "  of the naive way", "naive.perSecond", null);
    addLoad("batch", rounds, Target.atMost(8, 5), Target.atMost(2, 1.5));
  }

  /** The same against a Redis that writes nothing to disk: only its CPU is of interest. */
  void batchesWithoutAof() throws IOException, InterruptedException {
    var rounds = rounds("batch", Load.closed(settings.connections(), BATCH, settings.duration()));
    figures.add(
        "withoutAof.foldedPerSecond",
        "batches of 100, without AOF",
        "events/s",
        of(rounds, Round::foldedPerSecond));
    figures.add(
        "withoutAof.redisMicros",
        "  Redis CPU, without AOF",
        "µs/event",
        Target.atMost(2, 1.2),
        of(rounds, r -> r.perEvent(r.redisMicros())));
  }

  /** Batches of 1,000 with every room at work. */
  void batchesOfThousand(Load load) throws IOException, InterruptedException {
    round(load);
    var rounds = rounds("batch of 1,000", load);
    figures.add(
        "thousand.foldedPerSecond",
        "batches of 1,000, all views and three funnels",
        "events/s",
        of(rounds, Round::foldedPerSecond));
    addLoad("thousand", rounds, null, Target.atMost(2, 2));
  }

  void singles() throws IOException, InterruptedException {
    var rounds = rounds("single", Load.closed(SINGLE_CONNECTIONS, 1, settings.duration()));
    figures.add(
        "single.foldedPerSecond",
        "single events, all views folded",
        "events/s",
        of(rounds, Round::foldedPerSecond));
    addLoad("single", rounds, null, null);
  }

  private void ratio(String key, String title, String yardstick, @Nullable Target target) {
    double folded = figures.value("batch.foldedPerSecond").orElseThrow();
    figures
        .value(yardstick)
        .ifPresent(value -> figures.add(key, title, "×", target, folded / value));
  }

  private void addLoad(
      String key, List<Round> rounds, @Nullable Target serverTarget, @Nullable Target redisTarget) {
    var server = of(rounds, r -> r.perEvent(r.serverMicros()));
    var redis = of(rounds, r -> r.perEvent(r.redisMicros()));
    figures.add(
        key + ".acknowledgedPerSecond",
        "  acknowledged",
        "events/s",
        of(rounds, Round::acknowledgedPerSecond));
    figures.add(key + ".serverMicros", "  server CPU", "µs/event", serverTarget, server);
    figures.add(key + ".redisMicros", "  Redis CPU", "µs/event", redisTarget, redis);
    figures.add(
        key + ".generatorMicros",
        "  load generator CPU",
        "µs/event",
        of(rounds, r -> r.perEvent(r.generatorMicros())));
    figures.add(
        key + ".acknowledged.p50Millis",
        "  acknowledgement p50",
        "ms",
        of(rounds, r -> r.outcome().latencies().millis(50)));
    figures.add(
        key + ".acknowledged.p99Millis",
        "  acknowledgement p99",
        "ms",
        of(rounds, r -> r.outcome().latencies().millis(99)));
  }

  private static double[] of(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return rounds.stream().mapToDouble(figure).toArray();
  }

  private List<Round> rounds(String name, Load load) throws IOException, InterruptedException {
    var rounds = new ArrayList<Round>();
    for (int i = 1; i <= settings.rounds(); i++) {
      var round = round(load);
      rounds.add(round);
      progress.accept(
          "%s, round %d of %d: %s events/s folded"
              .formatted(name, i, settings.rounds(), Figures.number(round.foldedPerSecond())));
    }
    return rounds;
  }

  private Round round(Load load) throws IOException, InterruptedException {
    var before = server.status();
    long self = ProcessHandle.current().pid();
    long serverCpu = server.cpuMicros();
    long redisCpu = redis.cpuMicros();
    long generatorCpu = LocalProcess.cpuMicros(self);
    long start = System.nanoTime();
    var outcome = generator.run(load);
    long generatorMicros = LocalProcess.cpuMicros(self) - generatorCpu;
    var after = server.awaitFolded(before.appended() + outcome.acknowledged());
    double foldedSeconds = (System.nanoTime() - start) / 1e9;
    check(outcome, before, after);
    return new Round(
        outcome,
        foldedSeconds,
        server.cpuMicros() - serverCpu,
        redis.cpuMicros() - redisCpu,
        generatorMicros);
  }

  /** A figure of a server that refuses, loses or doubles events is no figure. */
  private static void check(
      Outcome outcome, RivuletServer.Status before, RivuletServer.Status after) throws IOException {
    if (outcome.refused() > 0) {
      throw new IOException(
          "%d of %d requests were not accepted whole, the first: %s"
              .formatted(outcome.refused(), outcome.latencies().size(), outcome.firstRefusal()));
    }
    long appended = after.appended() - before.appended();
    if (appended != outcome.acknowledged() || after.duplicates() != before.duplicates()) {
      throw new IOException(
          "%d events were acknowledged, but the status went from %s to %s"
              .formatted(outcome.acknowledged(), before, after));
    }
  }

  /**
   * From acknowledgement to visibility at a steady 20,000 events a second, open loop: a probe event
   * is sent, and from its acknowledgement on its count is asked for, 1 ms apart, until it has gone
   * up. The figure holds the query's own time and up to 1 ms of waiting, so it is an upper bound.
   */
  void visibility() throws IOException, InterruptedException {
    var load =
        Load.open(
            settings.connections(),
            BATCH,
            settings.duration().multipliedBy(3),
            STEADY_EVENTS_PER_SECOND);
    var before = server.status();
    var running = CompletableFuture.supplyAsync(() -> run(load));
    var visible = new Latencies();
    long probes = 0;
    try (var http = server.connect()) {
      while (!running.isDone()) {
        String probe = "{\"event\":\"%s\",\"user\":\"probe-%d\"}".formatted(PROBE, probes);
        RivuletServer.json(http.post("/api/v1/events", probe));
        long acknowledged = System.nanoTime();
        probes++;
        while (total(http) < probes) {
          if (System.nanoTime() - acknowledged > Duration.ofSeconds(30).toNanos()) {
            throw new IOException("Probe " + probes + " was not visible after 30 s.");
          }
          Thread.sleep(1);
        }
        visible.add(System.nanoTime() - acknowledged);
        // Probes must not march in step with the server's commits.
        Thread.sleep(probes * 7 % 11);
      }
    }
    var outcome = running.join();
    var after = server.awaitFolded(before.appended() + outcome.acknowledged() + probes);
    if (outcome.refused() > 0 || after.duplicates() != before.duplicates()) {
      throw new IOException("Not all was accepted at a steady rate: " + outcome.firstRefusal());
    }
    figures.add("visible.probes", "at 20,000 events/s: probes", "", visible.size());
    figures.add("visible.p50Millis", "  acknowledged to visible p50", "ms", visible.millis(50));
    figures.add(
        "visible.p99Millis",
        "  acknowledged to visible p99",
        "ms",
        Target.atMost(100, 100),
        visible.millis(99));
    figures.add(
        "visible.acknowledged.p99Millis",
        "  acknowledgement p99",
        "ms",
        outcome.latencies().millis(99));
    progress.accept("visibility: %d probes".formatted(probes));
  }

  private Outcome run(Load load) {
    try {
      return generator.run(load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long total(HttpConnection http) throws IOException {
    var answer = http.get("/api/v1/events/count?last=2h&step=1h&event=" + PROBE);
    // Until the name is known the server may say 404.
    return answer.status() == 404 ? 0 : RivuletServer.json(answer).path("total").longValue();
  }

  /** Events of the last 24 h, in order of time, as an import would bring them. */
  void load() throws IOException, InterruptedException {
    long dayMillis = Duration.ofDays(1).toMillis();
    long start = System.currentTimeMillis() - dayMillis;
    double millisPerEvent = (double) dayMillis / settings.events();
    round(
        new Load(
            settings.connections(),
            BATCH,
            Duration.ofMinutes(10),
            settings.events(),
            0,
            sent -> start + (long) (sent * millisPerEvent)));
    progress.accept("%,d events of the last 24 h loaded".formatted(settings.events()));
  }
}
