package dev.rivulet.views.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The value of a metric now: of each node the newest sample, and their sum over the nodes that are
 * alive, which are those that sent any sample within {@value #LIVE_SECONDS} seconds. Samples
 * without a node count as one nameless node that is always alive.
 *
 * @param tags what the tags of samples must be
 */
public record CurrentValue(String project, String metric, Map<String, String> tags)
    implements Query<CurrentValue.Answer> {
  /** A node that is silent for longer is not alive. */
  public static final int LIVE_SECONDS = 30;

  /**
   * The value.
   *
   * @param value null when no live node has one
   * @param time when the newest sample was measured, ISO-8601; null when there is none
   * @param tags of that sample
   * @param nodes live nodes with a value
   * @param stale nodes with a value that are silent
   * @param overflow true when some series came past a bound and count as {@code $other}
   * @param explanation why the value is null although live nodes have values
   */
  public record Answer(
      String metric,
      @Nullable Double value,
      @Nullable String time,
      SortedMap<String, String> tags,
      List<String> nodes,
      List<String> stale,
      List<NodeValue> byNode,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean overflow,
      @JsonInclude(Include.NON_NULL) @Nullable String explanation) {}

  /**
   * The newest sample of one node.
   *
   * @param node null for samples without one
   */
  public record NodeValue(@Nullable String node, double value, String time, boolean live) {}

  @Override
  public Answer answer(Asking asking) {
    List<MetricSeries> known = MetricSeries.all(asking, project, metric);
    if (known.isEmpty()) {
      throw new UnknownMetric(metric);
    }
    return answer(asking, known);
  }

  /** Answers from the series of the metric, none if it was never seen. */
  Answer answer(Asking asking, List<MetricSeries> known) {
    Map<String, Long> heard = heard(asking);
    SortedMap<String, MetricSeries> newest = new TreeMap<>();
    MetricSeries last = null;
    for (MetricSeries series : known) {
      if (series.has(tags)) {
        newest.merge(series.node(), series, CurrentValue::newer);
        last = last == null ? series : newer(last, series);
      }
    }
    List<NodeValue> byNode = new ArrayList<>();
    List<String> live = new ArrayList<>();
    List<String> stale = new ArrayList<>();
    Double sum = null;
    for (MetricSeries series : newest.values()) {
      String node = series.node();
      long silent = asking.now() - heard.getOrDefault(node, series.stats().receivedAt());
      boolean isLive = node.isEmpty() || silent <= LIVE_SECONDS * 1000L;
      double value = series.stats().value();
      String time = Times.iso(series.stats().lastAt());
      byNode.add(new NodeValue(node.isEmpty() ? null : node, value, time, isLive));
      if (isLive) {
        sum = (sum == null ? 0 : sum) + value;
      }
      if (!node.isEmpty()) {
        (isLive ? live : stale).add(node);
      }
    }
    boolean tooLarge = sum != null && !Double.isFinite(sum);
    return new Answer(
        metric,
        tooLarge ? null : sum,
        last == null ? null : Times.iso(last.stats().lastAt()),
        last == null ? new TreeMap<>() : last.tags(),
        live,
        stale,
        byNode,
        known.stream().anyMatch(MetricSeries::overflow) ? Boolean.TRUE : null,
        tooLarge ? "the sum over the nodes is larger than the largest number there is" : null);
  }

  /**
   * The series with the newer value; of one moment the greater value, then the first by its tags.
   */
  private static MetricSeries newer(MetricSeries a, MetricSeries b) {
    SeriesStats one = a.stats();
    SeriesStats two = b.stats();
    if (one.lastAt() != two.lastAt()) {
      return one.lastAt() > two.lastAt() ? a : b;
    }
    if (one.value() != two.value()) {
      return one.value() > two.value() ? a : b;
    }
    return a.tags().toString().compareTo(b.tags().toString()) <= 0 ? a : b;
  }

  /** When the newest sample of each node arrived, in epoch milliseconds. */
  private Map<String, Long> heard(Asking asking) {
    Map<String, Long> heard = new HashMap<>();
    asking.scatter(
        MetricsView.ROOM,
        (scope, reads) ->
            reads.wholeHash(
                ProjectMetrics.nodesKey(scope, project),
                stored ->
                    stored.forEach(
                        (node, at) -> heard.merge(node, Long.valueOf(Bytes.text(at)), Math::max))));
    return heard;
  }
}
