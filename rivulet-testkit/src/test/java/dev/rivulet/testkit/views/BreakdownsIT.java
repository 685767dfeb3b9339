package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.breakdowns.BreakdownsView;
import dev.rivulet.views.breakdowns.EventCountBy;
import dev.rivulet.views.breakdowns.EventProperties;
import dev.rivulet.views.breakdowns.TopValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Few enough values that every breakdown is exact. */
class BreakdownsIT extends ViewContract {
  private static final long HOUR = 3_600_000;
  private static final String[] PROPERTIES = {
    "plan", "amount", "price", "first", "{city}*", "number", "nested"
  };

  @Override
  protected View view() {
    return new BreakdownsView();
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    Range middle = Range.between(from() + 11 * HOUR + 123_456, from() + 31 * HOUR + 1);
    Range all = Range.between(from() - 2 * HOUR, to() + 2 * HOUR);
    for (String event : new String[] {"view", "{0}:*?/ day"}) {
      for (String property : PROPERTIES) {
        queries.add(new TopValues(PROJECT, event, property, middle, 2));
        queries.add(new TopValues(PROJECT, event, property, all, 1_000));
        queries.add(new EventCountBy(PROJECT, event, property, middle, Step.HOUR, null, 1_000));
        queries.add(new EventCountBy(PROJECT, event, property, all, Step.DAY, null, 1));
      }
      queries.add(new EventCountBy(PROJECT, event, "plan", middle, Step.QUARTER, null, 10));
      queries.add(new EventProperties(PROJECT, event));
    }
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    for (Query<?> query : queries()) {
      if (query instanceof TopValues top) {
        agrees(top, driver.ask(top), recount);
      } else if (query instanceof EventCountBy by) {
        agrees(by, driver.ask(by), recount);
      } else if (query instanceof EventProperties properties) {
        Map<String, Long> found = new TreeMap<>();
        driver.ask(properties).properties().forEach(p -> found.put(p.property(), p.count()));
        assertEquals(recount.properties(properties.event()), found, query + "");
      }
    }
  }

  private static void agrees(TopValues query, TopValues.Answer answer, Recount recount) {
    long from = millis(answer.from());
    long to = millis(answer.to());
    Map<Object, Long> expected = recount.values(query.event(), query.property(), from, to);
    long total = recount.count(query.event(), from, to);
    long present = expected.values().stream().mapToLong(Long::longValue).sum();
    long listed = answer.values().stream().mapToLong(TopValues.Count::count).sum();
    assertEquals(Boolean.TRUE, answer.exact(), query + "");
    assertEquals(total, answer.total(), query + "");
    assertEquals(total - present, answer.absent(), query + "");
    assertEquals(present - listed, answer.other(), query + "");
    assertEquals(Math.min(query.limit(), expected.size()), answer.values().size(), query + "");
    List<Long> most = expected.values().stream().sorted((a, b) -> Long.compare(b, a)).toList();
    for (int i = 0; i < answer.values().size(); i++) {
      var value = answer.values().get(i);
      assertEquals(expected.get(value.value()), value.count(), query + " " + value);
      assertEquals(most.get(i), value.count(), query + " " + value);
    }
  }

  private void agrees(EventCountBy query, EventCountBy.Answer answer, Recount recount) {
    long from = millis(answer.from());
    long to = millis(answer.to());
    long total = recount.count(query.event(), from, to);
    assertEquals(total, answer.total(), query + "");
    long grouped = answer.groups().stream().mapToLong(EventCountBy.Group::total).sum();
    assertEquals(total - grouped, answer.other(), query + "");
    Map<Object, Long> expected = new HashMap<>(counts(query, from, to, recount));
    answer.groups().forEach(g -> assertEquals(expected.get(g.group()), g.total(), query + " " + g));
    for (int i = 0; i < answer.series().size(); i++) {
      long start = millis(answer.series().get(i).time());
      boolean last = i + 1 == answer.series().size();
      long end = last ? to : millis(answer.series().get(i + 1).time());
      Long all = answer.series().get(i).count();
      assertEquals(isNoData(start, end, recount), all == null, query + " at " + start);
      Map<Object, Long> inside = counts(query, start, end, recount);
      for (EventCountBy.Group group : answer.groups()) {
        Long found = group.series().get(i).count();
        assertEquals(
            inside.getOrDefault(group.group(), 0L), found == null ? 0 : found, query + " " + group);
      }
    }
    assertEquals(Math.min(query.limit(), expected.size()), answer.groups().size(), query + "");
  }

  /** No data is not zero: before the project's first event, and in the future, there is none. */
  private boolean isNoData(long start, long end, Recount recount) {
    return recount.count(null, 0, end) == 0 || start > now();
  }

  /** Events per value; under null those without the property. */
  private static Map<Object, Long> counts(EventCountBy query, long from, long to, Recount recount) {
    Map<Object, Long> counts =
        new HashMap<>(recount.values(query.event(), query.property(), from, to));
    long present = counts.values().stream().mapToLong(Long::longValue).sum();
    long absent = recount.count(query.event(), from, to) - present;
    if (absent > 0) {
      counts.put(null, absent);
    }
    return counts;
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
