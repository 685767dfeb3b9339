package dev.rivulet.measure;

import dev.rivulet.event.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes, tags and values of tags that the series of a metric are told apart by. */
final class ToldApart {
  private final SeriesBounds bounds;
  private final Iterable<SeriesBook.Series> series;
  private final LiveNames nodes;
  private final LiveNames tags;
  private final Map<String, LiveNames> values = new HashMap<>();

  /**
   * @param series all of the metric, those added later among them
   */
  ToldApart(SeriesBounds bounds, Iterable<SeriesBook.Series> series) {
    this.bounds = bounds;
    this.series = series;
    this.nodes = new LiveNames(bounds.nodes(), series, one -> List.of(one.node()));
    this.tags = new LiveNames(bounds.tags(), series, ToldApart::tagsOf);
  }

  void add(SeriesBook.Series one) {
    nodes.add(one);
    tags.add(one);
    tagsOf(one).forEach(tag -> values.computeIfAbsent(tag, this::valuesOf).add(one));
  }

  /** A series that is about to lose its place. */
  void remove(SeriesBook.Series one) {
    nodes.remove(one);
    tags.remove(one);
    for (String tag : tagsOf(one)) {
      values.computeIfPresent(
          tag,
          (t, known) -> {
            known.remove(one);
            return known.isEmpty() ? null : known;
          });
    }
  }

  /** The node, or what stands for those that are not told apart. */
  String node(String node, long receivedAt) {
    return nodes.tells(node, receivedAt) ? node : Limits.OTHER;
  }

  /** The key with values that are not told apart replaced; null when one of its tags is not. */
  @Nullable SeriesKey key(SeriesKey key, long receivedAt) {
    SortedMap<String, String> told = null;
    for (Map.Entry<String, String> tag : key.tags().entrySet()) {
      if (!tags.tells(tag.getKey(), receivedAt)) {
        return null;
      }
      LiveNames known = values.get(tag.getKey());
      if (known != null && !known.tells(tag.getValue(), receivedAt)) {
        told = told == null ? new TreeMap<>(key.tags()) : told;
        told.put(tag.getKey(), Limits.OTHER);
      }
    }
    return told == null ? key : new SeriesKey(key.metric(), told);
  }

  private static Collection<String> tagsOf(SeriesBook.Series one) {
    return SeriesBook.isRest(one.key()) ? List.of() : one.key().tags().keySet();
  }

  private LiveNames valuesOf(String tag) {
    return new LiveNames(
        bounds.values(),
        series,
        one -> {
          String value = one.key().tags().get(tag);
          return value == null ? List.of() : List.of(value);
        });
  }
}
