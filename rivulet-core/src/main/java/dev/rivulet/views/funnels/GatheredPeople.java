package dev.rivulet.views.funnels;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of persons, gathered from raw events in memory: what the fold keeps, and the values of
 * a property besides. Not thread-safe.
 */
final class GatheredPeople {
  /** About 100 bytes each. */
  private static final int MOST_OCCURRENCES = 5_000_000;

  private final String project;
  private final Funnel funnel;
  private final StepMatcher matcher;
  private final @Nullable String property;
  private final Map<String, Gathered> people = new LinkedHashMap<>();
  private long occurrences;
  private long events;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  /**
   * @param property whose values are kept, or null
   */
  GatheredPeople(String project, Funnel funnel, @Nullable String property) {
    this.project = project;
    this.funnel = funnel;
    this.matcher = new StepMatcher(funnel);
    this.property = property;
  }

  /** One person, with the values that the property had at each moment. */
  record Gathered(PersonSteps steps, Map<Long, List<Optional<Object>>> values) {
    /**
     * The property of the event that opened an attempt at {@code entry}. Where several events of
     * that moment may have, those with a value go first, by its text, so that the order of arrival
     * leaves no trace; the attempt that is the {@code nth} to be opened there takes the nth.
     */
    Optional<Object> value(long entry, int nth) {
      List<Optional<Object>> all = values.getOrDefault(entry, List.of());
      if (all.size() > 1) {
        all.sort(Comparator.comparing(value -> value.map(known -> "1" + known).orElse("2")));
      }
      return all.isEmpty() ? Optional.empty() : all.get(Math.min(nth, all.size() - 1));
    }
  }

  /**
   * @throws IllegalArgumentException when there are too many events that matter
   */
  void add(Event event) {
    if (event.kind() != Kind.EVENT || !event.project().equals(project)) {
      return;
    }
    events++;
    first = Math.min(first, event.occurredAt());
    last = Math.max(last, event.occurredAt());
    int steps = matcher.steps(event);
    int exclusions = matcher.exclusions(event);
    if (steps == 0 && exclusions == 0 && !funnel.needsEveryEvent()) {
      return;
    }
    if (++occurrences > MOST_OCCURRENCES) {
      throw new IllegalArgumentException(
          "the range holds more than "
              + MOST_OCCURRENCES
              + " events of the funnel to look through: ask for a shorter one");
    }
    Gathered person =
        people.computeIfAbsent(
            event.user(), user -> new Gathered(new PersonSteps(funnel), new HashMap<>()));
    person.steps.add(event.occurredAt(), steps, exclusions);
    boolean mayBeEntry = funnel.order() == Order.ANY ? steps != 0 : (steps & 1) != 0;
    if (property != null && mayBeEntry) {
      person
          .values
          .computeIfAbsent(event.occurredAt(), time -> new ArrayList<>(1))
          .add(Optional.ofNullable(event.properties().value(property)));
    }
  }

  Collection<Gathered> people() {
    return people.values();
  }

  /** Events of the project that were looked at. */
  long events() {
    return events;
  }

  /** When the earliest of them happened; of none {@link Long#MAX_VALUE}. */
  long first() {
    return first;
  }

  /** When the latest of them happened; of none {@link Long#MIN_VALUE}. */
  long last() {
    return last;
  }
}
