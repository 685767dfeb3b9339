package dev.rivulet.views.uniques;

import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * Exact sets of people per local hour and day of the project's zone, for each event and for any
 * event. Costs 4 bytes per person, event and hour in the store. A partition tells 134 million
 * people of a project apart; an event of a later one is put aside.
 */
public final class UniquesView implements View {
  private static final int MOST_ENTRIES = 2_000_000;

  private final int mostEntries;

  public UniquesView() {
    this(MOST_ENTRIES);
  }

  /**
   * @param mostEntries person and day pairs that memory holds per partition between batches, 16 to
   *     24 bytes each
   */
  public UniquesView(int mostEntries) {
    this.mostEntries = mostEntries;
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
  public State open(Scope scope) {
    return new UniquesState(scope, mostEntries);
  }
}
