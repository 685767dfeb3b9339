package dev.rivulet.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.Sample;
import dev.rivulet.recorder.FaultyDestination.Fault;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which moment a value counts at. */
class RecorderWindowsTest {
  private final ManualClock clock = new ManualClock("2026-11-23T10:00:58.300Z");
  private final FaultyDestination log = new FaultyDestination();
  private final Recorder recorder = new Recorder(RecorderOptions.defaults(), clock, log);

  RecorderWindowsTest() {
    recorder.startShipping();
  }

  @AfterEach
  void close() {
    recorder.close();
    RecorderTest.assertBalanced(recorder);
  }

  @Test
  void tick_aroundTheMinute_valuesStayInTheirs() throws Exception {
    var basket = recorder.histogram("basket");
    basket.record(1);
    tickAt("2026-11-23T10:00:59.000Z");
    basket.record(2);
    tickAt("2026-11-23T10:01:00.004Z");
    basket.record(3);
    tickAt("2026-11-23T10:01:01.000Z");
    assertEquals(List.of("10:00:58Z 1.0", "10:00:59Z 2.0", "10:01:00Z 3.0"), shown("basket"));
  }

  @Test
  void tick_storeAway_oneSketchPerMinuteInItsMinute() throws Exception {
    log.fault(Fault.REFUSED);
    var basket = recorder.histogram("basket");
    basket.record(0);
    clock.set("2026-11-23T10:00:59Z");
    recorder.tick(); // this one is sent, again and again
    for (int second = 0; second < 180; second++) {
      basket.record(1);
      clock.addMillis(1_000);
      recorder.tick();
    }
    log.fault(Fault.NONE);
    recorder.close();
    assertEquals(
        List.of(
            "10:00:58Z 0.0", "10:00:59Z 1.0", "10:01:00Z 60.0", "10:02:00Z 60.0", "10:03:00Z 59.0"),
        shown("basket"));
  }

  @Test
  void tick_clockSetBackAndForth_losesNothing() throws Exception {
    var basket = recorder.histogram("basket");
    basket.record(1);
    tickAt("2026-11-23T09:00:00.500Z");
    basket.record(2);
    tickAt("2026-11-23T09:00:01.000Z");
    basket.record(3);
    tickAt("2026-11-23T12:00:00.000Z");
    basket.record(4);
    tickAt("2026-11-23T12:00:01.000Z");
    assertEquals(
        List.of("09:00:00Z 1.0", "09:00:00Z 2.0", "09:00:01Z 3.0", "12:00:00Z 4.0"),
        shown("basket"));
  }

  @Test
  void gauge_unchanged_isShippedAgainEveryTenSeconds() throws Exception {
    recorder.gauge("depth").set(7);
    recorder.histogram("basket").record(7);
    for (int second = 0; second < 30; second++) {
      clock.addMillis(1_000);
      tickAndAwait();
    }
    assertEquals(List.of("10:00:58Z 7.0"), shown("basket"));
    List<Sample> beats = log.samples("depth");
    for (int i = 1; i < beats.size(); i++) {
      long pause = beats.get(i).occurredAt() - beats.get(i - 1).occurredAt();
      assertTrue(pause <= 10_000, () -> "silent for " + pause + " ms: " + beats);
    }
    assertEquals(4, beats.size(), beats::toString);
    assertEquals(7, beats.get(3).values().last());
  }

  @Test
  void gauge_lastInOrder_counts() throws Exception {
    var depth = recorder.gauge("depth");
    depth.set(9);
    depth.set(4);
    tickAt("2026-11-23T10:00:59Z");
    Sample first = log.samples("depth").get(0);
    assertEquals(4, first.values().last());
    assertEquals(9, first.values().max());
    assertEquals(2, first.values().count());
  }

  @Test
  void gauge_read_isShippedEachTimeUntilItEnds() throws Exception {
    var level = new AtomicReference<>(1.0);
    var depth =
        recorder.gauge(
            "depth",
            () -> {
              if (level.get() < 0) {
                throw new IllegalStateException("no queue");
              }
              return level.get();
            });
    tickAt("2026-11-23T10:00:59Z");
    level.set(2.0);
    tickAt("2026-11-23T10:01:00Z");
    level.set(-1.0);
    tickAt("2026-11-23T10:01:01Z");
    level.set(Double.NaN);
    tickAt("2026-11-23T10:01:02Z");
    depth.end();
    level.set(5.0);
    for (int second = 0; second < 30; second++) {
      clock.addMillis(1_000);
      tickAndAwait();
    }
    assertEquals(List.of("10:00:58Z 1.0", "10:00:59Z 2.0"), shown("depth"));
    depth.set(6);
    clock.addMillis(1_000);
    tickAndAwait();
    assertEquals(6, log.samples("depth").get(2).values().last());
    assertEquals(0, recorder.books().droppedValues());
  }

  private void tickAt(String time) throws InterruptedException {
    clock.set(time);
    tickAndAwait();
  }

  /** Ticks, and lets what it shipped arrive. */
  private void tickAndAwait() throws InterruptedException {
    recorder.tick();
    while (recorder.books().waiting() > 0) {
      Thread.sleep(1);
    }
  }

  /** When and how much, in order. */
  private List<String> shown(String metric) {
    return log.samples(metric).stream()
        .map(
            sample ->
                Instant.ofEpochMilli(sample.occurredAt()).toString().substring(11)
                    + " "
                    + sample.values().sum())
        .toList();
  }
}
