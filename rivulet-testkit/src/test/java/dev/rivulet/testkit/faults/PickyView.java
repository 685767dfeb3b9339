package dev.rivulet.testkit.faults;

import dev.rivulet.event.Event;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.util.List;

/** A user's own view with a bug: it cannot take the people whose name ends with a 7 or a 9. */
public final class PickyView implements View {
  static boolean takes(Event event) {
    return !event.user().endsWith("7") && !event.user().endsWith("9");
  }

  @Override
  public String name() {
    return "picky";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public State open(Scope scope) {
    return new State() {
      @Override
      public void load(List<Occurrence> batch, Reads reads) {}

      @Override
      public void fold(Occurrence occurrence) {
        String user = occurrence.event().user();
        if (user.endsWith("7")) {
          throw new IllegalStateException("cannot take " + user);
        }
        if (user.endsWith("9")) {
          throw new AssertionError("did not expect " + user);
        }
      }

      @Override
      public void write(Writes writes) {}
    };
  }
}
