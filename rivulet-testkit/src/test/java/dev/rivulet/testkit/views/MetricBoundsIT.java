package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.SeriesBook;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.naive.NaiveSample;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.metrics.CurrentValue;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.MetricNames;
import dev.rivulet.views.metrics.MetricsView;
import dev.rivulet.views.metrics.Stat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is past a bound is counted with the rest, and told. */
@ExtendWith(RealRedis.Shared.class)
class MetricBoundsIT {
  private static final String PROJECT = "default";
  private static final long HOUR = 3_600_000;

  private final long now = Instant.now().toEpochMilli();

  private RivuletDriver open(RealRedis redis, int partitions) {
    redis.flush();
    return RivuletDriver.open(
            redis.address(), partitions, ZoneOffset.UTC, List.of(new MetricsView()))
        .at(now + 1);
  }

  private Event sample(String metric, Map<String, String> tags, String node, double value) {
    var one = new NaiveSample.Value(value, now);
    return new NaiveSample(metric, tags, node, null, null, now, now, List.of(one)).event(PROJECT);
  }

  private MetricHistory history(String metric, Stat stat, Map<String, String> tags, String by) {
    Range range = Range.between(now - HOUR, now + 1);
    return new MetricHistory(PROJECT, metric, stat, tags, by, range, Step.MINUTE, null);
  }

  @Test
  void endpoints_moreThanAreTold_countAsOtherAndLoseNothing(RealRedis redis) {
    int endpoints = 20_000;
    try (var driver = open(redis, 2)) {
      List<Event> batch = new ArrayList<>();
      for (int i = 0; i < endpoints; i++) {
        batch.add(sample("hits", Map.of("endpoint", "/item/" + i), "n", 1));
        if (batch.size() == 2_000) {
          driver.append(batch);
          driver.foldAll();
          batch.clear();
        }
        if (i == endpoints / 2) {
          driver.restart();
        }
      }
      MetricHistory.Answer all = driver.ask(history("hits", Stat.COUNT, Map.of(), "endpoint"));
      assertEquals(endpoints, all.value());
      assertNotNull(all.overflow());
      List<MetricHistory.Group> groups = all.groups();
      assertNotNull(groups);
      assertEquals(MetricHistory.MOST_GROUPS, groups.size());
      assertEquals(Limits.OTHER, groups.get(0).group());
      assertEquals(endpoints - 2.0 * SeriesBook.MOST_VALUES, groups.get(0).value());
      MetricHistory.Rest other = all.other();
      assertNotNull(other);
      double listed = groups.stream().mapToDouble(MetricsTwin::value).sum();
      assertEquals(endpoints, listed + (other.value() == null ? 0 : other.value()));
      assertEquals(2 * SeriesBook.MOST_VALUES + 1 - 100, other.groups());
      MetricNames.Metric told = driver.ask(new MetricNames(PROJECT)).metrics().get(0);
      assertEquals(Boolean.TRUE, told.overflow());
      assertEquals(endpoints, told.samples());
    }
  }

  @Test
  void nodes_moreThanAreTold_countAsOther(RealRedis redis) {
    try (var driver = open(redis, 1)) {
      for (int i = 0; i < 450; i++) {
        driver.append(List.of(sample("depth", Map.of(), "node-" + i, 1)));
      }
      driver.foldAll();
      MetricHistory.Answer all = driver.ask(history("depth", Stat.SUM, Map.of(), "node"));
      assertEquals(450, all.value());
      List<MetricHistory.Group> groups = all.groups();
      assertNotNull(groups);
      assertEquals(Limits.OTHER, groups.get(0).group());
      assertEquals(250, groups.get(0).value());
      CurrentValue.Answer current = driver.ask(new CurrentValue(PROJECT, "depth", Map.of()));
      assertEquals(SeriesBook.MOST_NODES + 1, current.byNode().size());
      assertNotNull(current.overflow());
    }
  }

  @Test
  void seriesAndTags_moreThanAreKept_countTogether(RealRedis redis) {
    try (var driver = open(redis, 1)) {
      var batch = new ArrayList<Event>();
      for (int i = 0; i < 6_000; i++) {
        Map<String, String> tags = Map.of("a", "" + i / 80, "b", "" + i % 80);
        batch.add(sample("grid", tags, "", 2));
      }
      for (int i = 0; i < 100; i++) {
        batch.add(sample("keys", Map.of("k" + i, "v"), "", 3));
      }
      driver.append(batch);
      driver.foldAll();
      driver.restart();
      driver.append(batch);
      driver.foldAll();
      assertEquals(24_000, driver.ask(history("grid", Stat.SUM, Map.of(), null)).value());
      MetricHistory.Answer other =
          driver.ask(history("grid", Stat.COUNT, Map.of("a", Limits.OTHER), null));
      assertEquals(2_000, other.value());
      assertEquals(600, driver.ask(history("keys", Stat.SUM, Map.of(), null)).value());
      MetricHistory.Answer never = driver.ask(history("keys", Stat.SUM, Map.of("k99", "v"), null));
      assertNull(never.value());
      assertEquals(Boolean.TRUE, never.overflow());
    }
  }

