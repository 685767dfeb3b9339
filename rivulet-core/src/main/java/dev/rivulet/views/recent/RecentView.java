package dev.rivulet.views.recent;

import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * The places of the newest 200 events of each project and partition, in order of arrival: about 4
 * bytes each. The events themselves are read from the log when asked for.
 */
public final class RecentView implements View {
  static final String ROOM = "recent";

  static byte[] key(Scope scope, String project) {
    return scope.key(project);
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
  public State open(Scope scope) {
    return new RecentState(scope);
  }
}
