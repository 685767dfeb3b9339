package dev.rivulet.measure;

/** Keeps the kinds of metrics for all nodes. Thread-safe; blocks. */
public interface KindStore {
  /**
   * Settles the kind of a metric, unless it is settled: the first one said stays.
   *
   * @return the kind that stays
   */
  MetricKind settle(String project, String metric, MetricKind said);
}
