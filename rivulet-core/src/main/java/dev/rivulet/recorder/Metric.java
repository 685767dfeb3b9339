package dev.rivulet.recorder;

import dev.rivulet.measure.MetricKind;
import org.jspecify.annotations.Nullable;

/** A metric's name and kind, as this recorder uses it. */
final class Metric {
  private final String name;
  private final MetricKind kind;

  /** The kind that it has for all processes; null until that is known. */
  private volatile @Nullable MetricKind settled;

  Metric(String name, MetricKind kind) {
    this.name = name;
    this.kind = kind;
  }

  String name() {
    return name;
  }

  MetricKind kind() {
    return kind;
  }

  /** Whether the last value is what counts, so that values must not overtake each other. */
  boolean keepsOrder() {
    return kind == MetricKind.GAUGE;
  }

  @Nullable MetricKind settled() {
    return settled;
  }

  void settle(MetricKind known) {
    settled = known;
  }
}
