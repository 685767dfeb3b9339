package dev.rivulet.views.counts;

import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * How many events: per minute for 48 hours and per quarter-hour for 400 days, for each name and for
 * all together. A quarter-hour builds exact hours and days in every time zone.
 *
 * <p>Costs 768 bytes per name, day and partition for quarter-hours, 5.8 KB for minutes, and two or
 * three commands per name and commit.
 */
public final class CountsView implements View {
  static final String ROOM = "counts";

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
    return new CountsState(scope);
  }
}
