package dev.rivulet.testkit.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.measure.Summary;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.SampleTraffic;
import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaiveSample;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.testkit.views.StoredMetric.Found;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.MetricsView;
import dev.rivulet.views.metrics.Stat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Over days and weeks a few sealed summaries are read, and what they come to is the same. */
@ExtendWith(RealRedis.Shared.class)
class MetricDaysIT {
  private static final String PROJECT = "default";
  private static final String[] METRICS = {"response_time", "queue_depth", "{0}:*?/ größe"};
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_124);
  private final Random random = new Random(seed);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "America/New_York",
        "Europe/Berlin",
        "America/St_Johns",
        "Australia/Lord_Howe"
      })
  void days_inAnyZoneAndOrder_equalTheRecount(String zoneId, RealRedis redis) {
    ZoneId zone = ZoneId.of(zoneId);
    long changed = lastChange(zone);
    long from = changed - 4 * DAY - 5 * HOUR;
    long to = Math.min(changed + 5 * DAY, Instant.now().toEpochMilli() + HOUR);
    List<NaiveSample> sent = new SampleTraffic(seed, PROJECT).samples(from, to, 1_500);
    for (int round = 0; round < 3; round++) {
      List<NaiveSample> arrived = new ArrayList<>(sent);
      if (round > 0) {
        Collections.shuffle(arrived, random);
      }
      redis.flush();
      try (var driver =
          RivuletDriver.open(redis.address(), 2, zone, List.of(new MetricsView())).at(to)) {
        fold(driver, arrived, round);
        var twin = new NaiveMetrics(arrived);
        Range middle = Range.between(from + 7 * HOUR + random.nextInt((int) DAY), to - 9 * HOUR);
        for (Step step : List.of(Step.QUARTER, Step.HOUR, Step.DAY, Step.WEEK, Step.MONTH)) {
          for (Range range : List.of(Range.between(from - DAY, to + DAY), middle)) {
            for (String metric : METRICS) {
              agree(driver, sent, new StoredMetric(PROJECT, metric, range, step, zone));
            }
            if (step != Step.QUARTER) {
              var history =
                  new MetricHistory(
                      PROJECT, METRICS[0], Stat.P90, Map.of(), "endpoint", range, step, null);
              MetricsTwin.agrees(twin, history, driver.ask(history), to);
            }
          }
        }
      }
    }
  }

  @Test
  void stored_whateverTheBatchesAndRestarts_isTheSame(RealRedis redis) {
    long to = Instant.now().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    List<NaiveSample> sent = new SampleTraffic(seed, PROJECT).samples(to - 6 * DAY, to, 1_200);
    Collections.shuffle(sent.subList(300, 900), random);
    Map<String, String> expected = null;
    for (int size : new int[] {1_200, 1, 7, 133}) {
      redis.flush();
      try (var driver = open(redis, to)) {
        for (int i = 0; i < sent.size(); i += size) {
          driver.append(events(sent.subList(i, Math.min(i + size, sent.size()))));
          driver.foldAll();
          if (size == 133) {
            driver.restart();
          }
        }
        Map<String, String> stored = stored(redis, "");
        assertTrue(stored.keySet().stream().anyMatch(key -> key.endsWith(" d0")), "nothing sealed");
        expected = expected == null ? stored : expected;
        assertEquals(expected, stored, "batches of " + size + ", seed " + seed);
        if (size == 133) {
          driver.rebuild("metrics");
          assertEquals(expected, stored(redis, "~2"), "rebuilt, seed " + seed);
        }
      }
    }
  }

  @Test
  void seriesOfATimeWithoutSealing_areReadAsTheyAreStored(RealRedis redis) {
    long to = Instant.now().truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    List<NaiveSample> sent = new SampleTraffic(seed, PROJECT).samples(to - 8 * DAY, to, 1_500);
    try (var driver = open(redis, to)) {
      fold(driver, sent.subList(0, 700), 0);
      unseal(redis);
      driver.restart();
      fold(driver, sent.subList(700, 1_500), 1);
      for (Step step : List.of(Step.HOUR, Step.DAY, Step.WEEK)) {
        Range range = Range.between(to - 9 * DAY, to + DAY);
        for (String metric : METRICS) {
          agree(driver, sent, new StoredMetric(PROJECT, metric, range, step, ZoneOffset.UTC));
        }
      }
    }
  }

  @Test
  void aMonthOfDays_readsOneSummaryADay(RealRedis redis) {
    long midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).toEpochMilli();
    List<NaiveSample> sent = new ArrayList<>();
    for (long at = midnight - 31 * DAY; at < midnight + 1; at += HOUR / 2) {
      var value = List.of(new NaiveSample.Value(random.nextDouble(), at));
      sent.add(new NaiveSample("load", Map.of(), "n", null, null, at, at, value));
    }
    try (var driver = open(redis, midnight + 1)) {
      fold(driver, sent, 0);
      Range month = Range.between(midnight - 30 * DAY, midnight);
      assertEquals(30, reads(driver, sent, month, ZoneOffset.UTC));
      assertEquals(30 * 6, reads(driver, sent, month, ZoneOffset.ofHours(2), Step.DAY, 2 * HOUR));
      assertTrue(reads(driver, sent, month, ZoneOffset.ofHours(-5)) <= 31 * 13);
      assertTrue(reads(driver, sent, month, ZoneOffset.ofHoursMinutes(5, 30)) <= 31 * 13);
      assertEquals(30 * 24 * 4, reads(driver, sent, month, ZoneOffset.UTC, Step.HOUR, 0));
    }
  }

  private int reads(RivuletDriver driver, List<NaiveSample> sent, Range range, ZoneId zone) {
    return reads(driver, sent, range, zone, Step.DAY, 0);
  }

  private int reads(
      RivuletDriver driver,
      List<NaiveSample> sent,
      Range range,
      ZoneId zone,
      Step step,
      long later) {
    Range moved = Range.between(range.at(0).from() - later, range.at(0).to() - later);
    return agree(driver, sent, new StoredMetric(PROJECT, "load", moved, step, zone));
  }

  /** Asserts that each bucket has the bytes of all its values together; returns what was read. */
  private int agree(RivuletDriver driver, List<NaiveSample> sent, StoredMetric query) {
    Found found = driver.ask(query);
    for (int i = 0; i < found.buckets().count(); i++) {
      var expected = new Summary();
      for (NaiveSample sample : sent) {
        if (sample.metric().equals(query.metric())
            && found.buckets().start(i) <= sample.at()
            && sample.at() < found.buckets().end(i)) {
          expected.add(Sample.of(sample.event(PROJECT)).values());
        }
      }
      assertArrayEquals(
          expected.encode(),
          found.values().get(i).encode(),
          query + " bucket " + i + ", seed " + seed);
    }
    return found.reads();
  }

  /** Folds in batches of any size; restarts in between where {@code round} is not 0. */
  private void fold(RivuletDriver driver, List<NaiveSample> arrived, int round) {
    for (int i = 0; i < arrived.size(); ) {
      int end = Math.min(arrived.size(), i + 1 + random.nextInt(round == 2 ? 400 : 60));
      driver.append(events(arrived.subList(i, end)));
      driver.foldAll();
      if (round > 0 && random.nextInt(4) == 0) {
        driver.restart();
      }
      i = end;
    }
  }

  private RivuletDriver open(RealRedis redis, long now) {
    redis.flush();
    return RivuletDriver.open(redis.address(), 2, ZoneOffset.UTC, List.of(new MetricsView()))
        .at(now);
  }

  private static List<Event> events(List<NaiveSample> samples) {
    return samples.stream().map(sample -> sample.event(PROJECT)).toList();
  }

  /** When the clocks of a zone changed last, or ten days ago where they never do. */
  private static long lastChange(ZoneId zone) {
    Instant now = Instant.now();
    ZoneOffsetTransition change = zone.getRules().previousTransition(now);
    boolean lately = change != null && change.getInstant().isAfter(now.minus(300, ChronoUnit.DAYS));
    return lately ? change.toEpochSecond() * 1000 : now.minus(10, ChronoUnit.DAYS).toEpochMilli();
  }

  /** The fields of the hashes of days, by key and field. */
  private static Map<String, String> stored(RealRedis redis, String generation) {
    Map<String, String> stored = new TreeMap<>();
    try (Jedis jedis = jedis(redis)) {
      for (String key : jedis.keys("rv:{*}:metrics" + generation + ":*-??-??")) {
        jedis
            .hgetAll(key.getBytes(UTF_8))
            .forEach(
                (field, value) ->
                    stored.put(
                        key.replace("metrics" + generation + ":", "metrics:")
                            + " "
                            + new String(field, UTF_8),
                        HexFormat.of().formatHex(value)));
      }
    }
    return stored;
  }

  /** Makes of what is stored what it was before slots were sealed. */
  private static void unseal(RealRedis redis) {
    try (Jedis jedis = jedis(redis)) {
      for (String key : jedis.keys("rv:{*}:metrics:*-??-??")) {
        for (String field : jedis.hkeys(key)) {
          if (!Character.isDigit(field.charAt(0))) {
            jedis.hdel(key, field);
          }
        }
      }
      for (String key : jedis.keys("rv:{*}:metrics:*:stats")) {
        jedis
            .hgetAll(key.getBytes(UTF_8))
            .forEach(
                (field, value) -> {
                  assertEquals(SeriesStats.ALWAYS, SeriesStats.decode(value).sealedFrom());
                  value[0] = 1;
                  jedis.hset(key.getBytes(UTF_8), field, value);
                });
      }
    }
  }

  private static Jedis jedis(RealRedis redis) {
    return new Jedis(redis.address().node().host(), redis.address().node().port());
  }
}
