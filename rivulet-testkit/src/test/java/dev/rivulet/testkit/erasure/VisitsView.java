package dev.rivulet.testkit.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rivulet.event.Kind;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Asking.Person;
import dev.rivulet.view.Command;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Query;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A user's own view that knows persons by number: events of each, forgotten when erased. */
public final class VisitsView implements View {
  static final String ROOM = "visits";

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
    return new Visits(scope);
  }

  /** Events per person as {@code partition/number id}, and all that was ever counted. */
  record PerPerson(String project) implements Query<Map<String, Long>> {
    @Override
    public Map<String, Long> answer(Asking asking) {
      Map<Person, Long> found = new HashMap<>();
      asking.scatter(
          ROOM,
          (scope, reads) ->
              reads.wholeHash(
                  scope.key(project),
                  stored ->
                      stored.forEach(
                          (number, count) ->
                              found.put(
                                  new Person(scope.partition(), Integer.parseInt(number)),
                                  Long.valueOf(new String(count, UTF_8))))));
      List<Person> persons = List.copyOf(found.keySet());
      var users = asking.users(persons);
      Map<String, Long> answer = new TreeMap<>();
      for (int i = 0; i < persons.size(); i++) {
        Person person = persons.get(i);
        String label = person.partition() + "/" + person.number() + " " + users.get(i);
        answer.put(label, found.get(person));
      }
      return answer;
    }
  }

  private static final class Visits implements State {
    private final Scope scope;
    private final Map<String, Map<Integer, Long>> projects = new HashMap<>();
    private final Map<String, Set<Integer>> changed = new HashMap<>();

    private Visits(Scope scope) {
      this.scope = scope;
    }

    @Override
    public void load(List<Occurrence> batch, Reads reads) {
      for (Occurrence occurrence : batch) {
        String project = occurrence.event().project();
        if (!projects.containsKey(project)) {
          Map<Integer, Long> counts = new HashMap<>();
          projects.put(project, counts);
          reads.wholeHash(
              scope.key(project),
              stored ->
                  stored.forEach(
                      (number, count) ->
                          counts.put(
                              Integer.valueOf(number), Long.valueOf(new String(count, UTF_8)))));
        }
      }
    }

    @Override
    public void fold(Occurrence occurrence) {
      String project = occurrence.event().project();
      Map<Integer, Long> counts = projects.get(project);
      if (occurrence.event().kind() == Kind.ERASURE) {
        counts.remove(occurrence.person());
      } else {
        counts.merge(occurrence.person(), 1L, Long::sum);
      }
      changed.computeIfAbsent(project, p -> new TreeSet<>()).add(occurrence.person());
    }

    @Override
    public void write(Writes writes) {
      changed.forEach(
          (project, numbers) -> {
            List<byte[]> pairs = new ArrayList<>();
            List<byte[]> gone = new ArrayList<>();
            for (int number : numbers) {
              Long count = projects.get(project).get(number);
              byte[] field = Command.bytes((long) number);
              if (count == null) {
                gone.add(field);
              } else {
                pairs.add(field);
                pairs.add(Command.bytes(count));
              }
            }
            writes.hash(scope.key(project), pairs);
            writes.hashDelete(scope.key(project), gone);
          });
      changed.clear();
    }
  }
}
