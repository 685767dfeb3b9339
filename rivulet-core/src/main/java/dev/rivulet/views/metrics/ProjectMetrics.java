package dev.rivulet.views.metrics;

import dev.rivulet.event.Limits;
import dev.rivulet.measure.HotBuckets;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesBook;
import dev.rivulet.measure.SeriesKey;
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
  static final int MOST_SERIES = 20_000;
  static final int MOST_NODES = 1_000;

  private final Scope scope;
  private final String project;
  private final HotBuckets buckets;
  private final Map<String, MetricInfo> metrics = new HashMap<>();
  private final Map<String, SeriesBook> books = new HashMap<>();
  private final Set<SeriesBook> touched = new HashSet<>();
  private final Map<String, Long> nodes = new HashMap<>();
  private final Set<String> changedMetrics = new HashSet<>();
  private final Set<String> changedNodes = new HashSet<>();
  private int series;
  private int held;

  ProjectMetrics(Scope scope, String project, HotBuckets buckets) {
    this.scope = scope;
    this.project = project;
    this.buckets = buckets;
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
    var book = new SeriesBook(scope, project, metric, buckets, () -> series < MOST_SERIES);
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
    SeriesBook.Series found =
        own
            ? book.of(sample.series().text(), sample.node())
            : book.of(new SeriesKey(metric, new TreeMap<>()).text(), Limits.OTHER);
    MetricInfo info = info(metric);
    MetricKind kind = info.kind() == null && own ? sample.kind() : info.kind();
    if (book.size() != info.series() || kind != info.kind()) {
      series += book.size() - info.series();
      held += book.size() - info.series();
      metrics.put(metric, new MetricInfo(kind, book.size(), book.overflowed() || !own));
      changedMetrics.add(metric);
    }
    return found;
  }

  /** Notes that the node of a sample is alive. */
  void heard(Sample sample) {
    String node = sample.node();
    if (!nodes.containsKey(node) && nodes.size() >= MOST_NODES) {
      node = Limits.OTHER;
    }
    nodes.merge(node, sample.receivedAt(), Math::max);
    changedNodes.add(node);
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
    List<byte[]> heard = new ArrayList<>();
    for (String node : changedNodes) {
      heard.add(Command.bytes(node));
      heard.add(Command.bytes(nodes.getOrDefault(node, 0L)));
    }
    changedNodes.clear();
    writes.hash(nodesKey(scope, project), heard);
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
