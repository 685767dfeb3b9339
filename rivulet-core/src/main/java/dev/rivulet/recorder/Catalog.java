package dev.rivulet.recorder;

import dev.rivulet.admission.SampleAdmission;
import dev.rivulet.admission.Verdict;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.SampleDraft;
import dev.rivulet.measure.SeriesKey;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The metrics and series of a recorder, bounded. A tag's value that cannot be stored, and all
 * values of a series past the bound, become {@code $other}. Thread-safe.
 */
final class Catalog {
  private static final int MOST_METRICS = 2_000;

  /** Of each metric one for each set of tag names; past that values are dropped. */
  private static final int MOST_OVERFLOW_SERIES = 4_000;

  /** Stripes that all series together may add where threads meet: about 2 KB each. */
  private static final int SPARE_STRIPES = 4_096;

  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();
  private final Map<SeriesKey, Series> series = new ConcurrentHashMap<>();
  private final AtomicInteger spareStripes = new AtomicInteger(SPARE_STRIPES);
  private final Losses losses;
  private final int mostSeries;
  private final Metric own;
  private int toldApart;
  private int overflowSeries;
  private boolean closed;

  /**
   * @param own a metric of the recorder itself, a counter, whose series are not bounded
   */
  Catalog(int mostSeries, String own, Losses losses) {
    this.mostSeries = mostSeries;
    this.own = new Metric(own, MetricKind.COUNTER);
    this.losses = losses;
    metrics.put(own, this.own);
  }

  /** Whether the recorder's own metric counts, or somebody has made it one of another kind. */
  boolean ownCounts() {
    MetricKind settled = own.settled();
    return settled == null || settled == own.kind();
  }

  /** All series that take values. */
  Collection<Series> all() {
    return series.values();
  }

  /**
   * The series of a metric with tags, made if there is none.
   *
   * @throws IllegalArgumentException when the metric's name or a tag's name cannot be, or the
   *     metric is of another kind
   */
  Series series(String name, MetricKind kind, SortedMap<String, String> tags) {
    Series known = series.get(new SeriesKey(name, tags));
    if (known != null) {
      return ofKind(known.metric(), kind) ? known : conflict(known.metric(), kind);
    }
    return made(name, kind, storable(name, tags));
  }

  private synchronized Series made(String name, MetricKind kind, SortedMap<String, String> tags) {
    Metric metric = metrics.get(name);
    if (metric != null && !ofKind(metric, kind)) {
      return conflict(metric, kind);
    }
    var key = new SeriesKey(name, tags);
    if (metric == null) {
      metric = new Metric(name, kind);
      if (metrics.size() >= MOST_METRICS) {
        return Series.refusing(metric, key, losses, Loss.TOO_MANY_METRICS);
      }
      metrics.put(name, metric);
    }
    boolean fits =
        series.containsKey(key) || tags.isEmpty() || toldApart < mostSeries || metric == own;
    if (!fits) {
      tags.replaceAll((tag, value) -> Limits.OTHER);
    }
    Series known = series.get(key);
    if (known != null) {
      return known;
    }
    if (closed) {
      return Series.refusing(metric, key, losses, Loss.CLOSED);
    }
    if (!fits && overflowSeries >= MOST_OVERFLOW_SERIES) {
      return Series.refusing(metric, key, losses, Loss.TOO_MANY_METRICS);
    }
    if (fits) {
      toldApart++;
    } else {
      overflowSeries++;
    }
    boolean overflow = tags.containsValue(Limits.OTHER);
    var fresh = new Series(metric, key, overflow, losses, spareStripes);
    series.put(key, fresh);
    return fresh;
  }

  /**
   * @throws IllegalArgumentException when a node cannot have this name
   */
  static void requireNode(String node) {
    require(new SampleDraft().metric(Windows.DROPPED).node(node), null);
  }

  /** Makes no series any more: those that are asked for take nothing. */
  synchronized void close() {
    closed = true;
  }

  private static boolean ofKind(Metric metric, MetricKind kind) {
    return metric.kind() == kind;
  }

  private static Series conflict(Metric metric, MetricKind kind) {
    throw new IllegalArgumentException(
        "metric '"
            + metric.name()
            + "' is a "
            + metric.kind().word()
            + " here and cannot be a "
            + kind.word()
            + " too: use another name");
  }

  /** The tags as they can be stored. */
  private static SortedMap<String, String> storable(String name, SortedMap<String, String> tags) {
    require(new SampleDraft().metric(name), null);
    var stored = new TreeMap<String, String>();
    tags.forEach(
        (tag, value) -> {
          require(new SampleDraft().metric(name).tag(tag, Limits.OTHER), tag);
          boolean storable = refusal(new SampleDraft().metric(name).tag(tag, value)) == null;
          stored.put(tag, storable ? value : Limits.OTHER);
        });
    var all = new SampleDraft().metric(name);
    stored.forEach(all::tag);
    require(all, null);
    return stored;
  }

  private static void require(SampleDraft draft, @Nullable String tag) {
    String refusal = refusal(draft);
    if (refusal != null) {
      throw new IllegalArgumentException(tag == null ? refusal : refusal + " (tag '" + tag + "')");
    }
  }

  /** Why a sample cannot be, null when it can. */
  private static @Nullable String refusal(SampleDraft draft) {
    Verdict verdict = SampleAdmission.admit("", draft.value(0), 0);
    return verdict instanceof Verdict.Refused refused ? refused.detail() : null;
  }
}
