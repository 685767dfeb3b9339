package dev.rivulet.testkit;

import dev.rivulet.event.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Senders that try again: at once or hours later, while a retry is sure to be recognised. */
public final class Retries {
  private static final long RECOGNISED_MILLIS = 24 * 3_600_000L;

  private Retries() {}

  /** {@code events}, in order of arrival, with some of those that have an id sent again. */
  public static List<Event> among(List<Event> events, long seed) {
    var random = new Random(seed);
    List<Event> all = new ArrayList<>();
    Deque<Event> sent = new ArrayDeque<>();
    for (Event event : events) {
      all.add(event);
      if (event.id() != null) {
        sent.add(event);
      }
      long oldest = event.receivedAt() - RECOGNISED_MILLIS;
      while (!sent.isEmpty() && sent.element().receivedAt() < oldest) {
        sent.remove();
      }
      if (!sent.isEmpty() && random.nextInt(4) == 0) {
        Event original = List.copyOf(sent).get(random.nextInt(sent.size()));
        all.add(received(original, event.receivedAt()));
      }
    }
    return all;
  }

  private static Event received(Event event, long receivedAt) {
    return new Event(
        event.project(),
        event.kind(),
        event.name(),
        event.user(),
        event.id(),
        event.occurredAt(),
        receivedAt,
        event.properties());
  }
}
