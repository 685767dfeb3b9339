package dev.rivulet.views.funnels;

import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report by a property of the first event of the attempt that counts, read from the log.
 *
 * @param groups the largest first, then those past the bound together
 * @param completeFrom since when the log is complete, in epoch milliseconds; 0 for ever
 */
record FunnelGroups(List<FunnelAnswer.Group> groups, long completeFrom) {
  static final int MOST = 100;
  private static final String OTHER = "$other";

  static FunnelGroups read(
      Asking asking, FunnelReport report, Funnel funnel, TimeRange range, String property) {
    var gathered = new GatheredPeople(report.project(), funnel, property);
    // Where steps can be skipped, an attempt of before the range may take the way of one inside.
    boolean skips = funnel.steps().stream().anyMatch(FunnelStep::optional);
    long from = range.from() - (skips ? funnel.windowMillis() : 0);
    long completeFrom = asking.scan(from, gathered::add);
    Map<Optional<Object>, List<Attempt>> byValue = new HashMap<>();
    for (GatheredPeople.Gathered person : gathered.people()) {
      List<Attempt> attempts = Attempts.of(funnel, person.steps());
      long entry = Long.MIN_VALUE;
      int nth = 0;
      for (Attempt counted : Attempts.best(attempts, range.from(), range.to(), funnel.count())) {
        nth = counted.entry() == entry ? nth + 1 : 0;
        entry = counted.entry();
        byValue.computeIfAbsent(person.value(entry, nth), key -> new ArrayList<>()).add(counted);
      }
    }
    return new FunnelGroups(groups(funnel, byValue), completeFrom);
  }

  private static List<FunnelAnswer.Group> groups(
      Funnel funnel, Map<Optional<Object>, List<Attempt>> byValue) {
    List<Map.Entry<Optional<Object>, List<Attempt>>> sorted = new ArrayList<>(byValue.entrySet());
    sorted.sort(
        Comparator.<Map.Entry<Optional<Object>, List<Attempt>>>comparingInt(
                group -> -group.getValue().size())
            .thenComparing(group -> String.valueOf(group.getKey().orElse(null))));
    List<FunnelAnswer.Group> groups = new ArrayList<>();
    var others = new StepTally(funnel.steps().size());
    for (Map.Entry<Optional<Object>, List<Attempt>> group : sorted) {
      boolean listed = groups.size() < MOST;
      StepTally tally = listed ? new StepTally(funnel.steps().size()) : others;
      group.getValue().forEach(tally::add);
      if (listed) {
        groups.add(group(funnel, group.getKey().orElse(null), tally));
      }
    }
    if (others.users(0) > 0) {
      groups.add(group(funnel, OTHER, others));
    }
    return groups;
  }

  private static FunnelAnswer.Group group(Funnel funnel, @Nullable Object value, StepTally tally) {
    return new FunnelAnswer.Group(value, tally.users(0), FunnelResults.steps(funnel, tally));
  }
}
