package dev.rivulet.bench;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.bench.Figures.Target;
import dev.rivulet.recorder.Recorder;
import dev.rivulet.recorder.ResponseTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What recording costs: a call by JMH, and a million response times a second end to end. */
final class RecorderStage {
  private static final int THREADS = 2;
  private static final int PER_SECOND = 1_000_000;
  private static final int ENDPOINTS = 20;

  private final Bench.Settings settings;
  private final Figures figures;
  private final Consumer<String> progress;

  RecorderStage(Bench.Settings settings, Figures figures, Consumer<String> progress) {
    this.settings = settings;
    this.figures = figures;
    this.progress = progress;
  }

  /** One thread alone, then as many as {@value #THREADS} and four times that in one series. */
  void calls() throws IOException {
    calls("responseTime", "response time recorded", 1, true);
    calls("responseTime", "  2 threads, one series", THREADS, false);
    calls("responseTime", "  8 threads, one series", 4 * THREADS, false);
    calls("histogram", "value of a histogram recorded", 1, false);
    calls("counter", "counter added to", 1, false);
    calls("gauge", "gauge set", 1, false);
  }

  private void calls(String method, String title, int threads, boolean bound) throws IOException {
    var second = TimeValue.milliseconds(settings.rounds() == 1 ? 300 : 1_000);
    var options =
        new OptionsBuilder()
            .include("RecorderBenchmark\\." + method + "$")
            .threads(threads)
            .forks(settings.rounds())
            .warmupIterations(3)
            .warmupTime(second)
            .measurementIterations(3)
            .measurementTime(second)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult run;
    try {
      run = new Runner(options).runSingle();
    } catch (RunnerException e) {
      throw new IOException("JMH could not run " + method + ": " + e.getMessage(), e);
    }
    double[] forks =
        run.getBenchmarkResults().stream()
            .mapToDouble(fork -> fork.getPrimaryResult().getScore())
            .toArray();
    String key = "recorder." + method + "." + threads;
    figures.add(key + ".nanos", title, "ns", bound ? Target.atMost(100, 100) : null, forks);
    double cpu = secondary(run, "cpuNanos") / secondary(run, "calls");
    figures.add(key + ".cpuNanos", "  CPU", "ns", cpu);
    double allocated = secondary(run, "gc.alloc.rate.norm");
    var none = Target.atMost(0.1, 0.1); // what the recorder's own threads allocate is in it
    figures.add(key + ".bytes", "  allocated per call", "B", none, allocated);
    progress.accept(
        "%s, %d threads: %s ns"
            .formatted(method, threads, Figures.number(run.getPrimaryResult().getScore())));
  }

  private static double secondary(RunResult run, String name) throws IOException {
    Result<?> result = run.getSecondaryResults().get(name);
    if (result == null) {
      throw new IOException("JMH did not say '" + name + "'");
    }
    return result.getScore();
  }

  /** A million response times a second of an application, folded by it and by a server. */
  void load(LocalProcess redis, RivuletServer server) throws IOException, InterruptedException {
    var options =
        RivuletOptions.defaults()
            .withRedis("redis://127.0.0.1:" + redis.address().getPort())
            .withNode("application");
    try (var rivulet = Rivulet.open(options)) {
      Recorder recorder = rivulet.recorder();
      record(recorder, Duration.ofSeconds(3)); // for the JIT
      long before = recorder.books().recorded();
      long log = logBytes(redis);
      long redisMicros = redis.cpuMicros();
      long serverMicros = server.cpuMicros();
      long ownMicros = LocalProcess.cpuMicros(ProcessHandle.current().pid());
      long start = System.nanoTime();
      record(recorder, settings.duration().multipliedBy(settings.rounds()));
      double seconds = (System.nanoTime() - start) / 1e9;
      double recorded = recorder.books().recorded() - before;
      figures.add(
          "recorder.perSecond", "response times of 2 threads, 40 series", "/s", recorded / seconds);
      figures.add(
          "recorder.redisMillis",
          "  Redis CPU",
          "ms/s",
          (redis.cpuMicros() - redisMicros) / seconds / 1e3);
      figures.add(
          "recorder.serverMillis",
          "  server CPU",
          "ms/s",
          (server.cpuMicros() - serverMicros) / seconds / 1e3);
      double own = LocalProcess.cpuMicros(ProcessHandle.current().pid()) - ownMicros;
      figures.add(
          "recorder.ownMillis",
          "  application CPU, its two threads included",
          "ms/s",
          own / seconds / 1e3);
      recorder.close();
      figures.add("recorder.logBytes", "  log", "B/s", (logBytes(redis) - log) / seconds);
      var books = recorder.books();
      server.awaitFolded(0);
      double counted = counted(server);
      if (books.droppedValues() != 0 || counted != books.shipped()) {
        throw new IOException("The server counts " + counted + " response times of " + books);
      }
    }
  }

  private static double counted(RivuletServer server) throws IOException {
    try (var http = server.connect()) {
      var answer = RivuletServer.json(http.get("/api/v1/metrics/response_time?stat=count&last=1h"));
      return answer.required("value").doubleValue();
    }
  }

  private static long logBytes(LocalProcess redis) {
    long bytes = 0;
    try (var jedis = Yardsticks.jedis(redis)) {
      for (String key : jedis.keys("rv:{*}:log")) {
        Long size = jedis.memoryUsage(key, 0);
        bytes += size == null ? 0 : size;
      }
    }
    return bytes;
  }

  private static void record(Recorder recorder, Duration duration)
      throws IOException, InterruptedException {
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int seed = i;
        running.add(pool.submit(() -> record(recorder, new Random(seed), duration)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("Recording failed: " + e.getCause(), e);
    } finally {
      pool.shutdown();
    }
  }

  /** Its share at an even pace, in strides of a millisecond; late strides are made up for. */
  private static void record(Recorder recorder, Random random, Duration duration) {
    var endpoints = new ResponseTimes[ENDPOINTS];
    for (int i = 0; i < ENDPOINTS; i++) {
      endpoints[i] = recorder.responseTimes("/api/resource-" + i, "GET");
    }
    long[] nanos = new long[4_096];
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = (long) (Math.exp(random.nextGaussian()) * 20e6);
    }
    int stride = PER_SECOND / THREADS / 1_000;
    int next = random.nextInt(nanos.length);
    long start = System.nanoTime();
    for (long millis = 0; millis < duration.toMillis(); millis++) {
      for (int i = 0; i < stride; i++) {
        next = next + 1 & nanos.length - 1;
        endpoints[next % ENDPOINTS].record((next & 15) == 0 ? 500 : 200, nanos[next]);
      }
      long early = start + millis * 1_000_000 - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      }
    }
  }
}
