package dev.rivulet.views.retention;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * Exact sets of people per day, week and month of the project's zone, for each event and for any
 * event; the people of an erasure leave them. Costs 2 bytes or less per person, event and period
 * once merged, 8 until then.
 */
public final class RetentionView implements View {
  private static final long MOST_BYTES = 64L << 20;

  private final long mostBytes;

  public RetentionView() {
    this(MOST_BYTES);
  }

  /**
   * @param mostBytes memory for sets per partition between batches
   */
  public RetentionView(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public String name() {
    return Layout.ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean folds(Kind kind) {
    return kind == Kind.EVENT || kind == Kind.ERASURE;
  }

  @Override
  public State open(Scope scope) {
    return new RetentionState(scope, mostBytes);
  }
}
