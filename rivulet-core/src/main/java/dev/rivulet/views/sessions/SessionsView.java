package dev.rivulet.views.sessions;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import java.time.LocalDate;

/**
 * Sessions: a person's events with gaps of less than half an hour by the time at which they
 * happened, whatever the order of arrival. Kept per person, the newest {@value History#MOST}, and
 * summed up per quarter-hour in which they began.
 *
 * <p>A person costs about 10 bytes and 12 to 16 a session; a quarter-hour some hundred bytes, with
 * many sessions up to 10 KB, per partition.
 *
 * <p>Erasing a person removes their own sessions; the anonymous sums stay.
 */
public final class SessionsView implements View {
  static final String ROOM = "sessions";

  /** What the keys of people's sessions have after the project. */
  static final String PEOPLE = "people";

  /** Pages of a site, in a partition, that have a number; of others the text is kept. */
  static final int MOST_PAGES = 5_000;

  private static final long DAY_MILLIS = 86_400_000;

  static byte[] pages(Scope scope, String project) {
    return scope.key(project, "pages");
  }

  static byte[] earliest(Scope scope, String project) {
    return scope.key(project, "earliest");
  }

  /** The hash of the quarter-hours of a day, days counted since 1970 in UTC. */
  static byte[] quarters(Scope scope, String project, long day) {
    return scope.key(project, LocalDate.ofEpochDay(day).toString());
  }

  static long day(long time) {
    return Math.floorDiv(time, DAY_MILLIS);
  }

  /** The quarter-hour of the day, 0 to 95. */
  static int quarter(long time) {
    return (int) (Math.floorMod(time, DAY_MILLIS) / Quarter.MILLIS);
  }

  static long start(long day, int quarter) {
    return day * DAY_MILLIS + quarter * Quarter.MILLIS;
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
    return kind == Kind.EVENT || kind == Kind.ERASURE;
  }

  @Override
  public State open(Scope scope) {
    return new SessionsState(scope);
  }
}
