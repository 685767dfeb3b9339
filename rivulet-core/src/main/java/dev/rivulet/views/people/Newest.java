package dev.rivulet.views.people;

import dev.rivulet.view.Asking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Who was seen last in a project, all partitions together.
 *
 * @param people seen last first; nobody is missing between two of them
 * @param complete whether nobody was left out
 */
record Newest(List<Seen> people, boolean complete) {
  /** Reads at most {@code most}. */
  static Newest read(Asking asking, String project, int most) {
    List<Seen> all = new ArrayList<>();
    long[] floor = {LastSeen.NEVER};
    asking.scatter(
        ProfilesView.ROOM,
        (scope, reads) ->
            reads.wholeHash(
                ProfilesView.lastSeen(scope, project),
                shares ->
                    shares
                        .values()
                        .forEach(
                            stored -> {
                              LastSeen share = LastSeen.decode(stored);
                              floor[0] = Math.max(floor[0], share.floor());
                              share
                                  .people()
                                  .forEach(
                                      seen ->
                                          all.add(
                                              new Seen(
                                                  seen.user(),
                                                  seen.last(),
                                                  seen.first(),
                                                  seen.total(),
                                                  scope.partition())));
                            })));
    // Who had to leave a share was seen at its floor or before: below that somebody may be missing.
    boolean complete = floor[0] == LastSeen.NEVER;
    all.removeIf(seen -> !complete && seen.last() <= floor[0]);
    Collections.sort(all);
    boolean bounded = all.size() > most;
    return new Newest(List.copyOf(bounded ? all.subList(0, most) : all), complete && !bounded);
  }
}
