package dev.rivulet.testkit.naive;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a person with gaps under 30 minutes.
 *
 * @param user the person
 * @param events theirs, by time
 */
public record NaiveSession(String user, List<NaiveEvent> events) {
  /** The events that show a page, and the property that says which. */
  static final Map<String, String> PAGES =
      Map.of("page", "path", "pageview", "path", "$pageview", "$pathname", "request", "path");

  /** When it began, in epoch milliseconds. */
  public long start() {
    return events.get(0).time();
  }

  /** When its last event happened. */
  public long last() {
    return events.get(events.size() - 1).time();
  }

  /** From the first event to the last. */
  public long durationMillis() {
    return last() - start();
  }

  /** Whether it has one event. */
  public boolean bounce() {
    return events.size() == 1;
  }

  /** Number of events that show a page. */
  public int pages() {
    return (int) events.stream().filter(event -> PAGES.containsKey(event.event())).count();
  }

  /** The page shown first; null when no event says one. */
  public @Nullable String entry() {
    List<String> shown = shown();
    return shown.isEmpty() ? null : shown.get(0);
  }

  /** The page shown last; null when no event says one. */
  public @Nullable String exit() {
    List<String> shown = shown();
    return shown.isEmpty() ? null : shown.get(shown.size() - 1);
  }

  private List<String> shown() {
    return events.stream()
        .filter(event -> PAGES.containsKey(event.event()))
        .map(event -> event.properties().get(PAGES.get(event.event())))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }
}
