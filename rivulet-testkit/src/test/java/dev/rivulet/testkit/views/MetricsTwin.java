package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaiveMetrics.Asked;
import dev.rivulet.views.metrics.CurrentValue;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.MetricHistory.Point;
import dev.rivulet.views.metrics.MetricNames;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the answers of the room metrics against the naive recount. */
final class MetricsTwin {
  private MetricsTwin() {}

  static void agrees(
      NaiveMetrics twin, MetricHistory query, MetricHistory.Answer answer, long now) {
    Asked asked = Asked.of(query.metric(), query.tags());
    agrees(twin, asked, answer, answer.value(), answer.series(), now, query.toString());
    assertEquals(answer.exact() == null, answer.error() != null, query.toString());
    String by = query.by();
    if (by == null) {
      assertNull(answer.groups());
      return;
    }
    List<MetricHistory.Group> groups = answer.groups();
    assertNotNull(groups, query.toString());
    Set<@Nullable String> named = new HashSet<>();
    for (MetricHistory.Group group : groups) {
      named.add(group.group());
      Asked own = asked.in(by, group.group());
      String where = query + " group " + group.group();
      agrees(twin, own, answer, group.value(), group.series(), now, where);
    }
    assertEquals(
        twin.groups(asked, by, millis(answer.from()), millis(answer.to())),
        named,
        query.toString());
  }

  private static void agrees(
      NaiveMetrics twin,
      Asked asked,
      MetricHistory.Answer answer,
      @Nullable Double value,
      List<Point> series,
      long now,
      String where) {
    long from = millis(answer.from());
    long to = millis(answer.to());
    agrees(twin, asked, answer, value, from, to, now, where);
    for (int i = 0; i < series.size(); i++) {
      long start = millis(series.get(i).time());
      long end = i + 1 < series.size() ? millis(series.get(i + 1).time()) : to;
      String point = where + " at " + series.get(i).time();
      agrees(twin, asked, answer, series.get(i).value(), start, end, now, point);
      assertEquals(end > now ? Boolean.TRUE : null, series.get(i).partial(), point);
    }
  }

  private static void agrees(
      NaiveMetrics twin,
      Asked asked,
      MetricHistory.Answer answer,
      @Nullable Double found,
      long from,
      long to,
      long now,
      String where) {
    double seconds = Math.max(1, (Math.min(to, now) - from) / 1000.0);
    Double expected = twin.stat(asked, answer.stat(), from, to, seconds);
    Double error = answer.error();
    if (expected == null || found == null || error == null) {
      assertEquals(expected, found, where);
      return;
    }
    assertTrue(
        Math.abs(found - expected) <= error * Math.abs(expected) * (1 + 1e-9),
        where + ": " + found + " is not within " + error + " of " + expected);
  }

  static void agrees(NaiveMetrics twin, CurrentValue query, CurrentValue.Answer answer, long now) {
    List<NaiveMetrics.NodeValue> expected =
        twin.current(Asked.of(query.metric(), query.tags()), now);
    assertEquals(
        expected,
        answer.byNode().stream()
            .map(
                one ->
                    new NaiveMetrics.NodeValue(
                        one.node(), one.value(), millis(one.time()), one.live()))
            .toList(),
        query.toString());
    Double sum = null;
    for (NaiveMetrics.NodeValue one : expected) {
      if (one.live()) {
        sum = (sum == null ? 0 : sum) + one.value();
      }
    }
    assertEquals(sum, answer.value(), query.toString());
  }

  static Map<String, NaiveMetrics.Known> names(MetricNames.Answer answer) {
    Map<String, NaiveMetrics.Known> names = new TreeMap<>();
    for (MetricNames.Metric one : answer.metrics()) {
      names.put(
          one.metric(),
          new NaiveMetrics.Known(
              one.kind(),
              one.samples(),
              millis(one.lastSeen()),
              one.series(),
              one.nodes(),
              one.tags()));
    }
    return names;
  }

  /** The value of a group, which has one. */
  static double value(MetricHistory.Group group) {
    Double value = group.value();
    assertNotNull(value, String.valueOf(group.group()));
    return value;
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
