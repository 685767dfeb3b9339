package dev.rivulet.testkit.faults;

import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.projects.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws events with ids, spread over the twenty hours before a moment. Used by one thread. */
final class Visitors {
  static final List<String> NAMES = List.of("view", "click", "signup");
  static final String PLAN = "plan";
  private static final List<String> PLANS = List.of("free", "pro", "team", "trial");
  private static final long SPAN_MILLIS = 20L * 60 * 60 * 1000;
  private static final int PEOPLE = 700;

  private final Random random;
  private final String prefix;
  private final long end;
  private long next;

  /**
   * @param prefix of the ids, unique among the visitors of a test
   * @param end no event is later, in epoch milliseconds
   */
  Visitors(long seed, String prefix, long end) {
    this.random = new Random(seed);
    this.prefix = prefix;
    this.end = end;
  }

  /** The start of what {@link #next} draws. */
  static long start(long end) {
    return end - SPAN_MILLIS;
  }

  /** One to {@code most} events. */
  List<Event> some(int most) {
    int count = 1 + random.nextInt(most);
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(next());
    }
    return events;
  }

  Event next() {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String user = "u" + random.nextInt(PEOPLE);
    long at = end - (long) (random.nextDouble() * SPAN_MILLIS);
    Properties properties =
        random.nextInt(8) == 0
            ? Properties.NONE
            : Properties.of(Map.of(PLAN, PLANS.get(random.nextInt(PLANS.size()))));
    String id = prefix + "-" + next++;
    return new Event(Project.DEFAULT, Kind.EVENT, name, user, id, at, at, properties);
  }

  static EventDraft draft(Event event) {
    return Event.named(event.name())
        .by(event.user())
        .id(event.id())
        .at(event.occurredAt())
        .properties(event.properties());
  }
}
