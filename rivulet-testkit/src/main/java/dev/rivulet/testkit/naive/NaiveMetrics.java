package dev.rivulet.testkit.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The naive twin of the room metrics: recounts a plain list of samples, value by value. */
public final class NaiveMetrics {
  private static final long LIVE_MILLIS = 30_000;

  private final List<NaiveSample> samples = new ArrayList<>();

  /**
   * @param arrived in order of arrival; of samples with one id the first counts
   */
  public NaiveMetrics(List<NaiveSample> arrived) {
    Set<String> ids = new HashSet<>();
    for (NaiveSample sample : arrived) {
      if (sample.id() == null || ids.add(sample.id())) {
        samples.add(sample);
      }
    }
  }

  /** Which samples are asked about. */
  public record Asked(
      String metric, Map<String, String> tags, @Nullable String by, @Nullable String group) {
    /** Those of any group. */
    public static Asked of(String metric, Map<String, String> tags) {
      return new Asked(metric, tags, null, null);
    }

    /** Those of one group. */
    public Asked in(String by, @Nullable String group) {
      return new Asked(metric, tags, by, group);
    }
  }

  /** What is known of a metric. */
  public record Known(
      @Nullable String kind,
      long samples,
      long lastSeen,
      int series,
      SortedSet<String> nodes,
      SortedMap<String, Integer> tags) {}

  /** The newest sample of a node, null for samples without one. */
  public record NodeValue(@Nullable String node, double value, long at, boolean live) {}

  /**
   * A stat of the values counted in {@code [from, to)}.
   *
   * @param elapsedSeconds of a rate
   * @return null of no values
   */
  public @Nullable Double stat(
      Asked asked, String stat, long from, long to, double elapsedSeconds) {
    List<NaiveSample.Value> values = new ArrayList<>();
    for (NaiveSample sample : samples) {
      if (matches(sample, asked) && from <= sample.at() && sample.at() < to) {
        values.addAll(sample.values());
      }
    }
    if (values.isEmpty()) {
      return null;
    }
    List<Double> sorted = values.stream().map(NaiveSample.Value::value).sorted().toList();
    int n = sorted.size();
    double sum =
        sorted.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
    return switch (stat) {
      case "count" -> (double) n;
      case "sum" -> sum;
      case "mean" -> sum / n;
      case "min" -> sorted.get(0);
      case "max" -> sorted.get(n - 1);
      case "last" -> last(values).value();
      case "rate" -> sum / elapsedSeconds;
      case "p50" -> sorted.get((int) (0.5 * (n - 1)));
      case "p90" -> sorted.get((int) (0.9 * (n - 1)));
      case "p95" -> sorted.get((int) (0.95 * (n - 1)));
      case "p99" -> sorted.get((int) (0.99 * (n - 1)));
      case "p999" -> sorted.get((int) (0.999 * (n - 1)));
      default -> throw new IllegalArgumentException(stat);
    };
  }

  /** The groups with a value in the range, null among them when a sample has none. */
  public Set<@Nullable String> groups(Asked asked, String by, long from, long to) {
    Set<@Nullable String> groups = new HashSet<>();
    for (NaiveSample sample : samples) {
      if (matches(sample, asked) && from <= sample.at() && sample.at() < to) {
        groups.add(group(sample, by));
      }
    }
    return groups;
  }

  /** Per node the newest sample, in the order of their names. */
  public List<NodeValue> current(Asked asked, long now) {
    SortedMap<String, NaiveSample.Value> newest = new TreeMap<>();
    for (NaiveSample sample : samples) {
      if (matches(sample, asked)) {
        List<NaiveSample.Value> values = new ArrayList<>(sample.values());
        NaiveSample.Value before = newest.get(sample.node());
        if (before != null) {
          values.add(before);
        }
        newest.put(sample.node(), last(values));
      }
    }
    List<NodeValue> found = new ArrayList<>();
    newest.forEach(
        (node, value) ->
            found.add(
                new NodeValue(
                    node.isEmpty() ? null : node, value.value(), value.at(), live(node, now))));
    return found;
  }

  /** All metrics by name. */
  public SortedMap<String, Known> names() {
    SortedMap<String, Known> names = new TreeMap<>();
    for (NaiveSample sample : samples) {
      names.computeIfAbsent(sample.metric(), this::known);
    }
    return names;
  }

  private Known known(String metric) {
    List<NaiveSample> own =
        samples.stream().filter(sample -> sample.metric().equals(metric)).toList();
    SortedSet<String> nodes = new TreeSet<>();
    Map<String, Set<String>> values = new TreeMap<>();
    Set<Map<String, String>> series = new HashSet<>();
    String kind = null;
    for (NaiveSample sample : own) {
      series.add(sample.tags());
      sample.tags().forEach((k, v) -> values.computeIfAbsent(k, t -> new HashSet<>()).add(v));
      if (!sample.node().isEmpty()) {
        nodes.add(sample.node());
      }
      if (sample.kind() != null) {
        kind = sample.kind().word();
      }
    }
    SortedMap<String, Integer> tags = new TreeMap<>();
    values.forEach((tag, different) -> tags.put(tag, different.size()));
    List<NaiveSample.Value> all = own.stream().flatMap(s -> s.values().stream()).toList();
    return new Known(kind, all.size(), last(all).at(), series.size(), nodes, tags);
  }

  private boolean live(String node, long now) {
    return node.isEmpty()
        || samples.stream()
            .anyMatch(s -> s.node().equals(node) && now - s.receivedAt() <= LIVE_MILLIS);
  }

  private static boolean matches(NaiveSample sample, Asked asked) {
    return sample.metric().equals(asked.metric())
        && sample.tags().entrySet().containsAll(asked.tags().entrySet())
        && (asked.by() == null || Objects.equals(group(sample, asked.by()), asked.group()));
  }

  private static @Nullable String group(NaiveSample sample, String by) {
    if (by.equals("node")) {
      return sample.node().isEmpty() ? null : sample.node();
    }
    return sample.tags().get(by);
  }

  /** The value measured last; of several at that moment the greatest. */
  private static NaiveSample.Value last(List<NaiveSample.Value> values) {
    return values.stream()
        .max(
            Comparator.comparingLong(NaiveSample.Value::at)
                .thenComparingDouble(NaiveSample.Value::value))
        .orElseThrow();
  }
}
