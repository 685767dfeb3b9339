package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesBook;
import dev.rivulet.measure.SeriesBounds;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaivePlaces;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Places are given away as pods are replaced: every name and every total equals the recount. */
@ExtendWith(RealRedis.Shared.class)
class MetricTurnoverIT {
  private static final String PROJECT = "default";
  private static final long DAY = 86_400_000;

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_125);
  private final long midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).toEpochMilli();

  @Test
  void names_whateverArrivesHowever_areToldAsTheTwinTellsThem(RealRedis redis) {
    for (int round = 0; round < 8; round++) {
      var random = new Random(seed + round);
      var bounds =
          new SeriesBounds(
              3 + random.nextInt(12),
              2 + random.nextInt(5),
              2 + random.nextInt(3),
              1 + random.nextInt(3),
              8 + random.nextInt(30),
              2 + random.nextInt(9));
      long from = midnight - 80 * DAY;
      List<NaiveSample> sent = new PodTraffic(random, true).samples(from, midnight - 3 * DAY, 500);
      for (int part = 0; part < round % 4; part++) {
        int start = random.nextInt(400);
        Collections.shuffle(sent.subList(start, start + 100), random);
      }
      redis.flush();
      try (var driver = open(redis, bounds, 1)) {
        fold(driver, sent, random);
        agree(driver, sent, bounds, from, "round " + round);
        driver.rebuild("metrics");
        agree(driver, sent, bounds, from, "rebuilt, round " + round);
      }
    }
  }

  /** Folds in batches of any size; restarts in between. */
  private static void fold(RivuletDriver driver, List<NaiveSample> sent, Random random) {
    for (int i = 0; i < sent.size(); ) {
      int end = Math.min(sent.size(), i + 1 + random.nextInt(120));
      driver.append(events(sent.subList(i, end)));
      driver.foldAll();
      if (random.nextInt(3) == 0) {
        driver.restart();
      }
      i = end;
    }
  }

  private void agree(
      RivuletDriver driver, List<NaiveSample> sent, SeriesBounds bounds, long from, String where) {
    var places = new NaivePlaces(bounds);
    var told = new NaiveMetrics(places.told(sent));
    var held = new NaiveMetrics(places.held(sent));
    var plain = new NaiveMetrics(sent);
    try {
      for (String metric : List.of("cpu", "queue")) {
        Range all = Range.between(from, midnight);
        Range middle = Range.between(from + 20 * DAY, from + 43 * DAY);
        for (Stat stat : List.of(Stat.COUNT, Stat.SUM, Stat.MIN, Stat.MAX, Stat.LAST, Stat.P95)) {
          agree(driver, plain, history(metric, stat, Map.of(), null, all));
          for (String by : List.of(MetricSeries.NODE, "version", "zone")) {
            agree(driver, told, history(metric, stat, Map.of(), by, middle));
          }
          agree(driver, told, history(metric, stat, Map.of("zone", "a"), "version", all));
          agree(driver, told, history(metric, stat, Map.of("version", Limits.OTHER), null, all));
        }
        var current = new CurrentValue(PROJECT, metric, Map.of());
        MetricsTwin.agrees(held, current, driver.ask(current), midnight);
      }
      long samples =
          driver.ask(new MetricNames(PROJECT)).metrics().stream()
              .mapToLong(MetricNames.Metric::samples)
              .sum();
      assertEquals(sent.size(), samples);
    } catch (AssertionError e) {
      throw new AssertionError(where + ", seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private void agree(RivuletDriver driver, NaiveMetrics twin, MetricHistory query) {
    MetricsTwin.agrees(twin, query, driver.ask(query), midnight);
  }

  @Test
  void podsReplacedDailyForAYear_areAllTold(RealRedis redis) {
    int pods = 30;
    redis.flush();
    try (var driver = open(redis, SeriesBounds.USUAL, 1)) {
      for (int day = 360; day > 0; day--) {
        List<Event> batch = new ArrayList<>();
        for (int pod = 0; pod < pods; pod++) {
          long at = midnight - day * DAY + 3_600_000 + pod * 1_000;
          batch.add(sample("pod-" + day + "-" + pod, at));
          batch.add(sample("pod-" + day + "-" + pod, at + DAY / 2));
        }
        driver.append(batch);
        if (day % 10 == 0) {
          driver.foldAll();
        }
        if (day % 50 == 0) {
          driver.restart();
        }
      }
      driver.foldAll();
      for (int day : new int[] {350, 200, 90, 30, 7, 1}) {
        Range one = Range.between(midnight - day * DAY, midnight - (day - 1) * DAY);
        MetricHistory.Answer answer = driver.ask(nodes(one));
        List<MetricHistory.Group> groups = answer.groups();
        assertNotNull(groups);
        assertEquals(pods, groups.size(), day + " days ago");
        groups.forEach(group -> assertEquals(2, group.value(), group.group()));
        assertTrue(groups.stream().allMatch(g -> ("" + g.group()).startsWith("pod-" + day + "-")));
        assertNull(answer.overflow());
      }
      MetricHistory.Answer year = driver.ask(nodes(Range.between(midnight - 361 * DAY, midnight)));
      assertEquals(360.0 * pods * 2, year.value());
      assertNull(year.overflow());
      MetricNames.Metric known = driver.ask(new MetricNames(PROJECT)).metrics().get(0);
      assertEquals(360L * pods * 2, known.samples());
      assertEquals(MetricNames.MOST_NODES, known.nodes().size());
      assertNull(known.overflow());
      burst(driver, 360.0 * pods * 2);
    }
  }

  /** More live nodes at once than are told apart. */
  private void burst(RivuletDriver driver, double before) {
    List<Event> batch = new ArrayList<>();
    for (int pod = 0; pod < 450; pod++) {
      batch.add(sample("burst-" + pod, midnight + pod));
      batch.add(sample("burst-" + pod, midnight + pod));
    }
    driver.append(batch);
    driver.foldAll();
    assertEquals(
        CurrentValue.MOST_STALE,
        driver.at(midnight + DAY).ask(new CurrentValue(PROJECT, "cpu", Map.of())).stale().size());
    driver.at(midnight);
    Range today = Range.between(midnight, midnight + DAY);
    MetricHistory.Answer answer = driver.ask(nodes(today));
    assertEquals(900, answer.value());
    assertEquals(Boolean.TRUE, answer.overflow());
    List<MetricHistory.Group> groups = answer.groups();
    assertNotNull(groups);
    assertEquals(Limits.OTHER, groups.get(0).group());
    assertTrue((Double) groups.get(0).value() >= 2 * (450 - SeriesBook.MOST_NODES));
    Range year = Range.between(midnight - 361 * DAY, midnight + DAY);
    assertEquals(before + 900, driver.ask(nodes(year)).value());
    assertEquals(Boolean.TRUE, driver.ask(new MetricNames(PROJECT)).metrics().get(0).overflow());
  }

  @Test
  void nodesOfTheProject_whereTheyChange_areHeardOf(RealRedis redis) {
    redis.flush();
    var bounds = new SeriesBounds(9, 9, 9, 9, 9, 2);
    try (var driver = open(redis, bounds, 1)) {
      long before = midnight - 3 * DAY;
      driver.append(List.of(sample("a", before), sample("b", before + 1), sample("c", before + 2)));
      driver.foldAll();
      driver.restart();
      driver.append(List.of(sample("d", midnight), sample("e", midnight + 1)));
      driver.append(List.of(sample("f", midnight + 2)));
      driver.foldAll();
      driver.restart();
      List<Event> others = new ArrayList<>();
      for (String node : List.of("d", "e", "f")) {
        others.add(sample("else", node, midnight + 40_000));
      }
      driver.append(others);
      driver.foldAll();
      driver.at(midnight + 50_000);
      CurrentValue.Answer current = driver.ask(new CurrentValue(PROJECT, "cpu", Map.of()));
      assertEquals(List.of("d", "e"), current.nodes());
      assertEquals(List.of("a", "b", "c", "f"), current.stale());
    }
  }

  private static MetricHistory nodes(Range range) {
    return new MetricHistory(
        PROJECT, "cpu", Stat.COUNT, Map.of(), MetricSeries.NODE, range, Step.DAY, null);
  }

  private static Event sample(String node, long at) {
    return sample("cpu", node, at);
  }

  private static Event sample(String metric, String node, long at) {
    var value = List.of(new NaiveSample.Value(1, at));
    return new NaiveSample(metric, Map.of(), node, null, null, at, at, value).event(PROJECT);
  }

  private static MetricHistory history(
      String metric, Stat stat, Map<String, String> tags, String by, Range range) {
    return new MetricHistory(PROJECT, metric, stat, tags, by, range, Step.WEEK, null);
  }

  private static List<Event> events(List<NaiveSample> samples) {
    return samples.stream().map(sample -> sample.event(PROJECT)).toList();
  }

  private RivuletDriver open(RealRedis redis, SeriesBounds bounds, int partitions) {
    return RivuletDriver.open(
            redis.address(), partitions, ZoneOffset.UTC, List.of(new MetricsView(bounds)))
        .at(midnight);
  }
}
