package dev.rivulet.views.people;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;

/**
 * What identify calls said of each person: per trait the value that was true last, by the time at
 * which it was said and not by its arrival. Of two values of one moment the one whose JSON text is
 * greater stays, so that no order of arrival matters. At most {@value Traits#MOST_TRAITS} traits
 * and {@value Traits#MOST_BYTES} bytes a person; what goes past that is counted, not kept.
 */
public final class PeopleView implements View {
  static final String ROOM = "people";

  static byte[] key(Scope scope, String project, String user) {
    return scope.key(project, user);
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
    return kind == Kind.TRAITS || kind == Kind.ERASURE;
  }

  @Override
  public State open(Scope scope) {
    return new PeopleState(scope);
  }
}
