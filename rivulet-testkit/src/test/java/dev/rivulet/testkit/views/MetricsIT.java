package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.Event;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.SampleTraffic;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaiveSample;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.metrics.CurrentValue;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.MetricNames;
import dev.rivulet.views.metrics.MetricsView;
import dev.rivulet.views.metrics.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class MetricsIT extends ViewContract {
  private static final long HOUR = 3_600_000;
  private static final String HOSTILE = "{0}:*?/ größe";

  private List<NaiveSample> sent = List.of();

  @Override
  protected View view() {
    return new MetricsView();
  }

  @Override
  protected List<Event> events(long seed) {
    sent = new SampleTraffic(seed, PROJECT).samples(from(), to(), 600);
    return sent.stream().map(sample -> sample.event(PROJECT)).toList();
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    Range middle = Range.between(from() + 11 * HOUR + 123_456, from() + 31 * HOUR + 1);
    Range lately = Range.last(Duration.ofHours(3));
    Range all = Range.between(from() - 2 * HOUR, to() + 2 * HOUR);
    for (Stat stat : Stat.values()) {
      queries.add(history("response_time", stat, Map.of(), "endpoint", all, null));
      queries.add(history("response_time", stat, Map.of("status", "200"), "node", middle, null));
      queries.add(history(HOSTILE, stat, Map.of(), "node", lately, Step.MINUTE));
    }
    for (Step step : Step.values()) {
      queries.add(history("queue_depth", Stat.P95, Map.of(), "queue", middle, step));
      queries.add(history("orders", Stat.RATE, Map.of(), null, middle, step));
    }
    queries.add(history("orders", Stat.SUM, Map.of("never", "seen"), null, all, null));
    queries.add(new CurrentValue(PROJECT, "queue_depth", Map.of()));
    queries.add(new CurrentValue(PROJECT, "queue_depth", Map.of("queue", "mail")));
    queries.add(new CurrentValue(PROJECT, HOSTILE, Map.of()));
    queries.add(new MetricNames(PROJECT));
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    var twin = new NaiveMetrics(samples(recount));
    for (Query<?> query : queries()) {
      if (query instanceof MetricHistory history) {
        MetricsTwin.agrees(twin, history, driver.ask(history), now());
      } else if (query instanceof CurrentValue current) {
        MetricsTwin.agrees(twin, current, driver.ask(current), now());
      }
    }
    assertEquals(twin.names(), MetricsTwin.names(driver.ask(new MetricNames(PROJECT))));
  }

  /** The plain samples of the records that count. */
  private List<NaiveSample> samples(Recount recount) {
    Map<Object, NaiveSample> byRecord = new HashMap<>();
    sent.forEach(sample -> byRecord.put(identity(sample.event(PROJECT)), sample));
    List<NaiveSample> counted = new ArrayList<>();
    for (Event event : recount.samples()) {
      NaiveSample sample = byRecord.get(identity(event));
      if (sample == null) {
        throw new AssertionError("nobody sent " + event);
      }
      counted.add(sample.received(event.receivedAt()));
    }
    return counted;
  }

  private static Object identity(Event event) {
    return event.id() == null
        ? List.of(event.user(), event.occurredAt(), event.receivedAt(), event.properties())
        : event.id();
  }

  private static MetricHistory history(
      String metric, Stat stat, Map<String, String> tags, String by, Range range, Step step) {
    return new MetricHistory(PROJECT, metric, stat, tags, by, range, step, null);
  }
}
