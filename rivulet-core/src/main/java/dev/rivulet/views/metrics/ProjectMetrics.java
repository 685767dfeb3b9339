package dev.rivulet.views.metrics;

import dev.rivulet.event.Limits;
import dev.rivulet.measure.HotBuckets;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesBook;
import dev.rivulet.measure.SeriesBounds;
import dev.rivulet.measure.SeriesKey;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Bytes;
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
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one project in one partition. Past {@value #MOST_METRICS} names a new one counts
 * as {@link Limits#OTHER}.
 *
 * <pre>
 * rv:{p}:metrics:‹project›           hash: metric → {@link MetricInfo}
 * rv:{p}:metrics:‹project›:nodes   hash: node → when its newest sample arrived
 * </pre>
 */
final class ProjectMetrics {
  static final int MOST_METRICS = 2_000;

  private final Scope scope;
  private final String project;
  private final HotBuckets buckets;
  private final SeriesBounds bounds;
  private final Map<String, MetricInfo> metrics = new HashMap<>();
  private final Map<String, SeriesBook> books = new HashMap<>();
  private final Set<SeriesBook> touched = new HashSet<>();
  private final Map<String, Long> nodes = new HashMap<>();
  private final Set<String> changedMetrics = new HashSet<>();
  private final Set<String> changedNodes = new HashSet<>();
  private final Set<String> goneNodes = new HashSet<>();
  private long nodesFullUntil = Long.MIN_VALUE;
  private int series;
  private int held;

  ProjectMetrics(Scope scope, String project, HotBuckets buckets, SeriesBounds bounds) {
    this.scope = scope;
    this.project = project;
    this.buckets = buckets;
    this.bounds = bounds;
  }

  void load(Reads reads) {
    reads.wholeHash(
        scope.key(project),
        stored ->
            stored.forEach(
                (metric, bytes) -> {
                  MetricInfo info = MetricInfo.decode(bytes);
                  metrics.put(metric, info);
                  series += info.series();
                }));
    reads.wholeHash(
        nodesKey(scope, project),
        stored -> stored.forEach((node, at) -> nodes.put(node, Long.valueOf(Bytes.text(at)))));
  }

  /** Opens the series of a sample's metric; returns whether they were already in memory. */
  boolean open(Sample sample, Reads reads) {
    String metric = name(sample);
    if (!metrics.containsKey(metric)) {
      metrics.put(metric, MetricInfo.NEW);
      changedMetrics.add(metric);
    }
    if (books.containsKey(metric)) {
      return true;
    }
    var book =
        new SeriesBook(
            scope, project, metric, buckets, bounds, () -> series < bounds.projectSeries());
    books.put(metric, book);
    if (info(metric).series() == 0) {
      return true; // it is new, there is nothing to read
    }
    book.load(reads);
    held += info(metric).series();
    return false;
  }

  /** The series in which a sample is counted. */
  SeriesBook.Series series(Sample sample) {
    String metric = name(sample);
    SeriesBook book = books.get(metric);
    if (book == null) {
      throw new IllegalStateException("the series of " + metric + " are not loaded");
    }
    touched.add(book);
    boolean own = metric.equals(sample.series().metric());
    long time = sample.occurredAt();
    SeriesBook.Series found =
        own
            ? book.of(sample.series().text(), sample.node(), time, sample.receivedAt())
            : book.of(
                new SeriesKey(metric, new TreeMap<>()).text(),
                Limits.OTHER,
                time,
                sample.receivedAt());
    MetricInfo info = info(metric);
    MetricKind kind = info.kind() == null && own ? sample.kind() : info.kind();
    boolean overflow = info.overflow() || book.overflowed() || !own;
    if (book.size() != info.series() || kind != info.kind() || overflow != info.overflow()) {
      series += book.size() - info.series();
      held += book.size() - info.series();
      metrics.put(metric, new MetricInfo(kind, book.size(), overflow));
      changedMetrics.add(metric);
    }
    return found;
  }

  /** Notes that the node of a sample is alive. */
  void heard(Sample sample) {
    String node = sample.node();
    if (!nodes.containsKey(node) && nodes.size() >= bounds.projectNodes()) {
      if (!forgetSilent(sample.receivedAt())) {
        node = Limits.OTHER;
      }
    }
    nodes.merge(node, sample.receivedAt(), Math::max);
    changedNodes.add(node);
    goneNodes.remove(node);
  }

  /** Forgets the node that has been silent longest, if that is a day before {@code at}. */
  private boolean forgetSilent(long at) {
    if (at < nodesFullUntil) {
      return false;
    }
    Map.Entry<String, Long> silent =
        nodes.entrySet().stream()
            .filter(one -> !one.getKey().equals(Limits.OTHER))
            .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
            .orElse(null);
    if (silent == null) {
      return false;
    }
    // All are only ever heard of later, so none is silent before this.
    nodesFullUntil = silent.getValue() + SeriesBook.SILENT_MILLIS;
    if (at < nodesFullUntil) {
      return false;
    }
    String gone = silent.getKey();
    nodes.remove(gone);
    changedNodes.remove(gone);
    goneNodes.add(gone);
    nodesFullUntil = Long.MIN_VALUE;
    return true;
  }

  /** Series in memory. */
  int held() {
    return held;
  }

  void write(Writes writes) {
    touched.forEach(book -> book.write(writes));
    touched.clear();
    List<byte[]> pairs = new ArrayList<>();
    for (String metric : changedMetrics) {
      pairs.add(Command.bytes(metric));
      pairs.add(info(metric).encode());
    }
    changedMetrics.clear();
    writes.hash(scope.key(project), pairs);
    writes.hashDelete(nodesKey(scope, project), goneNodes.stream().map(Command::bytes).toList());
    goneNodes.clear();
    List<byte[]> heard = new ArrayList<>();
    for (String node : changedNodes) {
      heard.add(Command.bytes(node));
      heard.add(Command.bytes(nodes.getOrDefault(node, 0L)));
    }
    changedNodes.clear();
    writes.hash(nodesKey(scope, project), heard);
  }

  /** What is known of all metrics of a project, each with every partition that has it. */
  static void all(Asking asking, String project, BiConsumer<String, MetricInfo> known) {
    asking.scatter(
        MetricsView.ROOM,
        (scope, reads) ->
            reads.wholeHash(
                scope.key(project),
                stored ->
                    stored.forEach(
                        (metric, info) -> known.accept(metric, MetricInfo.decode(info)))));
  }

  static byte[] nodesKey(Scope scope, String project) {
    return scope.key(project, "nodes");
  }

  /** The metric that a sample is counted in. */
  private String name(Sample sample) {
    String metric = sample.series().metric();
    return metrics.containsKey(metric) || metrics.size() < MOST_METRICS ? metric : Limits.OTHER;
  }

  private MetricInfo info(String metric) {
    MetricInfo info = metrics.get(metric);
    return info == null ? MetricInfo.NEW : info;
  }

  /**
   * What is known of a metric in a partition.
   *
   * @param kind the first that was said, null when none was
   * @param series how many series it has
   * @param overflow whether some of them stand for others that came past a bound
   */
  record MetricInfo(@Nullable MetricKind kind, int series, boolean overflow) {
    static final MetricInfo NEW = new MetricInfo(null, 0, false);

    byte[] encode() {
      return Command.bytes(
          "1 " + (kind == null ? -1 : kind.ordinal()) + " " + series + (overflow ? " o" : ""));
    }

    static MetricInfo decode(byte[] stored) {
      String[] words = Bytes.text(stored).split(" ");
      int kind = Integer.parseInt(words[1]);
      return new MetricInfo(
          kind < 0 ? null : MetricKind.values()[kind],
          Integer.parseInt(words[2]),
          words.length > 3);
    }
  }
}
