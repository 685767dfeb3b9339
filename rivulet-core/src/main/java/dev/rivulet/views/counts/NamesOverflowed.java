package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Query;
import java.util.List;

/** Whether a project has more event names than are counted each for itself. */
public record NamesOverflowed(String project) implements Query<Boolean> {
  @Override
  public Boolean answer(Asking asking) {
    boolean[] overflowed = new boolean[1];
    asking.scatter(
        CountsView.ROOM,
        (scope, reads) ->
            reads.hash(
                scope.key(project),
                List.of(Command.bytes(Limits.OTHER)),
                found -> overflowed[0] |= found.get(0) != null));
    return overflowed[0];
  }
}
