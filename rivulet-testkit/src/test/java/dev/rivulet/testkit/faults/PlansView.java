package dev.rivulet.testkit.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rivulet.event.Event;
import dev.rivulet.view.Asking;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A user's own view: events per plan, whatever they are. */
public final class PlansView implements View {
  static final String ROOM = "plans";

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
    return new Plans(scope);
  }

  /** Events per plan. */
  record Totals(String project) implements Query<Map<String, Long>> {
    @Override
    public Map<String, Long> answer(Asking asking) {
      Map<String, Long> totals = new TreeMap<>();
      asking.scatter(
          ROOM,
          (scope, reads) ->
              reads.wholeHash(
                  scope.key(project),
                  stored ->
                      stored.forEach(
                          (plan, count) -> totals.merge(plan, number(count), Long::sum))));
      return totals;
    }
  }

  /** What {@link Totals} must answer. */
  static Map<String, Long> recount(List<Event> events) {
    Map<String, Long> totals = new TreeMap<>();
    events.forEach(event -> totals.merge(plan(event), 1L, Long::sum));
    return totals;
  }

  private static String plan(Event event) {
    return String.valueOf(event.properties().value(Visitors.PLAN));
  }

  private static long number(byte[] text) {
    return Long.parseLong(new String(text, UTF_8));
  }

  private static final class Plans implements State {
    private final Scope scope;
    private final Map<String, Map<String, Long>> projects = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private Plans(Scope scope) {
      this.scope = scope;
    }

    @Override
    public void load(List<Occurrence> batch, Reads reads) {
      for (Occurrence occurrence : batch) {
        String project = occurrence.event().project();
        if (!projects.containsKey(project)) {
          Map<String, Long> counts = new HashMap<>();
          projects.put(project, counts);
          reads.wholeHash(
              scope.key(project),
              stored -> stored.forEach((plan, count) -> counts.put(plan, number(count))));
        }
      }
    }

    @Override
    public void fold(Occurrence occurrence) {
      String project = occurrence.event().project();
      projects.get(project).merge(plan(occurrence.event()), 1L, Long::sum);
      changed.add(project);
    }

    @Override
    public void write(Writes writes) {
      for (String project : changed) {
        List<byte[]> pairs = new ArrayList<>();
        projects
            .get(project)
            .forEach(
                (plan, count) -> {
                  pairs.add(Command.bytes(plan));
                  pairs.add(Command.bytes(count));
                });
        writes.hash(scope.key(project), pairs);
      }
      changed.clear();
    }
  }
}
