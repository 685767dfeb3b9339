package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.EventNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsIT extends ViewContract {
  private static final long HOUR = 3_600_000;

  @Override
  protected View view() {
    return new CountsView();
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (String event : new String[] {null, "view", "%2a", "{0}:*?/ day", "never"}) {
      for (Step step : new Step[] {Step.MINUTE, Step.QUARTER, Step.HOUR, Step.DAY, Step.MONTH}) {
        Range middle = Range.between(from() + 11 * HOUR + 123_456, from() + 31 * HOUR + 1);
        queries.add(new EventCount(PROJECT, event, middle, step, null));
      }
      Range all = Range.between(from() - 2 * HOUR, to() + 2 * HOUR);
      queries.add(new EventCount(PROJECT, event, all, null, null));
      queries.add(
          new EventCount(PROJECT, event, Range.last(Duration.ofHours(3)), Step.MINUTE, null));
    }
    queries.add(new EventNames(PROJECT));
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (Query<?> query : queries()) {
      if (query instanceof EventCount count) {
        agrees(count, driver.ask(count), recount);
      }
    }
    Map<String, Long> names = new TreeMap<>();
    driver.ask(new EventNames(PROJECT)).events().forEach(n -> names.put(n.event(), n.total()));
    assertEquals(recount.names(), names);
  }

  static void agrees(EventCount query, EventCount.Answer answer, Recount recount) {
    long to = millis(answer.to());
    assertEquals(
        recount.count(query.event(), millis(answer.from()), to), answer.total(), query + "");
    for (int i = 0; i < answer.series().size(); i++) {
      var point = answer.series().get(i);
      long end = i + 1 < answer.series().size() ? millis(answer.series().get(i + 1).time()) : to;
      long expected = recount.count(query.event(), millis(point.time()), end);
      assertEquals(expected, point.count() == null ? 0 : point.count(), query + " " + point);
    }
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void fold_lateEventAfterItsMinutesWent_isCountedWithTheOthers() {
    long day = Math.floorDiv(System.currentTimeMillis(), 86_400_000L) * 86_400_000 - 10 * 24 * HOUR;
    try (var redis = RealRedis.start();
        var driver = RivuletDriver.open(redis.address(), 2, ZoneOffset.UTC, List.of(view()))) {
      driver.append(List.of(event("a", day + HOUR, day + HOUR), event("b", day, day)));
      driver.foldAll(); // the minutes of that day are kept until ten days ago: Redis lets them go
      driver.append(
          List.of(event("a", day + HOUR, day + 240 * HOUR), event("b", day, day + 240 * HOUR)));
      driver.foldAll();
      Range hours = Range.between(day, day + 2 * HOUR);
      driver.at(day + 240 * HOUR);
      for (Step step : new Step[] {Step.MINUTE, Step.HOUR}) {
        assertEquals(4, driver.ask(new EventCount(PROJECT, "view", hours, step, null)).total());
        assertEquals(4, driver.ask(new EventCount(PROJECT, null, hours, step, null)).total());
      }
    }
  }

  private static Event event(String user, long occurredAt, long receivedAt) {
    return new Event(
        PROJECT, Kind.EVENT, "view", user, null, occurredAt, receivedAt, Properties.NONE);
  }
}
