package dev.rivulet.measure;

import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Limits;
import dev.rivulet.measure.HotBuckets.SeriesBuckets;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The places of one metric in one partition, numbered in the order in which they were first taken,
 * and the series that hold them. A series here is that of one node. Bounded: where all places are
 * taken a new series is given the one that has been {@link #SILENT_MILLIS silent} longest, and
 * where none is, its values are counted in a series of {@link Limits#OTHER}; nothing is dropped.
 * What is silent is decided in the order of the log by the times samples arrived at, so a replay
 * decides the same. Used by one thread.
 *
 * <p>What a taker has begins with the UTC day of the value with which it takes the place, which
 * must be later than the last day of the holder before it; all is kept under the number of the
 * place: see {@link Tenure}. Values from before that, which are late, count in the series of the
 * rest, as do those of holders before the last {@value Holder#MOST_EARLIER}.
 *
 * <pre>
 * rv:{p}:metrics:‹project›:‹metric›:series   per place, in order: its first series' text behind the metric, its node
 * rv:{p}:metrics:‹project›:‹metric›:stats    hash: number → {@link SeriesStats} of all holders;
 *                                            h, number → its {@link Holder}s, once it was given away
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

  /** A series of which nothing arrived for so long may lose its place, a name its share. */
  public static final long SILENT_MILLIS = 86_400_000;

  /** What stands for all tags of the series past the bound; no sample can have such a tag. */
  static final String NO_TAG = "";

  private final Scope scope;
  private final String project;
  private final String metric;
  private final HotBuckets buckets;
  private final SeriesBounds bounds;
  private final BooleanSupplier mayGrow;
  private final Map<String, Map<String, Series>> byText = new HashMap<>();
  private final List<Series> all = new ArrayList<>();
  private final LongestSilent tagged = new LongestSilent();
  private final LongestSilent rests = new LongestSilent();
  private final ToldApart told;
  private final List<Series> added = new ArrayList<>();
  private final List<Series> given = new ArrayList<>();
  private final List<Series> changed = new ArrayList<>();
  private boolean overflowed;

  /**
   * @param mayGrow whether the project may have one more series in this partition
   */
  public SeriesBook(
      Scope scope,
      String project,
      String metric,
      HotBuckets buckets,
      SeriesBounds bounds,
      BooleanSupplier mayGrow) {
    this.scope = scope;
    this.project = project;
    this.metric = metric;
    this.buckets = buckets;
    this.bounds = bounds;
    this.mayGrow = mayGrow;
    this.told = new ToldApart(bounds, all);
  }

  /** Reads all of it; to be called once, before anything is added. */
  public void load(Reads reads) {
    List<StoredPlaces> stored = new ArrayList<>(1);
    reads.wholeHash(
        StoredPlaces.statsKey(scope, project, metric),
        fields -> stored.add(StoredPlaces.decode(fields)));
    reads.get(
        StoredPlaces.seriesKey(scope, project, metric),
        names -> {
          StoredPlaces known = stored.get(0);
          for (Holder first : StoredPlaces.firstHolders(metric, names)) {
            int number = all.size();
            byte[] holders = known.holders().get(number);
            append(
                new Series(
                    number,
                    holders == null ? first : last(Holder.decode(metric, holders)),
                    holders,
                    known.stats().getOrDefault(number, SeriesStats.NONE)));
          }
          added.clear();
        });
  }

  /**
   * The series in which a sample is counted: its own, unless there is no place for it or it is late
   * for its place.
   *
   * @param text the {@link SeriesKey#text} that the sample has
   * @param time the time its values are counted at
   */
  public Series of(String text, String node, long time, long receivedAt) {
    Series found = find(text, node, time, receivedAt);
    Series counted = found.from <= time ? found : rest();
    counted.hear(time, receivedAt);
    return counted;
  }

  /** Whether a series stands here for others that came past a bound. */
  public boolean overflowed() {
    return overflowed;
  }

  /** How many places there are. */
  public int size() {
    return all.size();
  }

  /** Hands over what was added, given away and has changed. */
  public void write(Writes writes) {
    if (!added.isEmpty()) {
      var out = new ByteWriter(added.size() * 48);
      for (Series series : added) {
        StoredPlaces.writeFirst(metric, series.first, out);
      }
      writes.append(StoredPlaces.seriesKey(scope, project, metric), out.toBytes());
      added.clear();
    }
    List<byte[]> pairs = new ArrayList<>(changed.size() * 2);
    for (Series series : changed) {
      series.changed = false;
      pairs.add(Command.bytes(series.number));
      pairs.add(series.stats.encode());
    }
    changed.clear();
    for (Series series : given) {
      byte[] holders = series.holders;
      if (holders != null) {
        pairs.add(StoredPlaces.holdersField(series.number));
        pairs.add(holders);
      }
    }
    given.clear();
    writes.hash(StoredPlaces.statsKey(scope, project, metric), pairs);
  }

  private Series find(String text, String node, long time, long receivedAt) {
    String counted = told.node(node, receivedAt);
    Series known = held(text, counted);
    if (known != null) {
      return known;
    }
    SeriesKey key = told.key(SeriesKey.parse(text), receivedAt);
    if (key == null) {
      return rest(counted, time, receivedAt);
    }
    known = held(key.text(), counted);
    if (known != null) {
      return known;
    }
    boolean room = tagged.places() < bounds.series() && mayGrow.getAsBoolean();
    Series place = room ? append(key, counted) : take(tagged, key, counted, time, receivedAt);
    return place == null ? rest(counted, time, receivedAt) : place;
  }

  /** The series of the rest of a node. */
  private Series rest(String node, long time, long receivedAt) {
    var key = new SeriesKey(metric, new TreeMap<>(Map.of(NO_TAG, NO_TAG)));
    Series known = held(key.text(), node);
    if (known != null) {
      return known;
    }
    if (node.equals(Limits.OTHER)) {
      return append(key, node);
    }
    boolean room = rests.places() < bounds.nodes() && mayGrow.getAsBoolean();
    Series place = room ? append(key, node) : take(rests, key, node, time, receivedAt);
    return place == null ? rest() : place;
  }

  /** The series of the rest of all nodes, which always has its place. */
  private Series rest() {
    return rest(Limits.OTHER, Long.MIN_VALUE, Long.MIN_VALUE);
  }

  /** Gives away the place that has been silent longest; null when there is none to be had. */
  private @Nullable Series take(
      LongestSilent among, SeriesKey key, String node, long time, long receivedAt) {
    Series place = among.before(receivedAt);
    if (place == null || place.end() > time) {
      return null;
    }
    Map<String, Series> ofText = byText.get(place.key.text());
    if (ofText != null) {
      ofText.remove(place.node);
      if (ofText.isEmpty()) {
        byText.remove(place.key.text());
      }
    }
    told.remove(place);
    place.give(key, node, time);
    among.changed();
    given.add(place);
    enter(place);
    return place;
  }

  private @Nullable Series held(String text, String node) {
    Map<String, Series> ofText = byText.get(text);
    return ofText == null ? null : ofText.get(node);
  }

  static boolean isRest(SeriesKey key) {
    return key.tags().containsKey(NO_TAG);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private Series append(SeriesKey key, String node) {
    var first = new Holder(key, node, Tenure.ALWAYS);
    return append(new Series(all.size(), first, null, SeriesStats.NONE));
  }

  private Series append(Series place) {
    all.add(place);
    added.add(place);
    if (!isRest(place.key)) {
      tagged.add(place);
    } else if (!place.node.equals(Limits.OTHER)) {
      rests.add(place);
    }
    enter(place);
    return place;
  }

  /** Makes a place known by the series that holds it. */
  private void enter(Series place) {
    told.add(place);
    overflowed |= MetricSeries.isOverflow(place.key.tags(), place.node);
    byText.computeIfAbsent(place.key.text(), text -> new HashMap<>(4)).put(place.node, place);
  }

  /** A place, and the series of one node that holds it. */
  public final class Series {
    private final int number;
    private final Holder first;
    private final SeriesBuckets own;
    private SeriesKey key;
    private String node;

    /** Values before it are not those of this series. */
    private long from;

    private byte @Nullable [] holders;
    private SeriesStats stats;
    private long latest;
    private long heard;
    private boolean changed;

    private Series(int number, Holder holder, byte @Nullable [] holders, SeriesStats stats) {
      this.number = number;
      this.first = holder;
      this.own = buckets.of(new SeriesPlace(project, metric, Integer.toString(number)));
      this.key = holder.key();
      this.node = holder.node();
      this.from = holder.tenure().from();
      this.holders = holders;
      this.stats = stats;
      this.latest = stats.latest();
      this.heard = stats.receivedAt();
    }

    /** Says that the batch adds values at {@code time}. */
    public void want(long time) {
      own.want(time, stats.latest(), stats.sealedFrom());
    }

    /** Adds the values of a sample. */
    public void add(Sample sample) {
      long time = sample.occurredAt();
      own.add(sample.values(), time, sample.receivedAt());
      SeriesStats before = stats.latest() < from && from <= time ? stats.withoutLast() : stats;
      stats = before.plus(SeriesStats.of(sample.values(), time, sample.receivedAt()));
      if (!changed) {
        changed = true;
        SeriesBook.this.changed.add(this);
      }
    }

    /** When the newest sample of the place arrived. */
    long heard() {
      return heard;
    }

    SeriesKey key() {
      return key;
    }

    String node() {
      return node;
    }

    private void hear(long time, long receivedAt) {
      latest = Math.max(latest, time);
      heard = Math.max(heard, receivedAt);
    }

    /** First moment of the first UTC day without a value. */
    private long end() {
      return Grain.DAY.end(Grain.DAY.slot(latest));
    }

    private void give(SeriesKey to, String toNode, long time) {
      List<Holder> before = holders == null ? List.of(first) : Holder.decode(metric, holders);
      var tenure = new Tenure(Grain.DAY.start(Grain.DAY.slot(time)), Long.MAX_VALUE);
      var next = new Holder(to, toNode, tenure);
      holders = Holder.encode(metric, Holder.followed(before, end(), next));
      key = next.key();
      node = next.node();
      from = tenure.from();
    }
  }
}
