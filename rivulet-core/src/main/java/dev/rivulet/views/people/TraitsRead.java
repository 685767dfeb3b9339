package dev.rivulet.views.people;

import dev.rivulet.view.Asking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads traits of people. */
final class TraitsRead {
  private TraitsRead() {}

  /** The traits of those of {@code users} of whom any are known, wherever they live. */
  static Map<String, Traits> of(Asking asking, String project, List<String> users) {
    Map<Integer, List<String>> homes = new HashMap<>();
    for (String user : users) {
      homes.computeIfAbsent(asking.partition(user), home -> new ArrayList<>()).add(user);
    }
    return of(asking, project, partition -> homes.getOrDefault(partition, List.of()));
  }

  /**
   * The traits of people of whom any are known.
   *
   * @param users who may live in a partition
   */
  static Map<String, Traits> of(
      Asking asking, String project, IntFunction<? extends Collection<String>> users) {
    Map<String, Traits> found = new HashMap<>();
    asking.scatter(
        PeopleView.ROOM,
        (scope, reads) -> {
          for (String user : users.apply(scope.partition())) {
            reads.get(
                PeopleView.key(scope, project, user),
                stored -> {
                  if (stored != null) {
                    found.put(user, Traits.decode(stored));
                  }
                });
          }
        });
    return found;
  }

  /** A JSON object: each trait's latest value. */
  static String json(Map<String, Traits> found, String user) {
    Traits traits = found.get(user);
    return traits == null ? "{}" : traits.toJson();
  }
}
