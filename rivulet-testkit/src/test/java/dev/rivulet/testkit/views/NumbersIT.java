package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaiveMetrics.Asked;
import dev.rivulet.testkit.naive.NaiveSample;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.numbers.EventStats;
import dev.rivulet.views.numbers.NumbersView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NumbersIT extends ViewContract {
  private static final long HOUR = 3_600_000;

  @Override
  protected View view() {
    return new NumbersView();
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (String event : new String[] {"view", "{0}:*?/ day", "never"}) {
      for (String property : new String[] {"amount", "price", "number", "plan", "nested"}) {
        Range all = Range.between(from() - 2 * HOUR, to() + 2 * HOUR);
        Range middle = Range.between(from() + 11 * HOUR + 123_456, from() + 31 * HOUR + 1);
        queries.add(new EventStats(PROJECT, event, property, all, null, null));
        queries.add(new EventStats(PROJECT, event, property, middle, Step.MINUTE, null));
      }
    }
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    var twin = new NaiveMetrics(numbers(recount.events()));
    for (Query<?> query : queries()) {
      if (query instanceof EventStats stats) {
        agrees(twin, stats, driver.ask(stats));
      }
    }
  }

  /** Each number of each event as a sample of the metric that is named by both. */
  private static List<NaiveSample> numbers(List<Event> events) {
    List<NaiveSample> numbers = new ArrayList<>();
    for (Event event : events) {
      for (int i = 0; i < event.properties().scalarCount(); i++) {
        if (event.properties().value(i) instanceof Number number) {
          var value = new NaiveSample.Value(number.doubleValue(), event.occurredAt());
          String metric = event.name() + " of " + event.properties().key(i);
          long at = event.occurredAt();
          numbers.add(
              new NaiveSample(
                  metric, Map.of(), "", null, null, at, event.receivedAt(), List.of(value)));
        }
      }
    }
    return numbers;
  }

  private static void agrees(NaiveMetrics twin, EventStats query, EventStats.Answer answer) {
    String name = query.event() + " of " + query.property();
    long from = millis(answer.from());
    long to = millis(answer.to());
    Double count = twin.stat(Asked.of(name, Map.of()), "count", from, to, 1);
    assertEquals(count == null ? 0 : count.longValue(), answer.count(), query.toString());
    Object[][] stats = {
      {"sum", answer.sum()}, {"mean", answer.mean()}, {"min", answer.min()},
      {"max", answer.max()}, {"last", answer.last()}, {"p50", answer.p50()},
      {"p90", answer.p90()}, {"p95", answer.p95()}, {"p99", answer.p99()},
      {"p999", answer.p999()}
    };
    for (Object[] stat : stats) {
      Double expected = twin.stat(Asked.of(name, Map.of()), (String) stat[0], from, to, 1);
      near(expected, (Double) stat[1], answer.error(), query + " " + stat[0]);
    }
    for (int i = 0; i < answer.series().size(); i++) {
      EventStats.Point point = answer.series().get(i);
      long end = i + 1 < answer.series().size() ? millis(answer.series().get(i + 1).time()) : to;
      long start = millis(point.time());
      Asked asked = Asked.of(name, Map.of());
      Double own = twin.stat(asked, "count", start, end, 1);
      assertEquals(own == null ? null : (Long) own.longValue(), point.count(), query + "" + point);
      assertEquals(twin.stat(asked, "sum", start, end, 1), point.sum(), query + " " + point);
      near(twin.stat(asked, "p95", start, end, 1), point.p95(), 0.01, query + " " + point);
    }
  }

  private static void near(
      @Nullable Double expected, @Nullable Double found, double error, String where) {
    if (expected == null || found == null) {
      assertEquals(expected, found, where);
    } else {
      double off = Math.abs(found - expected);
      assertTrue(off <= error * Math.abs(expected) * (1 + 1e-9), where + ": " + found);
    }
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void fold_morePairsThanAreKept_tellsThatSomeAreMissing(RealRedis redis) {
    redis.flush();
    long now = Instant.now().toEpochMilli();
    try (var driver = RivuletDriver.open(redis.address(), 1, ZoneOffset.UTC, List.of(view()))) {
      driver.at(now + 1);
      for (int i = 0; i < 620; i++) {
        driver.append(List.of(event("e" + i % 62, "p" + i, i, now)));
      }
      driver.foldAll();
      driver.restart();
      driver.append(List.of(event("e0", "p0", 5, now), event("e0", "late", 5, now)));
      driver.foldAll();
      Range hour = Range.between(now - HOUR, now + 1);
      EventStats.Answer kept =
          driver.ask(new EventStats(PROJECT, "e0", "p0", hour, Step.MINUTE, null));
      assertEquals(2, kept.count());
      assertEquals(5.0, kept.sum());
      assertNull(kept.incomplete());
      EventStats.Answer late =
          driver.ask(new EventStats(PROJECT, "e0", "late", hour, Step.MINUTE, null));
      assertEquals(0, late.count());
      assertNull(late.mean());
      assertNotNull(late.incomplete());
    }
  }

  private static Event event(String name, String property, int value, long at) {
    Properties properties = Properties.of(Map.of(property, value));
    return new Event(PROJECT, Kind.EVENT, name, "u", null, at, at, properties);
  }
}
