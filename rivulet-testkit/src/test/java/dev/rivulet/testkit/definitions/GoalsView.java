package dev.rivulet.testkit.definitions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rivulet.event.Event;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Defined;
import dev.rivulet.view.DefinedView;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Occurrence;
import dev.rivulet.view.Query;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How often a goal was reached, by person. The body is {@code event=<name>}: the event that reaches
 * it.
 */
public final class GoalsView implements DefinedView {
  public static final String ROOM = "goals";
  private static final String BODY = "event=";

  private final int version;

  /** For {@link java.util.ServiceLoader}. */
  public GoalsView() {
    this(1);
  }

  GoalsView(int version) {
    this.version = version;
  }

  public static String body(String event) {
    return BODY + event;
  }

  @Override
  public String name() {
    return ROOM;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public State open(Scope scope, List<Definition> definitions) {
    List<Goal> goals = new ArrayList<>();
    for (Definition definition : definitions) {
      if (!definition.body().startsWith(BODY)) {
        throw new IllegalArgumentException("body '" + definition.body() + "' is not event=<name>");
      }
      goals.add(new Goal(definition, scope));
    }
    return new Goals(goals);
  }

  @Override
  public List<byte[]> keys(Scope scope, Definition definition) {
    return List.of(key(scope, definition));
  }

  private static byte[] key(Scope scope, Definition definition) {
    return scope.key(definition.project(), Integer.toString(definition.revision()), "people");
  }

  /** The goal called {@code name}. */
  public record Reached(String project, String name) implements Query<Reached.@Nullable Answer> {
    /**
     * @param times how often it was reached by the live revision
     * @param people how many people reached it
     */
    public record Answer(Defined defined, long times, long people) {}

    @Override
    public @Nullable Answer answer(Asking asking) {
      Defined defined = asking.definition(ROOM, name);
      if (defined == null) {
        return null;
      }
      var sum = new long[2];
      Definition live = defined.live();
      if (live != null) {
        asking.scatter(
            ROOM,
            (scope, reads) ->
                reads.wholeHash(
                    key(scope, live),
                    stored -> {
                      sum[1] += stored.size();
                      stored.values().forEach(count -> sum[0] += number(count));
                    }));
      }
      return new Answer(defined, sum[0], sum[1]);
    }
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, UTF_8));
  }

  private record Goals(List<Goal> goals) implements State {
    @Override
    public void load(List<Occurrence> batch, Reads reads) {
      goals.forEach(goal -> goal.load(batch, reads));
    }

    @Override
    public void fold(Occurrence occurrence) {
      goals.forEach(goal -> goal.fold(occurrence));
    }

    @Override
    public void write(Writes writes) {
      goals.forEach(goal -> goal.write(writes));
    }
  }

  private static final class Goal {
    private final String project;
    private final String event;
    private final byte[] key;
    private final Map<Integer, Long> counts = new HashMap<>();
    private final TreeMap<Integer, Long> changed = new TreeMap<>();

    private Goal(Definition definition, Scope scope) {
      this.project = definition.project();
      this.event = definition.body().substring(BODY.length());
      this.key = key(scope, definition);
    }

    private boolean isReachedBy(Event happened) {
      return happened.project().equals(project) && happened.name().equals(event);
    }

    private void load(List<Occurrence> batch, Reads reads) {
      var missing = new TreeSet<Integer>();
      for (Occurrence occurrence : batch) {
        if (isReachedBy(occurrence.event()) && !counts.containsKey(occurrence.person())) {
          missing.add(occurrence.person());
        }
      }
      List<Integer> wanted = List.copyOf(missing);
      List<byte[]> fields = wanted.stream().map(person -> Command.bytes((long) person)).toList();
      reads.hash(
          key,
          fields,
          stored -> {
            for (int i = 0; i < wanted.size(); i++) {
              byte[] count = stored.get(i);
              counts.put(wanted.get(i), count == null ? 0 : number(count));
            }
          });
    }

    private void fold(Occurrence occurrence) {
      if (isReachedBy(occurrence.event())) {
        changed.put(occurrence.person(), counts.merge(occurrence.person(), 1L, Long::sum));
      }
    }

    private void write(Writes writes) {
      List<byte[]> pairs = new ArrayList<>();
      changed.forEach(
          (person, count) -> {
            pairs.add(Command.bytes((long) person));
            pairs.add(Command.bytes(count));
          });
      writes.hash(key, pairs);
      changed.clear();
    }
  }
}
