package dev.rivulet.views.numbers;

import dev.rivulet.measure.HotBuckets;
import dev.rivulet.measure.SeriesPlace;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of event and property of one project in one partition. The first {@value
 * NumbersView#MOST_PAIRS} are kept; the values of later ones are only counted, together.
 *
 * <pre>
 * rv:{p}:numbers:‹project›   hash: event, 2, property → {@link SeriesStats}; 2 → those not kept
 * </pre>
 */
final class ProjectNumbers {
  private static final char SEPARATOR = '\u0002';
  private static final int MOST_CHARS = 200;

  private final Scope scope;
  private final String project;
  private final HotBuckets buckets;
  private final Map<String, Map<String, PairNumbers>> events = new HashMap<>();
  private final List<PairNumbers> changed = new ArrayList<>();
  private final PairNumbers rest;
  private int pairs;

  ProjectNumbers(Scope scope, String project, HotBuckets buckets) {
    this.scope = scope;
    this.project = project;
    this.buckets = buckets;
    this.rest = new PairNumbers(field("", ""), null);
  }

  /** The field of a pair; that of two empty names stands for those not kept. */
  static String field(String event, String property) {
    return event + SEPARATOR + property;
  }

  void load(Reads reads) {
    reads.wholeHash(
        scope.key(project),
        stored ->
            stored.forEach(
                (field, stats) -> {
                  int end = field.lastIndexOf(SEPARATOR);
                  String property = field.substring(end + 1);
                  PairNumbers pair =
                      property.isEmpty() ? rest : open(field.substring(0, end), property);
                  pair.restore(SeriesStats.decode(stats));
                }));
  }

  /** The numbers of a pair, null when it is not kept. */
  @Nullable PairNumbers pair(String event, String property) {
    Map<String, PairNumbers> own = events.get(event);
    PairNumbers known = own == null ? null : own.get(property);
    if (known != null) {
      return known;
    }
    boolean kept =
        pairs < NumbersView.MOST_PAIRS
            && !property.isEmpty()
            && property.length() <= MOST_CHARS
            && property.indexOf(SEPARATOR) < 0;
    return kept ? open(event, property) : null;
  }

  void add(@Nullable PairNumbers pair, double value, long at, long receivedAt) {
    PairNumbers counted = pair == null ? rest : pair;
    if (counted.add(value, at, receivedAt)) {
      changed.add(counted);
    }
  }

  void write(Writes writes) {
    List<byte[]> fields = new ArrayList<>(changed.size() * 2);
    for (PairNumbers pair : changed) {
      fields.add(pair.field());
      fields.add(pair.encode());
    }
    changed.clear();
    writes.hash(scope.key(project), fields);
  }

  private PairNumbers open(String event, String property) {
    var place = new SeriesPlace(project, event, property);
    var pair = new PairNumbers(field(event, property), buckets.of(place));
    events.computeIfAbsent(event, name -> new HashMap<>()).put(property, pair);
    pairs++;
    return pair;
  }
}
