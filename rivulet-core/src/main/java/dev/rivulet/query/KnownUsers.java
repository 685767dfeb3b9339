package dev.rivulet.query;

import dev.rivulet.engine.UserPage;
import dev.rivulet.view.Asking.Person;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks up the ids of persons by their numbers. */
final class KnownUsers {
  private final int partitions;
  private final PartitionReader reader;

  KnownUsers(int partitions, PartitionReader reader) {
    this.partitions = partitions;
    this.reader = reader;
  }

  /** The ids of {@code persons} of {@code project} in order, null where none is known. */
  List<@Nullable String> read(String project, List<Person> persons) {
    Map<Integer, TreeSet<Integer>> wanted = new HashMap<>();
    for (Person person : persons) {
      wanted
          .computeIfAbsent(person.partition(), partition -> new TreeSet<>())
          .add(UserPage.of(person.number()));
    }
    Map<Integer, Map<Integer, UserPage>> pages = new HashMap<>();
    List<Reads> reads = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      var own = new Reads();
      Map<Integer, UserPage> found = new HashMap<>();
      pages.put(partition, found);
      List<Integer> numbers = List.copyOf(wanted.getOrDefault(partition, new TreeSet<>()));
      own.hash(
          UserPage.key(partition, project),
          numbers.stream().map(page -> Command.bytes(page.longValue())).toList(),
          stored -> {
            for (int i = 0; i < numbers.size(); i++) {
              found.put(numbers.get(i), UserPage.decode(stored.get(i)));
            }
          });
      reads.add(own);
    }
    List<List<@Nullable Object>> replies = reader.read(reads);
    for (int partition = 0; partition < partitions; partition++) {
      reads.get(partition).deliver(replies.get(partition));
    }
    List<@Nullable String> users = new ArrayList<>(persons.size());
    for (Person person : persons) {
      Map<Integer, UserPage> own = pages.getOrDefault(person.partition(), Map.of());
      UserPage page = own.get(UserPage.of(person.number()));
      users.add(page == null ? null : page.user(person.number()));
    }
    return users;
  }
}
