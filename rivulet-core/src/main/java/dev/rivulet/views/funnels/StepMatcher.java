package dev.rivulet.views.funnels;

import dev.rivulet.event.Event;
import dev.rivulet.view.Filter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps and exclusions of a funnel an event is. Immutable; may be shared between threads. An
 * event that the funnel does not name costs one look-up.
 */
public final class StepMatcher {
  private final Map<String, Candidates> byName;

  public StepMatcher(Funnel funnel) {
    var steps = new HashMap<String, List<Candidate>>();
    var exclusions = new HashMap<String, List<Candidate>>();
    for (int i = 0; i < funnel.steps().size(); i++) {
      FunnelStep step = funnel.steps().get(i);
      enlist(steps, step.events(), new Candidate(1 << i, step.where().filter()));
    }
    for (int i = 0; i < funnel.exclude().size(); i++) {
      Exclusion exclusion = funnel.exclude().get(i);
      enlist(exclusions, exclusion.events(), new Candidate(1 << i, exclusion.where().filter()));
    }
    var all = new HashMap<String, Candidates>();
    steps.forEach((name, some) -> all.put(name, Candidates.of(some, exclusions.get(name))));
    exclusions.forEach((name, some) -> all.putIfAbsent(name, Candidates.of(List.of(), some)));
    byName = Map.copyOf(all);
  }

  /** The names of events that can match a step or an exclusion. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** The steps that the event can serve: bit k − 1 is step k. None when it is an exclusion. */
  public int steps(Event event) {
    Candidates candidates = byName.get(event.name());
    return candidates == null || matching(candidates.exclusions, event) != 0
        ? 0
        : matching(candidates.steps, event);
  }

  /** The exclusions that the event is: bit i is the one at index i. */
  public int exclusions(Event event) {
    Candidates candidates = byName.get(event.name());
    return candidates == null ? 0 : matching(candidates.exclusions, event);
  }

  private static int matching(Candidate[] candidates, Event event) {
    int bits = 0;
    for (Candidate candidate : candidates) {
      if (candidate.filter.test(event.properties())) {
        bits |= candidate.bit;
      }
    }
    return bits;
  }

  private static void enlist(
      Map<String, List<Candidate>> byName, List<String> names, Candidate candidate) {
    for (String name : names) {
      byName.computeIfAbsent(name, unused -> new ArrayList<>()).add(candidate);
    }
  }

  /** A step or an exclusion by its bit. */
  private record Candidate(int bit, Filter filter) {}

  /** What an event of some name may be. */
  private static final class Candidates {
    private final Candidate[] steps;
    private final Candidate[] exclusions;

    private Candidates(Candidate[] steps, Candidate[] exclusions) {
      this.steps = steps;
      this.exclusions = exclusions;
    }

    private static Candidates of(List<Candidate> steps, @Nullable List<Candidate> exclusions) {
      return new Candidates(
          steps.toArray(new Candidate[0]),
          exclusions == null ? new Candidate[0] : exclusions.toArray(new Candidate[0]));
    }
  }
}
