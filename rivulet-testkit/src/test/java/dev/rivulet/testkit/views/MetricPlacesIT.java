package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesBounds;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveMetrics;
import dev.rivulet.testkit.naive.NaivePlaces;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The laws hold where there are few places and they are given away again and again. */
class MetricPlacesIT extends ViewContract {
  /** All samples are without tags, so that the places of a metric are in one partition. */
  private static final SeriesBounds FEW = new SeriesBounds(4, 3, 1, 1, 1_000, 1_000);

  private static final long DAY = 86_400_000;

  private final long from =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(90, ChronoUnit.DAYS).toEpochMilli();

  private List<NaiveSample> sent = List.of();

  @Override
  protected View view() {
    return new MetricsView(FEW);
  }

  @Override
  protected boolean tellsArrival() {
    return true;
  }

  @Override
  protected long from() {
    return from;
  }

  @Override
  protected long to() {
    return from + 88 * DAY;
  }

  @Override
  protected List<Event> events(long seed) {
    sent = new PodTraffic(new Random(seed), false).samples(from(), to(), 600);
    return sent.stream().map(sample -> sample.event(PROJECT)).toList();
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    Range all = Range.between(from(), to());
    for (String metric : List.of("cpu", "queue")) {
      for (Stat stat : List.of(Stat.COUNT, Stat.SUM, Stat.MAX, Stat.LAST, Stat.P90)) {
        queries.add(history(metric, stat, null, all));
        queries.add(history(metric, stat, MetricSeries.NODE, all));
      }
      queries.add(new CurrentValue(PROJECT, metric, Map.of()));
    }
    queries.add(new MetricNames(PROJECT));
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    Map<String, NaiveSample> byId =
        sent.stream().collect(Collectors.toMap(sample -> "" + sample.id(), Function.identity()));
    List<NaiveSample> arrived = new ArrayList<>();
    for (Event event : recount.samples()) {
      arrived.add(byId.get("" + event.id()).received(event.receivedAt()));
    }
    var places = new NaivePlaces(FEW);
    var told = new NaiveMetrics(places.told(arrived));
    var held = new NaiveMetrics(places.held(arrived));
    var plain = new NaiveMetrics(arrived);
    for (Query<?> query : queries()) {
      if (query instanceof MetricHistory history) {
        MetricsTwin.agrees(
            history.by() == null ? plain : told, history, driver.ask(history), now());
      } else if (query instanceof CurrentValue current) {
        MetricsTwin.agrees(held, current, driver.ask(current), now());
      }
    }
    long samples =
        driver.ask(new MetricNames(PROJECT)).metrics().stream()
            .mapToLong(MetricNames.Metric::samples)
            .sum();
    assertEquals(arrived.size(), samples);
  }

  private static MetricHistory history(String metric, Stat stat, String by, Range range) {
    return new MetricHistory(PROJECT, metric, stat, Map.of(), by, range, Step.WEEK, null);
  }
}
