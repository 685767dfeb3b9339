package dev.rivulet.measure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kinds of metrics, the same on all nodes: the first kind that is said of a name stays. Those
 * used lately are remembered, so that only a new name blocks for a round trip. Thread-safe.
 */
public final class MetricKinds {
  private static final int MOST_REMEMBERED = 20_000;

  private final KindStore store;
  private final Map<Name, MetricKind> settled = new ConcurrentHashMap<>();

  public MetricKinds(KindStore store) {
    this.store = store;
  }

  private record Name(String project, String metric) {}

  /** The kind that stays for a metric of which {@code said} is said; may block. */
  public MetricKind settle(String project, String metric, MetricKind said) {
    var name = new Name(project, metric);
    MetricKind known = settled.get(name);
    if (known == null) {
      known = store.settle(project, metric, said);
      if (settled.size() >= MOST_REMEMBERED) {
        settled.clear();
      }
      settled.put(name, known);
    }
    return known;
  }

  /** Whether {@link #settle} would answer at once. */
  public boolean remembers(String project, String metric) {
    return settled.containsKey(new Name(project, metric));
  }
}
