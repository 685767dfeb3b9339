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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One stored series of a metric: that of one node in one partition, in one place.
 *
 * @param tags by key; of the series that counts what came past the bounds none
 * @param node empty when the samples had none
 * @param rest whether it counts what came past the bounds, of whatever tags
 * @param tenure when the place's values are its
 * @param stats of all values of the place ever, other holders' among them
 */
public record MetricSeries(
    int partition,
    SeriesPlace place,
    SortedMap<String, String> tags,
    String node,
    boolean rest,
    Tenure tenure,
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
            List<StoredPlaces> known = new ArrayList<>(1);
            // First the statistics: a series that begins in between has none and is left out.
            reads.wholeHash(
                StoredPlaces.statsKey(scope, project, metric),
                fields -> known.add(StoredPlaces.decode(fields)));
            reads.get(
                StoredPlaces.seriesKey(scope, project, metric),
                names ->
                    all.computeIfAbsent(metric, m -> new ArrayList<>())
                        .addAll(named(scope, project, metric, names, known.get(0))));
          }
        });
    return all;
  }

  private static List<MetricSeries> named(
      Scope scope, String project, String metric, byte @Nullable [] names, StoredPlaces known) {
    List<MetricSeries> named = new ArrayList<>();
    int number = 0;
    for (Holder first : StoredPlaces.firstHolders(metric, names)) {
      SeriesStats stats = known.stats().get(number);
      if (stats != null) {
        byte[] later = known.holders().get(number);
        var place = new SeriesPlace(project, metric, Integer.toString(number));
        List<Holder> holders = later == null ? List.of(first) : Holder.decode(metric, later);
        long from = holders.get(0).tenure().from();
        if (from > Long.MIN_VALUE) {
          named.add(of(scope, place, forgotten(from), stats));
        }
        holders.forEach(holder -> named.add(of(scope, place, holder, stats)));
      }
      number++;
    }
    return named;
  }

  /** What stands for the holders of a place before {@code end}, whose names are not kept. */
  private static Holder forgotten(long end) {
    var rest = new SeriesKey("", new TreeMap<>(Map.of(SeriesBook.NO_TAG, SeriesBook.NO_TAG)));
    return new Holder(rest, Limits.OTHER, new Tenure(Long.MIN_VALUE, end));
  }

  private static MetricSeries of(Scope scope, SeriesPlace place, Holder holder, SeriesStats stats) {
    SortedMap<String, String> tags = holder.key().tags();
    boolean rest = tags.containsKey(SeriesBook.NO_TAG);
    return new MetricSeries(
        scope.partition(),
        place,
        rest ? Collections.emptySortedMap() : tags,
        holder.node(),
        rest,
        holder.tenure(),
        stats);
  }

  /** Whether the last value of the place is its. */
  public boolean isHeld() {
    return tenure.contains(stats.latest());
  }

  /** Whether it may have values in a range. */
  public boolean touches(long from, long to) {
    return tenure.touches(from, to) && stats.touches(from, to);
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
