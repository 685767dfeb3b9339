package dev.rivulet.views.metrics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Query;
import dev.rivulet.views.metrics.MetricHistory.Point;
import dev.rivulet.views.metrics.ProjectMetrics.MetricInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a live page shows of a metric: its value now and its last hour by the minute. A metric that
 * was never seen has no value yet.
 */
public record MetricNow(String project, String metric) implements Query<MetricNow.Answer> {
  private static final Range LAST_HOUR = Range.last(Duration.ofHours(1));

  /**
   * The value and the hour.
   *
   * @param stat what the series shows: the sum of a counter, else the mean
   */
  public record Answer(
      @JsonUnwrapped CurrentValue.Answer current, String stat, List<Point> series) {}

  @Override
  public Answer answer(Asking asking) {
    List<MetricSeries> known = MetricSeries.all(asking, project, metric);
    Stat stat = kind(asking) == MetricKind.COUNTER ? Stat.SUM : Stat.MEAN;
    var current = new CurrentValue(project, metric, Map.of());
    var hour =
        new MetricHistory(project, metric, stat, Map.of(), null, LAST_HOUR, Step.MINUTE, null);
    return new Answer(
        current.answer(asking, known), stat.word(), hour.answer(asking, known).series());
  }

  private @Nullable MetricKind kind(Asking asking) {
    var kinds = new TreeSet<MetricKind>();
    asking.scatter(
        MetricsView.ROOM,
        (scope, reads) ->
            reads.hash(
                scope.key(project),
                List.of(Command.bytes(metric)),
                found -> {
                  byte[] info = found.get(0);
                  MetricKind kind = info == null ? null : MetricInfo.decode(info).kind();
                  if (kind != null) {
                    kinds.add(kind);
                  }
                }));
    return kinds.isEmpty() ? null : kinds.first();
  }
}
