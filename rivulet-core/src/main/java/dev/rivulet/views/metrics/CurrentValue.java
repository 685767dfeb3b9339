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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

  /** Silent nodes that are named: those heard of last. */
  public static final int MOST_STALE = 200;

  /**
   * The value.
   *
   * @param value null when no live node has one
   * @param time when the newest sample was measured, ISO-8601; null when there is none
   * @param tags of that sample
   * @param nodes live nodes with a value
   * @param stale nodes with a value that are silent, the {@value #MOST_STALE} heard of last; not
   *     those that lost their places to others
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
  Answer answer(Asking asking, List<MetricSeries> all) {
    List<MetricSeries> known = all.stream().filter(MetricSeries::isHeld).toList();
    Map<String, Long> heard = heard(asking);
    SortedMap<String, MetricSeries> newest = new TreeMap<>();
    MetricSeries last = null;
    for (MetricSeries series : known) {
      if (series.has(tags)) {
        newest.merge(series.node(), series, CurrentValue::newer);
        last = last == null ? series : newer(last, series);
      }
    }
    Map<String, Long> silent = new HashMap<>();
    newest.forEach(
        (node, series) ->
            silent.put(node, asking.now() - heard.getOrDefault(node, series.stats().receivedAt())));
    Set<String> named = heardLast(newest.keySet(), silent);
    List<NodeValue> byNode = new ArrayList<>();
    List<String> live = new ArrayList<>();
    List<String> stale = new ArrayList<>();
    Double sum = null;
    for (MetricSeries series : newest.values()) {
      String node = series.node();
      if (!named.contains(node)) {
        continue;
      }
      SeriesStats stats = series.stats();
      boolean isLive = isLive(node, silent);
      String time = Times.iso(stats.lastAt());
      byNode.add(new NodeValue(node.isEmpty() ? null : node, stats.value(), time, isLive));
      if (isLive) {
        sum = (sum == null ? 0 : sum) + stats.value();
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

  /** The live nodes, and of the silent ones those heard of last, by name. */
  private static SortedSet<String> heardLast(Set<String> nodes, Map<String, Long> silent) {
    SortedSet<String> named = new TreeSet<>();
    nodes.stream().filter(node -> isLive(node, silent)).forEach(named::add);
    nodes.stream()
        .filter(node -> !isLive(node, silent))
        .sorted(
            Comparator.comparingLong((String node) -> silent.getOrDefault(node, Long.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_STALE)
        .forEach(named::add);
    return named;
  }

  private static boolean isLive(String node, Map<String, Long> silent) {
    return node.isEmpty() || silent.getOrDefault(node, Long.MAX_VALUE) <= LIVE_SECONDS * 1000L;
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
