package dev.rivulet.views.online;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * Who did something in the last minutes: per minute the people and the ten seconds in which each
 * was seen, 4 bytes each, gone 15 minutes after the minute ended. An event that arrives more than
 * ten minutes after it happened says nothing about now and is left out. Who is erased is not here
 * any more; who comes back afterwards is here once.
 */
public final class OnlineView implements View {
  static final String ROOM = "online";
  static final long MINUTE_MILLIS = 60_000;
  static final long SLOT_MILLIS = 10_000;
  static final int SLOT_BITS = 3;
  static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  static final long LATEST_MILLIS = 10 * MINUTE_MILLIS;
  static final long AHEAD_MILLIS = 6 * MINUTE_MILLIS;
  static final long KEPT_MILLIS = 15 * MINUTE_MILLIS;

  /** People one partition can tell apart, the same as for unique people. */
  static final int MOST_PERSONS = 1 << 27;

  static byte[] key(Scope scope, String project, long minute) {
    return scope.key(project, Long.toString(minute));
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
    return new OnlineState(scope);
  }
}
