package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.Summary;
import dev.rivulet.recorder.Loss;
import dev.rivulet.recorder.Recorder;
import dev.rivulet.recorder.RecorderBooks;
import dev.rivulet.recorder.RecorderOptions;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What applications record while the store fails is in the log, and in the answers, once. */
@ExtendWith(RealRedis.Shared.class)
class RecordersIT {
  private static final int ROUNDS = Math.min(5, Chance.rounds());
  private static final int THREADS = 2;

  /** A tenth of a second: many shipments fall into each outage. */
  private static final RecorderOptions OFTEN =
      RecorderOptions.defaults().withInterval(Duration.ofMillis(100));

  @Test
  void record_twoNodesWhileRedisIsKilledAndStopped_exact() throws Exception {
    long seed = Chance.seed("RecordersIT");
    var random = new Random(seed);
    try (var redis = RealRedis.durable();
        var one = open(redis, "one");
        var two = open(redis, "two")) {
      var recorders = List.of(one.recorder(OFTEN), two.recorder(OFTEN));
      var stopped = new boolean[1];
      var pool = Executors.newCachedThreadPool();
      List<Future<Map<String, Summary>>> recorded = new ArrayList<>();
      for (int i = 0; i < recorders.size() * THREADS; i++) {
        Recorder recorder = recorders.get(i % recorders.size());
        var own = new Random(seed + i);
        Callable<Map<String, Summary>> work = () -> record(recorder, own, stopped);
        recorded.add(pool.submit(work));
      }
      for (int round = 0; round < ROUNDS; round++) {
        awaitShipped(recorders);
        if (round % 3 == 2) {
          redis.stop(); // replies are late, and lost where nobody waits for them so long
          Patience.pause(3_000);
          redis.cont();
        } else {
          redis.kill9();
          Patience.pause(random.nextInt(1_500));
          redis.restart();
        }
      }
      awaitShipped(recorders);
      synchronized (stopped) {
        stopped[0] = true;
      }
      Map<String, Summary> naive = new TreeMap<>();
      for (Future<Map<String, Summary>> each : recorded) {
        each.get().forEach((series, values) -> merge(naive, series, values));
      }
      pool.shutdown();
      for (Recorder recorder : recorders) { // to close waits for 5 s only
        Patience.until("all is shipped", () -> recorder.books().waiting() == 0);
      }
      recorders.forEach(Recorder::close);
      for (Recorder recorder : recorders) {
        RecorderBooks books = recorder.books();
        assertEquals(books.recorded(), books.shipped(), books::toString);
        assertEquals(0, books.droppedValues(), books::toString);
      }
      assertSame(naive, logged(redis, one));
      Patience.until("all is folded", () -> one.status().pending() == 0);
      assertAnswered(one, naive);
    }
  }

  @Test
  void close_rivulet_shipsWhatIsLeftOnce(RealRedis redis) {
    try (var rivulet = open(redis, "one")) {
      for (int i = 0; i < 1_000; i++) {
        rivulet.recorder().histogram("basket").record(i);
      }
    }
    try (var later = open(redis, "two")) {
      Map<String, Summary> logged = logged(redis, later);
      assertEquals(1_000, sum(logged, "basket").count());
      assertEquals(499_500, sum(logged, "basket").sum());
    }
  }

  @Test
  void record_redisAbsent_returnsAndArrivesLater() {
    try (var redis = RealRedis.durable();
        var rivulet = open(redis, "one")) {
      Recorder recorder = rivulet.recorder(OFTEN);
      recorder.counter("orders").add(1);
      Patience.until("the first is shipped", () -> recorder.books().waiting() == 0);
      redis.kill9();
      for (int i = 0; i < 100_000; i++) {
        recorder.counter("orders").add(1);
        recorder.responseTimes("/orders", "GET").record(200, i);
        recorder.gauge("new-while-away").set(i);
      }
      assertTrue(recorder.books().waiting() > 0);
      redis.restart();
      Patience.until("all is shipped", () -> recorder.books().waiting() == 0);
      recorder.close();
      Map<String, Summary> logged = logged(redis, rivulet);
      assertEquals(100_001, sum(logged, "orders").sum());
      assertEquals(100_000, sum(logged, "response_time").count());
      assertEquals(0, recorder.books().droppedValues());
    }
  }

  @Test
  void record_kindOfAnotherNode_isDroppedCountedAndTold(RealRedis redis) {
    try (var one = open(redis, "one");
        var two = open(redis, "two")) {
      Recorder counting = one.recorder(OFTEN);
      counting.counter("orders").add(1);
      Patience.until("the first is shipped", () -> counting.books().waiting() == 0);
      Recorder levelling = two.recorder(OFTEN);
      levelling.gauge("orders").set(5);
      Patience.until(
          "the conflict is seen", () -> levelling.dropped().get(Loss.KIND_CONFLICT) == 1);
      Patience.until(
          "the loss is told",
          () ->
              logged(redis, one).keySet().stream()
                  .anyMatch(key -> key.contains("rivulet.recorder.dropped{reason=kind_conflict")));
      counting.close();
      levelling.close();
      assertEquals(1, sum(logged(redis, one), "orders").sum());
    }
  }

