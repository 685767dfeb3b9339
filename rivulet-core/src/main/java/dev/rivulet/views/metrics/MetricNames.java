package dev.rivulet.views.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.views.metrics.ProjectMetrics.MetricInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The metrics of a project, by name. */
public record MetricNames(String project) implements Query<MetricNames.Answer> {
  /** Nodes of a metric that are named: those heard of last. */
  public static final int MOST_NODES = 200;

  /** The metrics. */
  public record Answer(List<Metric> metrics) {}

  /**
   * One metric.
   *
   * @param kind what its values are; absent when no sample said
   * @param samples values ever
   * @param lastSeen when the newest was measured, ISO-8601
   * @param series different tags
   * @param nodes the {@value #MOST_NODES} heard of last
   * @param tags how many different values each tag has
   * @param overflow true when some series came past a bound and count as {@code $other}
   */
  @JsonInclude(Include.NON_NULL)
  public record Metric(
      String metric,
      @Nullable String kind,
      long samples,
      String lastSeen,
      int series,
      SortedSet<String> nodes,
      SortedMap<String, Integer> tags,
      @Nullable Boolean overflow) {}

  @Override
  public Answer answer(Asking asking) {
    SortedMap<String, MetricInfo> infos = new TreeMap<>();
    ProjectMetrics.all(
        asking, project, (metric, info) -> infos.merge(metric, info, MetricNames::together));
    Map<String, List<MetricSeries>> all =
        MetricSeries.all(asking, project, List.copyOf(infos.keySet()));
    List<Metric> metrics = new ArrayList<>();
    infos.forEach(
        (metric, info) -> {
          List<MetricSeries> series =
              all.getOrDefault(metric, List.of()).stream().filter(MetricSeries::isHeld).toList();
          if (!series.isEmpty()) {
            metrics.add(metric(metric, info.kind(), series));
          }
        });
    return new Answer(metrics);
  }

  private static Metric metric(String name, @Nullable MetricKind kind, List<MetricSeries> series) {
    SeriesStats stats = SeriesStats.NONE;
    Map<String, Long> heard = new HashMap<>();
    Set<SortedMap<String, String>> different = new HashSet<>();
    Map<String, Set<String>> values = new HashMap<>();
    boolean overflow = false;
    for (MetricSeries one : series) {
      stats = stats.plus(one.stats());
      overflow |= one.overflow();
      if (!one.node().isEmpty()) {
        heard.merge(one.node(), one.stats().receivedAt(), Math::max);
      }
      if (!one.rest()) {
        different.add(one.tags());
        one.tags().forEach((tag, v) -> values.computeIfAbsent(tag, t -> new HashSet<>()).add(v));
      }
    }
    SortedSet<String> nodes = new TreeSet<>();
    heard.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_NODES)
        .forEach(node -> nodes.add(node.getKey()));
    SortedMap<String, Integer> tags = new TreeMap<>();
    values.forEach((tag, own) -> tags.put(tag, own.size()));
    return new Metric(
        name,
        kind == null ? null : kind.word(),
        stats.count(),
        Times.iso(stats.lastAt()),
        different.size(),
        nodes,
        tags,
        overflow ? Boolean.TRUE : null);
  }

  /** Of two partitions; admission sees to it that they never know different kinds. */
  private static MetricInfo together(MetricInfo a, MetricInfo b) {
    return new MetricInfo(
        a.kind() == null ? b.kind() : a.kind(),
        a.series() + b.series(),
        a.overflow() || b.overflow());
  }
}
