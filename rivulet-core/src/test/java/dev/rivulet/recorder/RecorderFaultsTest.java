package dev.rivulet.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.Summary;
import dev.rivulet.recorder.FaultyDestination.Fault;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log is away, hangs, or takes things without a word. */
class RecorderFaultsTest {
  private final ManualClock clock = new ManualClock("2026-11-23T10:00:00Z");
  private final FaultyDestination log = new FaultyDestination();
  private final Recorder recorder =
      new Recorder(RecorderOptions.defaults().withMostWaitingBytes(1 << 20), clock, log);

  RecorderFaultsTest() {
    recorder.startShipping();
  }

  @Test
  void ship_faultsOfAllSorts_countsEachValueOnce() throws Exception {
    long seed = System.nanoTime();
    System.out.println("RecorderFaultsTest seed " + seed);
    var random = new Random(seed);
    var naive = new Summary();
    var faults = List.of(Fault.NONE, Fault.REFUSED, Fault.REPLY_LOST, Fault.HALF_LOST);
    for (int second = 0; second < 300; second++) {
      for (int i = 0; i < 50; i++) {
        double value = Math.exp(random.nextGaussian());
        naive.add(value, 0);
        recorder.histogram("basket", "shop", "s" + random.nextInt(5)).record(value);
      }
      clock.addMillis(1_000);
      recorder.tick();
      if (second % 10 == 0) {
        log.fault(faults.get(random.nextInt(faults.size())));
      }
      Thread.sleep(random.nextInt(3));
    }
    log.fault(Fault.NONE);
    recorder.close();
    var merged = new Summary();
    log.samples("basket").forEach(sample -> merged.add(sample.values()));
    RecorderContentionTest.assertSameValues(naive, merged);
    assertEquals(0, recorder.books().droppedValues());
    RecorderTest.assertBalanced(recorder);
  }

  @Test
  void record_destinationHangs_returnsAndLosesNothing() throws Exception {
    var basket = recorder.histogram("basket");
    log.kindsHang(true);
    basket.record(1);
    clock.addMillis(1_000);
    recorder.tick();
    log.awaitKindAsked(); // from here on the shipping thread is stuck
    for (int i = 0; i < 100_000; i++) {
      basket.record(i);
    }
    recorder.counter("orders").add(1);
    recorder.gauge("depth").set(1);
    recorder.responseTimes("/", "GET").record(200, 1);
    clock.addMillis(120_000);
    recorder.tick();
    assertEquals(100_004, recorder.books().waiting());
    log.kindsHang(false);
    recorder.close();
    assertEquals(100_001, count(log.samples("basket")));
    RecorderTest.assertBalanced(recorder);
  }

  @Test
  void waiting_pastTheBound_dropsTheOldestAndTells() throws Exception {
    log.fault(Fault.REFUSED);
    for (int minute = 0; minute < 100; minute++) {
      for (int series = 0; series < 100; series++) {
        recorder.counter("orders", "shop", "s" + series).add(1);
      }
      clock.addMillis(60_000);
      recorder.tick();
      if (minute == 0) {
        log.awaitAttempts(1); // the first minute is in hand and stays
      }
    }
    RecorderTest.assertBalanced(recorder);
    long dropped = recorder.dropped().get(Loss.BUFFER_FULL);
    assertTrue(dropped > 0);
    log.fault(Fault.NONE);
    while (recorder.books().waiting() > 0) {
      Thread.sleep(1);
    }
    assertEquals(10_000, dropped + count(log.samples("orders")));
    clock.addMillis(1_000);
    recorder.tick();
    recorder.close();
    double told = log.samples(Windows.DROPPED).stream().mapToDouble(s -> s.values().sum()).sum();
    long dropsOfNotes = recorder.dropped().get(Loss.BUFFER_FULL) - dropped;
    assertEquals(0, dropsOfNotes);
    assertEquals((double) dropped, told);
    RecorderTest.assertBalanced(recorder);
  }

  @Test
  void ship_kindOfAnotherProcess_isDroppedCountedAndTold() {
    log.kind("depth", MetricKind.HISTOGRAM);
    recorder.gauge("depth").set(1);
    recorder.counter("orders").add(1);
    recorder.close();
    assertEquals(List.of(), log.samples("depth"));
    assertEquals(1, count(log.samples("orders")));
    assertEquals(1, recorder.dropped().get(Loss.KIND_CONFLICT));
    assertEquals(
        List.of(
            "kind_conflict: metric 'depth' is a histogram, not a gauge: the first kind of a name"
                + " stays, use another name"),
        log.refusals());
  }

  @Test
  void ship_ownMetricOfAnotherKind_isNotToldForEver() throws Exception {
    log.kind(Windows.DROPPED, MetricKind.GAUGE);
    recorder.counter("orders").add(Double.NaN);
    for (int second = 0; second < 20; second++) {
      clock.addMillis(1_000);
      recorder.tick();
      while (recorder.books().waiting() > 0) {
        Thread.sleep(1);
      }
    }
    recorder.close();
    assertEquals(1, recorder.dropped().get(Loss.KIND_CONFLICT));
    RecorderTest.assertBalanced(recorder);
  }

  @Test
  void close_lossesJustBefore_areToldToo() {
    recorder.counter("orders").add(Double.NaN);
    recorder.close();
    assertEquals(1, count(log.samples(Windows.DROPPED)));
    assertEquals(0, recorder.dropped().get(Loss.CLOSED));
  }

  @Test
  void close_storeAway_countsWhatIsLeft() throws Exception {
    log.fault(Fault.HANGS);
    var orders = recorder.counter("orders");
    orders.add(1);
    clock.addMillis(1_000);
    recorder.tick();
    log.awaitAttempts(0);
    while (recorder.books().waiting() != 1) {
      Thread.sleep(1);
    }
    orders.add(1);
    orders.add(1);
    recorder.close();
    var dropped = recorder.dropped();
    assertEquals(3, dropped.get(Loss.UNCERTAIN) + dropped.get(Loss.CLOSED), dropped::toString);
    assertEquals(0, recorder.books().waiting());
    RecorderTest.assertBalanced(recorder);
  }

  private static long count(List<Sample> samples) {
    return samples.stream().mapToLong(sample -> sample.values().count()).sum();
  }
}
