package dev.rivulet.views.metrics;

import dev.rivulet.event.Kind;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesBounds;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * What samples come to: per series (metric, tags, node) a {@link dev.rivulet.measure.Summary} for
 * each minute of 48 hours and each quarter-hour of 400 days, and the last value of each node.
 */
public final class MetricsView implements View {
  static final String ROOM = MetricSeries.ROOM;

  private final SeriesBounds bounds;

  public MetricsView() {
    this(SeriesBounds.USUAL);
  }

  /** Tells less apart than usual, so that a test comes to the bounds. */
  public MetricsView(SeriesBounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public String name() {
    return ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean folds(Kind kind) {
    return kind.measured();
  }

  @Override
  public State open(Scope scope) {
    return new MetricsState(scope, bounds);
  }
}