  private static Map<String, Summary> record(Recorder recorder, Random random, boolean[] stopped)
      throws InterruptedException {
    var times = recorder.responseTimes("/orders/{id}", "GET");
    var basket = recorder.histogram("basket", "shop", "berlin");
    var revenue = recorder.counter("revenue");
    Map<String, Summary> naive = new TreeMap<>();
    while (true) {
      synchronized (stopped) {
        if (stopped[0]) {
          return naive;
        }
      }
      for (int i = 0; i < 1_000; i++) {
        int status = random.nextInt(20) == 0 ? 500 : 200;
        long nanos = (long) (Math.exp(random.nextGaussian()) * 20e6);
        times.record(status, nanos);
        String tags = "{endpoint=/orders/{id}, method=GET, status=" + status + "}";
        naive.computeIfAbsent("response_time" + tags, s -> new Summary()).add(nanos / 1e6, 0);
        double items = 1 + random.nextInt(9);
        basket.record(items);
        naive.computeIfAbsent("basket{shop=berlin}", s -> new Summary()).add(items, 0);
        double euros = random.nextInt(100_000) / 100.0 - 10;
        revenue.add(euros);
        naive.computeIfAbsent("revenue{}", s -> new Summary()).add(euros, 0);
      }
      Thread.sleep(1);
    }
  }

  /** Waits until each has shipped something more. */
  private static void awaitShipped(List<Recorder> recorders) {
    for (Recorder recorder : recorders) {
      long before = recorder.books().shipped();
      Patience.until("more is shipped", () -> recorder.books().shipped() > before);
    }
  }

  /** What the log holds, by series, each id once. */
  private static Map<String, Summary> logged(RealRedis redis, Rivulet rivulet) {
    Map<String, Summary> logged = new TreeMap<>();
    int partitions = rivulet.status().partitions().size();
    SurvivingLog.events(redis.address(), partitions).stream()
        .filter(event -> event.kind().measured())
        .map(Sample::of)
        .forEach(
            sample ->
                merge(logged, sample.series().metric() + sample.series().tags(), sample.values()));
    return logged;
  }

  private static void merge(Map<String, Summary> all, String series, Summary values) {
    all.computeIfAbsent(series, s -> new Summary()).add(values);
  }

  private static Summary sum(Map<String, Summary> logged, String metric) {
    var all = new Summary();
    logged.forEach(
        (series, values) -> {
          if (series.startsWith(metric + "{")) {
            all.add(values);
          }
        });
    return all;
  }

  private static void assertSame(Map<String, Summary> naive, Map<String, Summary> logged) {
    assertEquals(naive.keySet(), logged.keySet());
    naive.forEach(
        (series, wanted) -> {
          Summary found = logged.get(series);
          assertEquals(wanted.count(), found.count(), series);
          assertEquals(wanted.sum(), found.sum(), series);
          assertEquals(wanted.min(), found.min(), series);
          assertEquals(wanted.max(), found.max(), series);
          assertEquals(bins(wanted), bins(found), series);
        });
  }

  private static void assertAnswered(Rivulet rivulet, Map<String, Summary> naive) {
    for (String metric : List.of("response_time", "basket", "revenue")) {
      Summary wanted = sum(naive, metric);
      assertEquals((double) wanted.count(), answer(rivulet, metric, Stat.COUNT), metric);
      assertEquals(wanted.sum(), answer(rivulet, metric, Stat.SUM), metric);
      assertEquals(wanted.min(), answer(rivulet, metric, Stat.MIN), metric);
      assertEquals(wanted.max(), answer(rivulet, metric, Stat.MAX), metric);
      assertEquals(wanted.percentile(0.99), answer(rivulet, metric, Stat.P99), metric);
    }
    var byNode =
        rivulet.ask(history("revenue", Stat.COUNT, "node")).groups().stream()
            .map(MetricHistory.Group::group)
            .sorted()
            .toList();
    assertEquals(List.of("one", "two"), byNode);
  }

  private static Double answer(Rivulet rivulet, String metric, Stat stat) {
    return rivulet.ask(history(metric, stat, null)).value();
  }

  private static MetricHistory history(String metric, Stat stat, String by) {
    var range = Range.last(Duration.ofHours(1));
    return new MetricHistory("default", metric, stat, Map.of(), by, range, null, null);
  }

  private static Map<Integer, Long> bins(Summary summary) {
    Map<Integer, Long> bins = new TreeMap<>();
    summary.bins(bins::put);
    return bins;
  }

  private static Rivulet open(RealRedis redis, String node) {
    return Rivulet.open(
        RivuletOptions.defaults().withRedis(redis.address().toString()).withNode(node));
  }
}
