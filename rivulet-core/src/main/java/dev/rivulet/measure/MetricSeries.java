package dev.rivulet.measure;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One stored series of a metric: that of one node in one partition.
 *
 * @param tags by key; of the series that counts what came past the bounds none
 * @param node empty when the samples had none
 * @param rest whether it counts what came past the bounds, of whatever tags
 * @param stats of all its values ever
 */
public record MetricSeries(
    int partition,
    SeriesPlace place,
    SortedMap<String, String> tags,
    String node,
    boolean rest,
    SeriesStats stats) {
  /** The room whose state this is. */
  public static final String ROOM = "metrics";

  /** The word that groups by node. */
  public static final String NODE = "node";

  /** All series of a metric in one round trip; none when it was never seen. */
  public static List<MetricSeries> all(Asking asking, String project, String metric) {
    return all(asking, project, List.of(metric)).getOrDefault(metric, List.of());
  }

  /** All series of several metrics in one round trip. */
  public static Map<String, List<MetricSeries>> all(
      Asking asking, String project, List<String> metrics) {
    Map<String, List<MetricSeries>> all = new HashMap<>();
    asking.scatter(
        ROOM,
        (scope, reads) -> {
          for (String metric : metrics) {
            Map<Integer, SeriesStats> stats = new HashMap<>();
            // First the statistics: a series that begins in between has none and is left out.
            reads.wholeHash(
                SeriesBook.statsKey(scope, project, metric),
                stored ->
                    stored.forEach(
                        (number, bytes) ->
                            stats.put(Integer.valueOf(number), SeriesStats.decode(bytes))));
            reads.get(
                SeriesBook.seriesKey(scope, project, metric),
                stored ->
                    all.computeIfAbsent(metric, m -> new ArrayList<>())
                        .addAll(named(scope, project, metric, stored, stats)));
          }
        });
    return all;
  }

  private static List<MetricSeries> named(
      Scope scope,
      String project,
      String metric,
      byte @Nullable [] stored,
      Map<Integer, SeriesStats> stats) {
    List<MetricSeries> named = new ArrayList<>();
    List<SeriesBook.Entry> entries = SeriesBook.decode(metric, stored);
    for (int number = 0; number < entries.size(); number++) {
      SeriesStats own = stats.get(number);
      if (own != null) {
        SeriesBook.Entry entry = entries.get(number);
        SortedMap<String, String> tags = entry.key().tags();
        boolean rest = tags.containsKey(SeriesBook.NO_TAG);
        named.add(
            new MetricSeries(
                scope.partition(),
                new SeriesPlace(project, metric, Integer.toString(number)),
                rest ? Collections.emptySortedMap() : tags,
                entry.node(),
                rest,
                own));
      }
    }
    return named;
  }

  /** Whether all of {@code wanted} are among its tags. */
  public boolean has(Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(
            tag ->
                rest
                    ? tag.getValue().equals(Limits.OTHER)
                    : tag.getValue().equals(tags.get(tag.getKey())));
  }

  /** The group it belongs to: the value of a tag, or its node; null when it has none. */
  public @Nullable String group(String by) {
    if (by.equals(NODE)) {
      return node.isEmpty() ? null : node;
    }
    return rest ? Limits.OTHER : tags.get(by);
  }

  /** Whether it counts values of series, tags or nodes that came past a bound. */
  public boolean overflow() {
    return rest || isOverflow(tags, node);
  }

  static boolean isOverflow(Map<String, String> tags, String node) {
    return node.equals(Limits.OTHER)
        || tags.containsValue(Limits.OTHER)
        || tags.containsKey(SeriesBook.NO_TAG);
  }
}