  @Test
  void metrics_moreThanAreKept_countAsOther(RealRedis redis) {
    try (var driver = open(redis, 1)) {
      var batch = new ArrayList<Event>();
      for (int i = 0; i < 2_300; i++) {
        batch.add(sample("m" + i, Map.of("t", "v"), "n", 1));
      }
      driver.append(batch);
      driver.foldAll();
      assertEquals(300, driver.ask(history(Limits.OTHER, Stat.COUNT, Map.of(), null)).value());
      assertEquals(1, driver.ask(history("m1999", Stat.COUNT, Map.of(), null)).value());
      assertEquals(2_001, driver.ask(new MetricNames(PROJECT)).metrics().size());
    }
  }

  @Test
  void equalValues_eachCount(RealRedis redis) {
    try (var driver = open(redis, 4)) {
      List<Event> batch = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        batch.add(sample("response_time", Map.of("endpoint", "/pay"), "n" + i % 3, 12.5));
      }
      driver.append(batch);
      driver.foldAll();
      Map<String, String> pay = Map.of("endpoint", "/pay");
      assertEquals(1_000, driver.ask(history("response_time", Stat.COUNT, pay, null)).value());
      assertEquals(12.5, driver.ask(history("response_time", Stat.P99, pay, null)).value());
      assertEquals(12_500, driver.ask(history("response_time", Stat.SUM, pay, null)).value());
    }
  }

  @Test
  void percentiles_ofSixteenNodesAndADay_areWithinTheError(RealRedis redis) {
    long seed = Long.getLong("rivulet.test.seed", 20_261_123);
    var random = new Random(seed);
    long from = now - 24 * HOUR;
    List<Double> values = new ArrayList<>();
    try (var driver = open(redis, 4)) {
      for (int hour = 0; hour < 24; hour++) {
        List<Event> batch = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
          double value =
              switch (i % 4) {
                case 0 -> 10 + random.nextGaussian();
                case 1 -> 1_000 + random.nextGaussian() * 50;
                case 2 -> Math.pow(1 - random.nextDouble(), -1.2);
                default -> Math.pow(10, random.nextDouble() * 9 - 4);
              };
          values.add(value);
          long at = from + hour * HOUR + random.nextInt((int) HOUR);
          var one = new NaiveSample.Value(value, at);
          batch.add(
              new NaiveSample("t", Map.of(), "n" + i % 16, null, null, at, at, List.of(one))
                  .event(PROJECT));
        }
        driver.append(batch);
        driver.foldAll();
      }
      List<Double> sorted = values.stream().sorted().toList();
      Map<Stat, Double> parts =
          Map.of(Stat.P50, 0.5, Stat.P90, 0.9, Stat.P95, 0.95, Stat.P99, 0.99, Stat.P999, 0.999);
      for (boolean rebuilt : new boolean[] {false, true}) {
        if (rebuilt) {
          driver.rebuild("metrics");
        }
        parts.forEach(
            (stat, part) -> {
              double exact = sorted.get((int) (part * (sorted.size() - 1)));
              Range day = Range.between(from - HOUR, now + 1);
              Double found =
                  driver
                      .ask(
                          new MetricHistory(
                              PROJECT, "t", stat, Map.of(), null, day, Step.HOUR, null))
                      .value();
              assertNotNull(found);
              assertTrue(
                  Math.abs(found - exact) <= 0.01 * exact * (1 + 1e-9),
                  stat + " " + found + " for " + exact + ", seed " + seed);
            });
      }
    }
  }

  @Test
  void liveness_isOfAnySampleOfTheNode(RealRedis redis) {
    try (var driver = open(redis, 4)) {
      driver.append(
          List.of(
              sample("depth", Map.of(), "a", 3),
              sample("depth", Map.of(), "b", 4),
              sample("depth", Map.of(), "", 5)));
      driver.foldAll();
      var query = new CurrentValue(PROJECT, "depth", Map.of());
      assertEquals(12, driver.ask(query).value());
      driver.at(now + 31_000);
      CurrentValue.Answer later = driver.ask(query);
      assertEquals(5, later.value());
      assertEquals(List.of("a", "b"), later.stale());
      long then = now + 20_000;
      var other = new NaiveSample.Value(1, then);
      driver.append(
          List.of(
              new NaiveSample("else", Map.of("x", "y"), "b", null, null, then, then, List.of(other))
                  .event(PROJECT)));
      driver.foldAll();
      CurrentValue.Answer heard = driver.ask(query);
      assertEquals(9, heard.value());
      assertEquals(List.of("b"), heard.nodes());
      assertEquals(List.of("a"), heard.stale());
    }
  }
}
