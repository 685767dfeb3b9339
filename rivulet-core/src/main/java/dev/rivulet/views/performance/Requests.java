package dev.rivulet.views.performance;

import dev.rivulet.measure.Summary;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests that are looked at together: what their times come to, and their statuses. */
final class Requests {
  private final Map<String, Long> statuses = new TreeMap<>();

  /** As it was read while there is but one, so that most buckets of a series copy nothing. */
  private @Nullable Summary only;

  private @Nullable Summary merged;

  /**
   * @param values not changed by anybody afterwards
   */
  void add(String status, Summary values) {
    if (values.count() == 0) {
      return;
    }
    statuses.merge(status, values.count(), Long::sum);
    if (merged == null && only == null) {
      only = values;
      return;
    }
    Summary all = merged;
    if (all == null) {
      all = new Summary();
      if (only != null) {
        all.add(only);
      }
      only = null;
      merged = all;
    }
    all.add(values);
  }

  /** Times in milliseconds; not to be changed. */
  Summary times() {
    if (merged != null) {
      return merged;
    }
    return only == null ? new Summary() : only;
  }

  Map<String, Long> statuses() {
    return statuses;
  }

  long count() {
    return times().count();
  }

  /** Share of requests that failed; null when no status is known. */
  @Nullable Double errorRate() {
    Map<String, Long> classes = StatusClass.sums(statuses);
    if (classes.keySet().equals(Set.of(StatusClass.OTHER)) || classes.isEmpty()) {
      return null;
    }
    return classes.getOrDefault(StatusClass.SERVER_ERROR, 0L) / (double) count();
  }
}
