package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesKey;
import dev.rivulet.measure.Summary;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaivePeriod;
import dev.rivulet.testkit.naive.NaiveRequest;
import dev.rivulet.testkit.naive.NaiveResponseTimes;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.metrics.MetricsView;
import dev.rivulet.views.performance.EndpointMoment;
import dev.rivulet.views.performance.Figures;
import dev.rivulet.views.performance.LatencyHeatmap;
import dev.rivulet.views.performance.Moment;
import dev.rivulet.views.performance.Order;
import dev.rivulet.views.performance.Performance;
import dev.rivulet.views.performance.PerformanceAnswer;
import dev.rivulet.views.performance.Split;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Samples of several nodes, single and gathered at the source, against a plain recount. */
class PerformanceIT extends ViewContract {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final double TARGET = 40;
  private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
  private static final String[] ENDPOINTS = {"/", "/users/{id}", "/search", "/orders"};
  private static final String[] STATUSES = {"200", "200", "200", "201", "404", "500", "503", "OK"};

  private final Map<String, List<NaiveRequest>> requestsOf = new HashMap<>();

  @Override
  protected View view() {
    return new MetricsView();
  }

  /** What each record of the log holds is noted under its id. */
  @Override
  protected List<Event> events(long seed) {
    var random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long time = from() + (long) (random.nextDouble() * (to() - from()));
      String endpoint = random.nextInt(30) == 0 ? null : any(ENDPOINTS, random);
      String method = random.nextInt(30) == 0 ? null : random.nextBoolean() ? "GET" : "POST";
      String status = random.nextInt(20) == 0 ? null : any(STATUSES, random);
      String node = random.nextInt(10) == 0 ? null : "node-" + random.nextInt(3);
      int values = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1;
      List<NaiveRequest> requests = new ArrayList<>();
      for (int n = 0; n < values; n++) {
        requests.add(new NaiveRequest(time, endpoint, method, status, node, millis(random)));
      }
      String id = "sample-" + i;
      requestsOf.put(id, requests);
      events.add(record(id, requests));
    }
    return events;
  }

  private static String any(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }

  /** Mostly tens of milliseconds; zeros, exactly the target, and a tail over six decades. */
  private static double millis(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> 0;
      case 1 -> TARGET;
      case 2 -> 4 * TARGET;
      case 3 -> Math.pow(10, random.nextDouble() * 6 - 2);
      default -> 20 * Math.exp(random.nextGaussian());
    };
  }

  private Event record(String id, List<NaiveRequest> requests) {
    NaiveRequest first = requests.get(0);
    var tags = new TreeMap<String, String>();
    put(tags, "endpoint", first.endpoint());
    put(tags, "method", first.method());
    put(tags, "status", first.status());
    var values = new Summary();
    requests.forEach(one -> values.add(one.millis(), one.time()));
    return new Sample(
            PROJECT,
            new SeriesKey(Sample.RESPONSE_TIME, tags),
            first.node() == null ? "" : first.node(),
            null,
            id,
            first.time(),
            to(),
            values)
        .toEvent();
  }

  private static void put(Map<String, String> tags, String key, String value) {
    if (value != null) {
      tags.put(key, value);
    }
  }

  @Override
  protected List<Query<?>> queries() {
    Range range = Range.between(from(), to());
    return List.of(
        ask(range, Step.HOUR, ZoneOffset.UTC, Split.NODE, true),
        ask(range, Step.DAY, KATHMANDU, Split.STATUS, false),
        ask(Range.between(from() + 7 * MINUTE, from() + 3 * HOUR), null, null, null, true),
        new LatencyHeatmap(PROJECT, null, null, range, Step.HOUR, null),
        new LatencyHeatmap(PROJECT, "/search", "GET", range, null, null));
  }

  private static Performance ask(
      Range range, Step step, ZoneId zone, Split split, boolean previous) {
    return new Performance(
        PROJECT, null, null, range, step, zone, Order.P95, 1_000, TARGET, split, previous);
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    List<NaiveRequest> requests = new ArrayList<>();
    recount.samples().forEach(sample -> requests.addAll(requestsOf.get(sample.id())));
    var naive = new NaiveResponseTimes(requests);
    agrees(driver, naive, from(), to(), Step.HOUR, NaivePeriod.HOUR, ZoneOffset.UTC);
    agrees(driver, naive, from(), to(), Step.DAY, NaivePeriod.DAY, KATHMANDU);
    long odd = from() + 5 * HOUR + 7 * MINUTE;
    agrees(driver, naive, odd, to() - 9 * HOUR - MINUTE, Step.HOUR, NaivePeriod.HOUR, KATHMANDU);
    heatmapAgrees(driver, naive, from(), to());
  }

  private static void agrees(
      RivuletDriver driver,
      NaiveResponseTimes naive,
      long from,
      long to,
      Step step,
      NaivePeriod period,
      ZoneId zone) {
    Range range = Range.between(from, to);
    PerformanceAnswer found = driver.ask(ask(range, step, zone, Split.NODE, true));
    Predicate<NaiveRequest> any = one -> true;
    var whole = naive.between(from, to, any);
    long earlierFrom = Instant.parse(found.previousFrom()).toEpochMilli();
    long earlierTo = Instant.parse(found.previousTo()).toEpochMilli();
    assertTrue(from - earlierTo < 15 * MINUTE, found.previousTo());
    assertTrue(earlierTo - earlierFrom - (to - from) < 30 * MINUTE, found.previousFrom());
    assertTrue(earlierTo <= from, found.previousTo());
    var earlier = naive.between(earlierFrom, earlierTo, any);
    assertEquals(Instant.ofEpochMilli(from), Instant.parse(found.from()));
    assertEquals(Instant.ofEpochMilli(to), Instant.parse(found.to()));
    agrees(whole, found.total().figures());
    agrees(earlier, found.total().previous());
    var endpoints = whole.by(one -> one.endpoint() + " " + one.method());
    var before = earlier.by(one -> one.endpoint() + " " + one.method());
    assertEquals(endpoints.size(), found.endpointCount());
    assertEquals(0, found.other());
    assertNull(found.overflow());
    Double last = Double.POSITIVE_INFINITY;
    for (var endpoint : found.endpoints()) {
      String key = endpoint.endpoint() + " " + endpoint.method();
      agrees(endpoints.getOrDefault(key, none()), endpoint.figures());
      agrees(before.getOrDefault(key, none()), endpoint.previous());
      assertNull(endpoint.hint());
      Double p95 = endpoint.figures().p95();
      assertTrue(p95 == null || last != null && p95 <= last, "not sorted at " + key);
      last = p95;
      long inSeries = endpoint.series().stream().mapToLong(EndpointMoment::requests).sum();
      assertEquals(endpoint.figures().requests(), inSeries, key);
    }
    var nodes = whole.by(NaiveRequest::node);
    assertEquals(nodes.size(), found.groupCount());
    found.groups().forEach(group -> agrees(nodes.get(group.group()), group.figures()));
    var statuses = driver.ask(ask(range, null, zone, Split.STATUS, false)).groups();
    assertEquals(whole.statuses().keySet().size(), statuses.size());
    var byStatus = whole.by(one -> one.status() == null ? "none" : one.status());
    statuses.forEach(group -> agrees(byStatus.get(group.group()), group.figures()));
    var spans = period.cutting(from, to, zone);
    assertEquals(spans.size(), found.total().series().size());
    for (int i = 0; i < spans.size(); i++) {
      var span = spans.get(i);
      Moment moment = found.total().series().get(i);
      assertEquals(Instant.ofEpochMilli(span.start()), Instant.parse(moment.time()));
      agrees(naive.between(span.start(), span.end(), any), moment);
    }
  }

  private static NaiveResponseTimes none() {
    return new NaiveResponseTimes(List.of());
  }

  private static void agrees(NaiveResponseTimes naive, Figures found) {
    assertEquals(naive.count(), found.requests());
    if (naive.count() == 0) {
      for (var component : Figures.class.getRecordComponents()) {
        if (!component.getName().equals("requests")) {
          assertNull(value(found, component), component.getName());
        }
      }
      return;
    }
    assertEquals(naive.sum(), found.totalMillis());
    assertEquals(naive.sum() / naive.count(), found.mean());
    assertEquals(naive.percentile(0), found.min());
    assertEquals(naive.percentile(1), found.max());
    near(naive.percentile(0.5), found.p50());
    near(naive.percentile(0.9), found.p90());
    near(naive.percentile(0.95), found.p95());
    near(naive.percentile(0.99), found.p99());
    near(naive.percentile(0.999), found.p999());
    assertEquals(naive.apdex(TARGET), found.apdex(), found.apdexError() + 1e-9);
    assertEquals(naive.statuses(), found.statuses());
    assertEquals(naive.statusClasses(), found.statusClasses());
    errorRateAgrees(naive, found.errorRate());
    assertTrue(found.error() <= Summary.ALPHA, "error " + found.error());
  }

  private static Object value(Figures found, java.lang.reflect.RecordComponent component) {
    try {
      return component.getAccessor().invoke(found);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void agrees(NaiveResponseTimes naive, Moment found) {
    assertEquals(naive.count(), found.requests(), found.time());
    if (naive.count() == 0) {
      assertNull(found.p50());
      assertNull(found.max());
      assertNull(found.errorRate());
      assertNull(found.throughput());
      assertNull(found.statusClasses());
      return;
    }
    assertEquals(naive.percentile(1), found.max());
    near(naive.percentile(0.5), found.p50());
    near(naive.percentile(0.99), found.p99());
    assertEquals(naive.statusClasses(), found.statusClasses());
    errorRateAgrees(naive, found.errorRate());
  }

  private static void errorRateAgrees(NaiveResponseTimes naive, Double found) {
    long known = naive.count() - naive.statusClasses().getOrDefault("other", 0L);
    if (known == 0) {
      assertNull(found);
    } else {
      long failed = naive.statusClasses().getOrDefault("5xx", 0L);
      assertEquals(failed / (double) naive.count(), found);
    }
  }

  private static void near(double exact, Double found) {
    assertNotNull(found);
    assertEquals(exact, found, exact * Summary.ALPHA * (1 + 1e-9));
  }

  private static void heatmapAgrees(
      RivuletDriver driver, NaiveResponseTimes naive, long from, long to) {
    var found =
        driver.ask(
            new LatencyHeatmap(
                PROJECT, null, null, Range.between(from, to), Step.HOUR, ZoneOffset.UTC));
    assertEquals(naive.between(from, to, one -> true).count(), found.requests());
    for (int i = 0; i < found.times().size(); i++) {
      long start = Instant.parse(found.times().get(i)).toEpochMilli();
      var hour = naive.between(start, start + HOUR, one -> true);
      List<Long> column = found.counts().get(i);
      if (hour.count() == 0) {
        assertNull(column);
        continue;
      }
      assertEquals(found.bounds().size() - 1, column.size());
      assertEquals(hour.count(), column.stream().mapToLong(Long::longValue).sum());
      for (int row = 0; row < column.size(); row++) {
        double low = found.bounds().get(row);
        double high = found.bounds().get(row + 1);
        double slack = Summary.ALPHA * 1.01;
        long atMost = hour.within(low * (1 - slack), high * (1 + slack));
        long atLeast = hour.within(low * (1 + slack), high * (1 - slack));
        assertTrue(column.get(row) <= atMost && column.get(row) >= atLeast, "from " + low);
      }
    }
  }

  @Test
  void apdex_allAtTheTarget_isExact(RealRedis redis) {
    try (var driver = open(redis)) {
      List<NaiveRequest> same = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        same.add(new NaiveRequest(from(), "/", "GET", "200", null, TARGET));
      }
      driver.append(List.of(record("same", same)));
      driver.foldAll();
      var figures = driver.ask(all(null)).total().figures();
      assertEquals(1_000, figures.requests());
      assertEquals(1.0, figures.apdex());
      assertEquals(0.0, figures.apdexError());
      assertEquals(TARGET, figures.p50());
      assertEquals(TARGET, figures.p999());
      assertEquals(0.0, figures.error());
      assertEquals(TARGET * 1_000, figures.totalMillis());
    }
  }

  @Test
  void performance_ofNothing_isNoData(RealRedis redis) {
    try (var driver = open(redis)) {
      var answer = driver.ask(all("/never"));
      assertEquals(0, answer.total().figures().requests());
      assertNull(answer.total().figures().p99());
      assertNull(answer.total().figures().throughput());
      assertEquals(List.of(), answer.endpoints());
      Range range = Range.between(from(), to());
      var heatmap = driver.ask(new LatencyHeatmap(PROJECT, null, null, range, Step.DAY, null));
      assertEquals(List.of(), heatmap.bounds());
      assertNull(heatmap.counts().get(0));
      assertNull(heatmap.error());
    }
  }

  @Test
  void endpoints_pastTheBound_areOneRowWithAHint_andTheTotalIsExact(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = new ArrayList<>();
      int paths = 6_000;
      for (int i = 0; i < paths; i++) {
        var one = new NaiveRequest(from(), "/users/" + i, "GET", "200", null, 10 + i);
        events.add(record("raw-" + i, List.of(one)));
      }
      driver.append(events);
      driver.foldAll();
      var answer = driver.ask(all(null));
      assertEquals(paths, answer.total().figures().requests());
      assertEquals(10.0 + paths - 1, answer.total().figures().max());
      assertEquals(Boolean.TRUE, answer.overflow());
      var rest = answer.endpoints().get(answer.endpoints().size() - 1);
      assertEquals("$other", rest.endpoint());
      assertTrue(rest.hint().contains("route templates"), rest.hint());
      long listed = answer.endpoints().stream().mapToLong(one -> one.figures().requests()).sum();
      assertEquals(paths, listed + answer.other());
    }
  }

  @Test
  void series_moreThanFit_areRefused(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.append(events(1));
      driver.foldAll();
      Range range = Range.between(from(), to());
      var refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> driver.ask(ask(range, Step.MINUTE, ZoneOffset.UTC, null, false)));
      assertTrue(refused.getMessage().contains("wider step"), refused.getMessage());
    }
  }

  private Performance all(String endpoint) {
    Range range = Range.between(from(), to());
    return new Performance(
        PROJECT, endpoint, null, range, null, null, Order.REQUESTS, null, TARGET, null, false);
  }

  private RivuletDriver open(RealRedis redis) {
    redis.flush();
    return RivuletDriver.open(redis.address(), 4, ZoneOffset.UTC, List.of(view())).at(to());
  }
}
