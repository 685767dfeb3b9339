package dev.rivulet.views.people;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The traits of one partition; memory holds the persons that were identified last. */
final class PeopleState implements State {
  private static final int MOST_PEOPLE = 5_000;
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  private final Scope scope;
  private final Map<Person, Traits> people = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Person> changed = new LinkedHashSet<>();

  PeopleState(Scope scope) {
    this.scope = scope;
  }

  @Override
  public void load(List<Occurrence> batch, Reads reads) {
    for (Occurrence occurrence : batch) {
      Event event = occurrence.event();
      if (event.kind() == Kind.ERASURE) {
        people.putIfAbsent(Person.of(event), Traits.decode(null)); // what is stored will not matter
      } else if (event.kind() == Kind.TRAITS) {
        Person person = Person.of(event);
        if (!people.containsKey(person)) {
          people.put(person, Traits.decode(null));
          reads.get(
              PeopleView.key(scope, person.project, person.user),
              stored -> people.put(person, Traits.decode(stored)));
        }
      }
    }
  }

  @Override
  public void fold(Occurrence occurrence) {
    Event event = occurrence.event();
    Person person = Person.of(event);
    if (event.kind() == Kind.ERASURE) {
      people.put(person, Traits.decode(null));
      changed.add(person);
      return;
    }
    Traits traits = people.get(person);
    if (traits == null) {
      throw new IllegalStateException("traits of " + person + " are not loaded");
    }
    TraitReader.members(event.properties())
        .forEach(
            (name, json) -> {
              if (traits.put(name, json, event.occurredAt())) {
                changed.add(person);
              }
            });
  }

  @Override
  public void write(Writes writes) {
    for (Person person : changed) {
      Traits traits = people.get(person);
      if (traits != null && traits.isEmpty()) {
        writes.delete(PeopleView.key(scope, person.project, person.user));
      } else if (traits != null) {
        writes.set(PeopleView.key(scope, person.project, person.user), traits.encode());
      }
    }
    changed.clear();
    shrink();
  }

  private void shrink() {
    long bytes = 0;
    for (Traits traits : people.values()) {
      bytes += traits.bytes();
    }
    var oldest = people.entrySet().iterator();
    while (people.size() > MOST_PEOPLE || bytes > MOST_BYTES) {
      bytes -= oldest.next().getValue().bytes();
      oldest.remove();
    }
  }

  private record Person(String project, String user) {
    private static Person of(Event event) {
      return new Person(event.project(), event.user());
    }
  }
}
