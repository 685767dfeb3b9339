package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.HotBuckets.SeriesBuckets;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The series of one metric in one partition, numbered in the order in which they first came. A
 * series here is that of one node. Bounded: what is past a bound is counted in series of {@link
 * Limits#OTHER}, and nothing is dropped. Who comes first in the log stays, so a replay decides the
 * same. Used by one thread.
 *
 * <pre>
 * rv:{p}:metrics:‹project›:‹metric›:series   per series, in order: its text behind the metric, its node
 * rv:{p}:metrics:‹project›:‹metric›:stats    hash: number → {@link SeriesStats}
 * </pre>
 */
public final class SeriesBook {
  /** Different values of a tag. */
  public static final int MOST_VALUES = 1_000;

  /** Different tags. */
  public static final int MOST_TAGS = 50;

  /** Series, those of each node counted. */
  public static final int MOST_SERIES = 5_000;

  /** Nodes. */
  public static final int MOST_NODES = 200;

  /** What stands for all tags of the series past the bound; no sample can have such a tag. */
  static final String NO_TAG = "";

  private final Scope scope;
  private final String project;
  private final String metric;
  private final HotBuckets buckets;
  private final BooleanSupplier mayGrow;
  private final Map<String, Map<String, Series>> byText = new HashMap<>();
  private final Map<String, Set<String>> values = new HashMap<>();
  private final Set<String> nodes = new HashSet<>();
  private final Map<Integer, SeriesStats> restored = new HashMap<>();
  private final List<Series> added = new ArrayList<>();
  private final List<Series> changed = new ArrayList<>();
  private int size;
  private int bounded;
  private boolean overflowed;

  /**
   * @param mayGrow whether the project may have one more series in this partition
   */
  public SeriesBook(
      Scope scope, String project, String metric, HotBuckets buckets, BooleanSupplier mayGrow) {
    this.scope = scope;
    this.project = project;
    this.metric = metric;
    this.buckets = buckets;
    this.mayGrow = mayGrow;
  }

  /** Reads all of it; to be called once, before anything is added. */
  public void load(Reads reads) {
    reads.wholeHash(
        statsKey(scope, project, metric),
        stored ->
            stored.forEach(
                (number, stats) ->
                    restored.put(Integer.valueOf(number), SeriesStats.decode(stats))));
    reads.get(
        seriesKey(scope, project, metric),
        stored -> {
          decode(metric, stored).forEach(one -> append(one.key(), one.node()));
          added.clear();
          restored.clear();
        });
  }

  /**
   * The series in which a sample is counted: its own, unless it came too late for one.
   *
   * @param text the {@link SeriesKey#text} that the sample has
   */
  public Series of(String text, String node) {
    String counted = nodes.contains(node) || nodes.size() < MOST_NODES ? node : Limits.OTHER;
    Series known = find(text, counted);
    if (known != null) {
      return known;
    }
    SeriesKey key = bounded(SeriesKey.parse(text));
    known = find(key.text(), counted);
    if (known != null) {
      return known;
    }
    if (bounded < MOST_SERIES && mayGrow.getAsBoolean()) {
      return append(key, counted);
    }
    SeriesKey other = other();
    String any = mayGrow.getAsBoolean() ? counted : Limits.OTHER;
    known = find(other.text(), any);
    return known == null ? append(other, any) : known;
  }

  /** Whether a series stands here for others that came past a bound. */
  public boolean overflowed() {
    return overflowed;
  }

  /** How many series there are. */
  public int size() {
    return size;
  }

  /** Hands over what was added and has changed. */
  public void write(Writes writes) {
    if (!added.isEmpty()) {
      var out = new ByteWriter(added.size() * 48);
      for (Series series : added) {
        out.text(series.key.text().substring(1 + metric.length()));
        out.text(series.node);
      }
      writes.append(seriesKey(scope, project, metric), out.toBytes());
      added.clear();
    }
    List<byte[]> pairs = new ArrayList<>(changed.size() * 2);
    for (Series series : changed) {
      series.changed = false;
      pairs.add(Command.bytes(series.number));
      pairs.add(series.stats.encode());
    }
    changed.clear();
    writes.hash(statsKey(scope, project, metric), pairs);
  }

  static byte[] seriesKey(Scope scope, String project, String metric) {
    return scope.key(project, metric, "series");
  }

  static byte[] statsKey(Scope scope, String project, String metric) {
    return scope.key(project, metric, "stats");
  }

  /** A series and its node as they are stored; their place in the list is their number. */
  record Entry(SeriesKey key, String node) {}

  static List<Entry> decode(String metric, byte @Nullable [] stored) {
    List<Entry> entries = new ArrayList<>();
    if (stored != null) {
      var in = new ByteReader(stored, 0);
      while (!in.isAtEnd()) {
        SeriesKey key = SeriesKey.parse('\u0001' + metric + in.text());
        entries.add(new Entry(key, in.text()));
      }
    }
    return entries;
  }

  private @Nullable Series find(String text, String node) {
    Map<String, Series> ofText = byText.get(text);
    return ofText == null ? null : ofText.get(node);
  }

  /** The key with values past the bound replaced, or the one of the rest. */
  private SeriesKey bounded(SeriesKey key) {
    SortedMap<String, String> tags = null;
    for (Map.Entry<String, String> tag : key.tags().entrySet()) {
      Set<String> known = values.get(tag.getKey());
      if (known == null && values.size() >= MOST_TAGS) {
        return other();
      }
      if (known != null && known.size() >= MOST_VALUES && !known.contains(tag.getValue())) {
        tags = tags == null ? new TreeMap<>(key.tags()) : tags;
        tags.put(tag.getKey(), Limits.OTHER);
      }
    }
    return tags == null ? key : new SeriesKey(metric, tags);
  }

  private SeriesKey other() {
    return new SeriesKey(metric, new TreeMap<>(Map.of(NO_TAG, NO_TAG)));
  }

  private Series append(SeriesKey key, String node) {
    var series = new Series(size++, key, node);
    if (!key.tags().containsKey(NO_TAG)) {
      bounded++;
      key.tags()
          .forEach((tag, value) -> values.computeIfAbsent(tag, t -> new HashSet<>()).add(value));
    }
    overflowed |= MetricSeries.isOverflow(key.tags(), node);
    nodes.add(node);
    byText.computeIfAbsent(key.text(), text -> new HashMap<>(4)).put(node, series);
    added.add(series);
    return series;
  }

  /** One series of one node. */
  public final class Series {
    private final int number;
    private final SeriesKey key;
    private final String node;
    private final SeriesBuckets own;
    private SeriesStats stats;
    private boolean changed;

    private Series(int number, SeriesKey key, String node) {
      this.number = number;
      this.key = key;
      this.node = node;
      this.own = buckets.of(new SeriesPlace(project, metric, Integer.toString(number)));
      this.stats = restored.getOrDefault(number, SeriesStats.NONE);
    }

    /** Says that the batch adds values at {@code time}. */
    public void want(long time) {
      own.want(time, stats.latest(), stats.sealedFrom());
    }

    /** Adds the values of a sample. */
    public void add(Sample sample) {
      long time = sample.occurredAt();
      own.add(sample.values(), time, sample.receivedAt());
      stats = stats.plus(SeriesStats.of(sample.values(), time, sample.receivedAt()));
      if (!changed) {
        changed = true;
        SeriesBook.this.changed.add(this);
      }
    }
  }
}
