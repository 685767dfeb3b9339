package dev.rivulet.bench;

import dev.rivulet.bench.Figures.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The benchmark: yardsticks and Rivulet in one run on one machine, printed as a table and written
 * as JSON. {@code docs/benchmark.md} describes the method of each figure.
 */
@Command(
    name = "rivulet-bench/run",
    description = "Measures Rivulet over HTTP beside redis-benchmark, nginx and the naive way.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  private enum Stage {
    REDIS,
    NAIVE,
    BATCHES,
    SINGLES,
    WRK,
    VISIBILITY,
    QUERIES,
    MEMORY,
    RESTART,
    LIVE,
    RECORDER,
    JOURNEYS;

    private boolean needsServer() {
      return this != REDIS && this != NAIVE && this != LIVE && this != RECORDER && this != JOURNEYS;
    }
  }

  @Option(names = "--rounds", description = "Rounds of each throughput figure (${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--seconds", description = "Seconds of each round (${DEFAULT-VALUE}).")
  private int seconds = 4;

  @Option(
      names = "--connections",
      description = "Connections that send batches (${DEFAULT-VALUE}).")
  private int connections = 16;

  @Option(
      names = "--events",
      description = "Events loaded over 24 h before the queries (${DEFAULT-VALUE}).")
  private long events = 1_000_000;

  @Option(
      names = "--people",
      description = "People of the journeys, for funnels and retention (${DEFAULT-VALUE}).")
  private int people = 1_000_000;

  @Option(
      names = "--quick",
      description = "A smoke run: one round of 1 s, 50,000 events, 20,000 people.")
  private boolean quick;

  @Option(
      names = "--without-aof",
      description = "Also the batches against a Redis without AOF, for its CPU.")
  private boolean withoutAof;

  @Option(
      names = "--only",
      split = ",",
      description = "Only these of: ${COMPLETION-CANDIDATES}. Without REDIS there is no ratio.")
  private Set<Stage> only = EnumSet.allOf(Stage.class);

  @Option(
      names = "--java-option",
      description = "JVM options of the server instead of the launcher's (${DEFAULT-VALUE}).")
  private List<String> javaOptions =
      List.of("-Xmx1g", "-XX:MaxDirectMemorySize=256m", "-XX:+UseParallelGC");

  @Option(names = "--out", description = "The result file (${DEFAULT-VALUE}).")
  private Path out = Path.of("benchmark.json");

  @Spec private CommandSpec specification = CommandSpec.create();

  private final Figures figures = new Figures();

  /**
   * What the stages need to know.
   *
   * @param duration of one round
   * @param queries measured per query, and as many before that
   */
  record Settings(int rounds, Duration duration, int connections, long events, int queries) {}

  public static void main(String[] arguments) {
    var commandLine =
        new CommandLine(new Bench())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  if (failure instanceof IOException) {
                    System.err.println("rivulet-bench: " + failure.getMessage());
                    return 1;
                  }
                  throw failure;
                });
    System.exit(commandLine.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    positive("--rounds", rounds);
    positive("--seconds", seconds);
    positive("--connections", connections);
    positive("--events", events);
    positive("--people", people);
    var settings =
        quick
            ? new Settings(1, Duration.ofSeconds(1), connections, 50_000, 100)
            : new Settings(rounds, Duration.ofSeconds(seconds), connections, events, 500);
    var json = Machine.describe(settings);
    Path scratch = Files.createTempDirectory("rivulet-bench");
    try {
      yardsticks(settings, scratch);
      if (only.stream().anyMatch(Stage::needsServer)) {
        rivulet(settings, scratch);
      }
      if (only.contains(Stage.LIVE)) {
        live(settings, scratch.resolve("live"));
      }
      if (only.contains(Stage.RECORDER)) {
        recorder(settings, scratch.resolve("recorder"));
      }
      if (only.contains(Stage.JOURNEYS)) {
        journeys(settings, scratch.resolve("journeys"));
      }
      if (withoutAof) {
        rivuletWithoutAof(settings, scratch.resolve("without-aof"));
      }
    } finally {
      delete(scratch);
    }
    figures.writeTo(json);
    Files.writeString(out, json.toPrettyString() + "\n");
    System.out.println();
    System.out.print(figures.table());
    System.out.printf(
        "%n%s, %d cores, %s, JDK %s, Redis %s, %s; load %s at the start%nWritten to %s%n",
        json.at("/machine/cpu").asText(),
        json.at("/machine/cores").asInt(),
        json.at("/machine/system").asText(),
        json.get("jdk").asText(),
        json.get("redis").asText(),
        json.get("date").asText(),
        json.at("/machine/loadAverage").asText(),
        out);
    return 0;
  }

  private void positive(String option, long value) {
    if (value < 1) {
      throw new CommandLine.ParameterException(
          specification.commandLine(), option + " must be at least 1, not " + value);
    }
  }

  private void yardsticks(Settings settings, Path scratch)
      throws IOException, InterruptedException {
    try (var redis = LocalProcess.redis(scratch.resolve("yardstick"), true)) {
      var duration = settings.duration();
      if (only.contains(Stage.REDIS)) {
        var incr = rounds("INCR", settings, () -> Yardsticks.incr(redis, duration));
        var xadd = rounds("XADD 250 B", settings, () -> Yardsticks.xadd(redis, duration));
        figures.add("incr.perSecond", "redis-benchmark -P 64, INCR", "/s", incr);
        figures.add("xadd.perSecond", "redis-benchmark -P 64, XADD 250 B", "/s", xadd);
      }
      if (only.contains(Stage.NAIVE)) {
        var cpu = new double[settings.rounds()];
        var rate = new double[settings.rounds()];
        for (int i = 0; i < settings.rounds(); i++) {
          var naive = Yardsticks.naive(redis, duration);
          rate[i] = naive.eventsPerSecond();
          cpu[i] = naive.redisCpuMicros();
        }
        progress("naive way: " + Figures.number(rate[0]) + " events/s");
        figures.add("naive.perSecond", "naive way, 4 commands an event", "events/s", rate);
        figures.add("naive.redisMicros", "  Redis CPU", "µs/event", cpu);
      }
    }
  }

  private void rivulet(Settings settings, Path scratch) throws IOException, InterruptedException {
    var atRest = new AtRest(settings, figures);
    try (var redis = LocalProcess.redis(scratch.resolve("redis"), true)) {
      Path directory = scratch.resolve("server");
      try (var server = RivuletServer.start(redis, directory, javaOptions)) {
        progress("server ready after " + Figures.number(server.readySeconds()) + " s");
        var stages = new Stages(settings, redis, server, figures, Bench::progress);
        stages.warmUp();
        if (only.contains(Stage.BATCHES)) {
          stages.batches();
        }
        if (only.contains(Stage.SINGLES)) {
          stages.singles();
        }
        if (only.contains(Stage.WRK)) {
          wrk(settings, server, scratch);
        }
        if (only.contains(Stage.VISIBILITY)) {
          stages.visibility();
        }
        if (only.contains(Stage.QUERIES)) {
          stages.load();
          atRest.queries(server);
        }
        if (only.contains(Stage.MEMORY)) {
          atRest.memory(redis, server);
        }
      }
      if (only.contains(Stage.RESTART)) {
        atRest.restarts(redis, directory, javaOptions);
      }
    }
  }

  /** Two servers that know of each other only through their Redis. */
  private void live(Settings settings, Path directory) throws IOException, InterruptedException {
    try (var redis = LocalProcess.redis(directory.resolve("redis"), true);
        var a = RivuletServer.start(redis, directory.resolve("a"), javaOptions);
        var b = RivuletServer.start(redis, directory.resolve("b"), javaOptions)) {
      new LiveNodes(settings, a, b, figures, Bench::progress).measure();
    }
  }

  /** JMH in processes of its own; then on a Redis and a server of its own. */
  private void recorder(Settings settings, Path directory)
      throws IOException, InterruptedException {
    var stage = new RecorderStage(settings, figures, Bench::progress);
    stage.calls();
    try (var redis = LocalProcess.redis(directory.resolve("redis"), true);
        var server = RivuletServer.start(redis, directory.resolve("server"), javaOptions)) {
      stage.load(redis, server);
    }
  }

  /** On a Redis of its own: the state per person is to be that of these people. */
  private void journeys(Settings settings, Path directory)
      throws IOException, InterruptedException {
    try (var redis = LocalProcess.redis(directory.resolve("redis"), true);
        var server = RivuletServer.start(redis, directory.resolve("server"), javaOptions)) {
      int count = quick ? Math.min(people, 20_000) : people;
      new Journeys(settings, count, redis, server, figures, Bench::progress).measure();
    }
  }

  private void rivuletWithoutAof(Settings settings, Path directory)
      throws IOException, InterruptedException {
    try (var redis = LocalProcess.redis(directory.resolve("redis"), false);
        var server = RivuletServer.start(redis, directory.resolve("server"), javaOptions)) {
      var stages = new Stages(settings, redis, server, figures, Bench::progress);
      stages.warmUp();
      stages.batchesWithoutAof();
    }
  }

  /** Single events and nginx's 204, both counted by wrk with 64 connections on one thread. */
  private void wrk(Settings settings, RivuletServer server, Path scratch)
      throws IOException, InterruptedException {
    Path script = scratch.resolve("single.lua");
    try (var resource = Bench.class.getResourceAsStream("single.lua")) {
      Files.write(script, Objects.requireNonNull(resource).readAllBytes());
    }
    var duration = settings.duration();
    double[] nginx;
    try (var process = LocalProcess.nginx(scratch.resolve("nginx"))) {
      nginx =
          rounds("nginx", settings, () -> Yardsticks.wrk(process.address(), duration, List.of()));
    }
    var single =
        rounds(
            "single events by wrk",
            settings,
            () ->
                Yardsticks.wrk(
                    server.address(),
                    duration,
                    List.of(
                        script.toString(),
                        RivuletServer.WRITE_KEY,
                        Long.toString(System.nanoTime() & 0xfffffff))));
    figures.add("nginx.perSecond", "nginx answering 204 (wrk, 64 connections)", "req/s", nginx);
    double of = figures.value("nginx.perSecond").orElseThrow();
    double least = Math.min(26_000, 0.4 * of);
    figures.add(
        "wrk.perSecond",
        "single events (wrk, 64 connections)",
        "req/s",
        Target.atLeast(least, least),
        single);
    figures.add(
        "wrk.ratioToNginx", "  of nginx", "×", figures.value("wrk.perSecond").orElseThrow() / of);
    var status = server.awaitFolded(0);
    if (status.duplicates() != 0) {
      throw new IOException("wrk sent ids twice: " + status);
    }
  }

  private interface Measurement {
    double measure() throws IOException, InterruptedException;
  }

  private static double[] rounds(String name, Settings settings, Measurement measurement)
      throws IOException, InterruptedException {
    var values = new double[settings.rounds()];
    for (int i = 0; i < values.length; i++) {
      values[i] = measurement.measure();
      progress(
          "%s, round %d of %d: %s/s"
              .formatted(name, i + 1, values.length, Figures.number(values[i])));
    }
    return values;
  }

  private static void progress(String line) {
    System.err.println(String.format(Locale.ROOT, "%tT  %s", System.currentTimeMillis(), line));
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
