package dev.rivulet.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.measure.Summary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many threads, one series, drained all the time: nothing is lost and nothing counts twice. */
class RecorderContentionTest {
  private static final int THREADS = 8;
  private static final int VALUES = 400_000;

  @Test
  void record_manyThreadsWhileDrained_exact() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RecorderContentionTest seed " + seed);
    var log = new FaultyDestination();
    var options = RecorderOptions.defaults().withInterval(Duration.ofMillis(10));
    var naive = new Summary();
    try (var recorder = Recorder.start(options, InstantSource.system(), log)) {
      var times = recorder.responseTimes("/", "GET");
      var depth = recorder.gauge("depth");
      for (Summary own : inParallel(thread -> hammer(times, depth, new Random(seed + thread)))) {
        naive.add(own);
      }
      recorder.close();
      RecorderTest.assertBalanced(recorder);
      assertEquals(0, recorder.books().droppedValues());
    }
    var merged = new Summary();
    log.samples("response_time").forEach(sample -> merged.add(sample.values()));
    assertSameValues(naive, merged);
    long set = log.samples("depth").stream().mapToLong(s -> s.values().count()).sum();
    assertEquals((long) THREADS * (VALUES / 10), set);
  }

  @Test
  void close_whileThreadsRecord_everyValueIsShippedOrCounted() throws Exception {
    for (int round = 0; round < 20; round++) {
      var log = new FaultyDestination();
      var recorder = Recorder.start(RecorderOptions.defaults(), InstantSource.system(), log);
      var basket = recorder.histogram("basket");
      int pause = round;
      inParallel(
          thread -> {
            if (thread == 0) {
              Thread.sleep(pause);
              recorder.close();
              return new Summary();
            }
            for (int i = 0; i < VALUES / 10; i++) {
              basket.record(i);
            }
            return new Summary();
          });
      long shipped = log.samples("basket").stream().mapToLong(s -> s.values().count()).sum();
      assertEquals((THREADS - 1L) * (VALUES / 10), shipped + recorder.dropped().get(Loss.CLOSED));
      RecorderTest.assertBalanced(recorder);
    }
  }

  private static Summary hammer(ResponseTimes times, Gauge depth, Random random) {
    var naive = new Summary();
    for (int i = 0; i < VALUES; i++) {
      long nanos = (long) (Math.exp(random.nextGaussian() * 2) * 1e6);
      times.record(200, nanos);
      naive.add(nanos / 1e6, 0);
      if (i % 10 == 0) {
        depth.set(i);
      }
    }
    return naive;
  }

  private interface Work {
    Summary run(int thread) throws Exception;
  }

  private static List<Summary> inParallel(Work work) throws Exception {
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Summary>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(() -> work.run(thread));
      }
      List<Summary> done = new ArrayList<>();
      for (Future<Summary> future : pool.invokeAll(tasks)) {
        done.add(future.get());
      }
      return done;
    } finally {
      pool.shutdownNow();
    }
  }

  /** All but the last value, which depends on who came last. */
  static void assertSameValues(Summary wanted, Summary found) {
    assertEquals(wanted.count(), found.count());
    assertEquals(wanted.sum(), found.sum());
    assertEquals(wanted.min(), found.min());
    assertEquals(wanted.max(), found.max());
    assertEquals(bins(wanted), bins(found));
  }

  private static Map<Integer, Long> bins(Summary summary) {
    Map<Integer, Long> bins = new TreeMap<>();
    summary.bins(bins::put);
    return bins;
  }
}
