package dev.rivulet.recorder;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What handles take, and what becomes of what they do not. */
class RecorderTest {
  private final ManualClock clock = new ManualClock("2026-11-23T10:00:00Z");
  private final FaultyDestination log = new FaultyDestination();
  private final Recorder recorder = recorder(RecorderOptions.defaults().withNode("web-1"));

  private Recorder recorder(RecorderOptions options) {
    var made = new Recorder(options, clock, log);
    made.startShipping();
    return made;
  }

  @AfterEach
  void close() {
    recorder.close();
    assertBalanced(recorder);
  }

  @Test
  void record_eachKind_isShippedWithKindTagsNodeAndId() {
    recorder.responseTimes("/orders/{id}", "GET").record(200, 12_500_000);
    recorder.histogram("basket", "shop", "berlin").record(3);
    recorder.counter("orders", "shop", "berlin").add(2);
    recorder.counter("revenue").add(19.99);
    recorder.gauge("queue_depth").set(7);
    recorder.close();

    var times = only("response_time");
    assertEquals(
        Map.of("endpoint", "/orders/{id}", "method", "GET", "status", "200"),
        times.series().tags());
    assertEquals(12.5, times.values().sum());
    assertEquals(MetricKind.HISTOGRAM, times.kind());
    assertEquals("web-1", times.node());
    assertEquals(36, String.valueOf(times.id()).length());
    assertEquals(MetricKind.HISTOGRAM, only("basket").kind());
    assertEquals(Map.of("shop", "berlin"), only("orders").series().tags());
    assertEquals(MetricKind.COUNTER, only("orders").kind());
    assertEquals(19.99, only("revenue").values().sum());
    assertEquals(MetricKind.GAUGE, only("queue_depth").kind());
    assertEquals(7, only("queue_depth").values().last());
  }

  @Test
  void handles_equalNameAndTags_shareOneSeries() {
    assertSame(
        recorder.responseTimes("/a", "GET"), recorder.responseTimes("/a", "GET"), "response times");
    assertSame(
        recorder.gauge("depth", "a", "1", "b", "2"), recorder.gauge("depth", "b", "2", "a", "1"));
    assertSame(recorder.histogram("basket"), recorder.histogram("basket"));
    assertSame(recorder.counter("orders", "a", "1"), recorder.counter("orders", "a", "1"));
    recorder.counter("orders", "a", "1", "b", "2").add(1);
    recorder.counter("orders", "b", "2", "a", "1", "c", "").add(1);
    recorder.close();
    assertEquals(2, only("orders").values().count());
  }

  @Test
  void handle_nameOfAnotherKind_namesBoth() {
    recorder.counter("orders", "shop", "berlin");
    var thrown =
        assertThrows(IllegalArgumentException.class, () -> recorder.gauge("orders", "shop", "x"));
    assertEquals(
        "metric 'orders' is a counter here and cannot be a gauge too: use another name",
        thrown.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> recorder.histogram("orders", "shop", "berlin"));
    assertThrows(IllegalArgumentException.class, () -> recorder.gauge(Windows.DROPPED));
  }

