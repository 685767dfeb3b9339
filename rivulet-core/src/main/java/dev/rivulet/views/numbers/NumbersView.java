package dev.rivulet.views.numbers;

import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * Every number at the top level of an event's properties: per event name and property a {@link
 * dev.rivulet.measure.Summary} for each minute of 48 hours and each quarter-hour of 400 days, as
 * metrics have them.
 */
public final class NumbersView implements View {
  static final String ROOM = "numbers";

  /** Pairs of an event name and a property that are kept, per project and partition. */
  public static final int MOST_PAIRS = 500;

  @Override
  public String name() {
    return ROOM;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public State open(Scope scope) {
    return new NumbersState(scope);
  }
}
