package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sets of distinct steps that one person did within a window, in any order: every way in which
 * distinct events serve distinct steps.
 */
final class AnySets {
  private final NaiveDefinition funnel;
  private final List<NaiveEvent> events;
  private final Set<NaiveAttempt> sets = new LinkedHashSet<>();

  private AnySets(NaiveDefinition funnel, List<NaiveEvent> events) {
    this.funnel = funnel;
    this.events = events;
  }

  /** All sets; {@code events} are a person's, by time. */
  static List<NaiveAttempt> of(NaiveDefinition funnel, List<NaiveEvent> events) {
    var sets = new AnySets(funnel, events);
    sets.choose(0, List.of(), new TreeSet<>());
    return List.copyOf(sets.sets);
  }

  /** Event {@code index} is left out or serves a step that none of {@code used} serves. */
  private void choose(int index, List<NaiveEvent> used, Set<Integer> served) {
    if (index == events.size()) {
      if (!used.isEmpty()) {
        sets.add(set(used));
      }
      return;
    }
    NaiveEvent event = events.get(index);
    choose(index + 1, used, served);
    if (!used.isEmpty() && event.time() - used.get(0).time() > funnel.windowMillis()) {
      return;
    }
    for (int step = 1; step <= funnel.last(); step++) {
      if (!served.contains(step) && funnel.does(event, step)) {
        List<NaiveEvent> more = new ArrayList<>(used);
        more.add(event);
        Set<Integer> steps = new TreeSet<>(served);
        steps.add(step);
        choose(index + 1, more, steps);
      }
    }
  }

  private NaiveAttempt set(List<NaiveEvent> used) {
    List<@Nullable Long> times = new ArrayList<>();
    used.forEach(event -> times.add(event.time()));
    long first = used.get(0).time();
    boolean complete = used.size() == funnel.last();
    long free = complete ? used.get(used.size() - 1).time() : first + funnel.windowMillis();
    boolean tainted =
        events.stream()
            .anyMatch(
                event -> funnel.excludes(event) && first <= event.time() && event.time() <= free);
    while (times.size() < funnel.last()) {
      times.add(null);
    }
    return new NaiveAttempt(used.get(0), Collections.unmodifiableList(times), used.size(), tainted);
  }
}