  @Test
  void handle_namesThatCannotBe_throwSayingWhy() {
    for (String name : new String[] {"", "*", "$other", "a\u0001b", "x".repeat(201)}) {
      assertThrows(IllegalArgumentException.class, () -> recorder.counter(name), name);
    }
    assertThrows(IllegalArgumentException.class, () -> recorder.counter("orders", "shop"));
    assertThrows(IllegalArgumentException.class, () -> recorder.counter("orders", "", "x"));
    assertThrows(IllegalArgumentException.class, () -> recorder.counter("orders", "a", null));
    assertThrows(
        IllegalArgumentException.class, () -> recorder.counter("orders", "a", "1", "a", "2"));
    assertThrows(
        IllegalArgumentException.class, () -> recorder.counter("orders", "k".repeat(101), "1"));
    var many = new String[42];
    for (int i = 0; i < many.length; i++) {
      many[i] = "t" + i;
    }
    assertThrows(IllegalArgumentException.class, () -> recorder.counter("orders", many));
    var options = RecorderOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> recorder(options.withNode("n".repeat(201))));
    for (String interval : new String[] {"PT0S", "PT0.001S", "PT7S", "PT1M", "-PT1S"}) {
      var every = Duration.parse(interval);
      assertThrows(IllegalArgumentException.class, () -> options.withInterval(every), interval);
    }
  }

  @Test
  void record_valuesThatCannotBe_areCountedAndNeverThrown() {
    var basket = recorder.histogram("basket");
    var times = recorder.responseTimes("/", "GET");
    for (double value :
        new double[] {
          Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        }) {
      basket.record(value);
      recorder.counter("orders").add(value);
      recorder.gauge("depth").set(value);
    }
    times.record(200, -1);
    times.record(200, Long.MIN_VALUE);
    recorder.histogram("response_time", "endpoint", "/").record(-0.5);
    assertEquals(12, recorder.dropped().get(Loss.INVALID_VALUE));

    for (double value : new double[] {-0.0, Double.MIN_VALUE, -Double.MAX_VALUE, 1e308, -3}) {
      basket.record(value);
    }
    times.record(200, 0);
    times.record(200, Long.MAX_VALUE);
    recorder.tick();
    recorder.close();
    assertEquals(5, only("basket").values().count());
    assertEquals(-Double.MAX_VALUE, only("basket").values().min());
    assertEquals(0, only("response_time").values().min());
    var told = only(Windows.DROPPED);
    assertEquals(Map.of("reason", "invalid_value"), told.series().tags());
    assertEquals(12, told.values().sum());
    assertEquals(MetricKind.COUNTER, told.kind());
  }

  @Test
  void responseTimes_statusesThatAreNone_countAsOther() {
    var times = recorder.responseTimes("/", "GET");
    for (int status : new int[] {0, -1, 99, 600, Integer.MAX_VALUE, 100, 599}) {
      times.record(status, 1_000_000);
    }
    recorder.close();
    var byStatus = new TreeMap<String, Long>();
    log.samples("response_time")
        .forEach(s -> byStatus.put(s.series().tags().get("status"), s.values().count()));
    assertEquals(Map.of("$other", 5L, "100", 1L, "599", 1L), byStatus);
  }

  @Test
  void series_pastTheBound_countUnderOther() {
    var small = recorder(RecorderOptions.defaults().withMostSeries(10));
    for (int i = 0; i < 1_000; i++) {
      small.responseTimes("/orders/" + i, "GET").record(200, 1_000_000);
      small.counter("orders", "user", "u" + i).add(1);
      small.counter("plain").add(1);
    }
    small.close();
    assertBalanced(small);
    assertTrue(log.samples().size() <= 10 + 3, () -> log.samples().toString());
    long named =
        log.samples().stream().filter(s -> !isOther(s)).mapToLong(RecorderTest::count).sum();
    assertEquals(9 + 1_000, named); // plain is one of the ten
    assertEquals(3_000, log.samples().stream().mapToLong(RecorderTest::count).sum());
    assertEquals(1_991, small.books().overflowed());
    assertEquals(0, small.books().droppedValues());
  }

  @Test
  void metrics_pastTheBound_areDroppedAndCounted() {
    for (int i = 0; i < 5_000; i++) {
      recorder.counter("orders-of-" + i).add(1);
    }
    long dropped = recorder.dropped().get(Loss.TOO_MANY_METRICS);
    recorder.close();
    long shipped =
        log.samples().stream()
            .filter(s -> !s.series().metric().equals(Windows.DROPPED))
            .mapToLong(RecorderTest::count)
            .sum();
    assertEquals(5_000, shipped + dropped);
    assertTrue(shipped >= 1_000, () -> "only " + shipped);
  }

  @Test
  void series_endlessTagNames_stayBounded() {
    var small = recorder(RecorderOptions.defaults().withMostSeries(10));
    for (int i = 0; i < 20_000; i++) {
      small.counter("orders", "user-" + i, "x").add(1);
    }
    small.close();
    assertBalanced(small);
    assertTrue(log.samples().size() < 5_000, () -> log.samples().size() + " series");
    long shipped = log.samples("orders").stream().mapToLong(RecorderTest::count).sum();
    assertEquals(20_000, shipped + small.dropped().get(Loss.TOO_MANY_METRICS));
  }

  @Test
  void tags_valuesThatCannotBeStored_becomeOther() {
    assertDoesNotThrow(
        () -> recorder.responseTimes("/" + "x".repeat(10_000), "GET").record(200, 1));
    recorder.responseTimes("/a\nb", "GET").record(200, 1);
    recorder.responseTimes("/\ud800", "GET").record(200, 1);
    recorder.close();
    assertEquals(3, only("response_time").values().count());
    assertEquals(
        Map.of("endpoint", "$other", "method", "GET", "status", "200"),
        only("response_time").series().tags());
    assertEquals(3, recorder.books().overflowed());
  }

  @Test
  void close_thenRecord_countsAsDropped() {
    var basket = recorder.histogram("basket");
    basket.record(1);
    recorder.close();
    basket.record(2);
    recorder.histogram("basket", "shop", "new").record(3);
    recorder.responseTimes("/new", "GET").record(200, 4);
    recorder.close();
    assertEquals(1, only("basket").values().count());
    assertEquals(3, recorder.dropped().get(Loss.CLOSED));
  }

  static void assertBalanced(Recorder recorder) {
    RecorderBooks books = recorder.books();
    assertEquals(
        books.recorded(),
        books.shipped() + books.waiting() + books.droppedValues(),
        books::toString);
  }

  private Sample only(String metric) {
    List<Sample> samples = log.samples(metric);
    assertEquals(1, samples.size(), samples::toString);
    return samples.get(0);
  }

  private static boolean isOther(Sample sample) {
    return sample.series().tags().containsValue("$other");
  }

  private static long count(Sample sample) {
    return sample.values().count();
  }
}
