package dev.rivulet.views.retention;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import dev.rivulet.view.Condition;
import dev.rivulet.view.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a question is about.
 *
 * @param event the name, or null for any event
 * @param where what their properties must be
 */
public record EventMatch(@Nullable String event, Filter where) {
  /** Any event. */
  public static final EventMatch ANY = new EventMatch(null, Filter.ALL);

  public EventMatch {
    if (event != null && event.length() > Limits.NAME_CHARS) {
      throw new IllegalArgumentException(
          "the event's name has "
              + event.length()
              + " characters, at most "
              + Limits.NAME_CHARS
              + " are possible");
    }
  }

  /** Events called {@code event}; any event for null. */
  public static EventMatch named(@Nullable String event) {
    return new EventMatch(event, Filter.ALL);
  }

  /** These, if they pass {@code more} too. */
  public EventMatch and(Filter more) {
    List<Condition> all = new ArrayList<>(where.conditions());
    all.addAll(more.conditions());
    return new EventMatch(event, new Filter(all));
  }

  /** Whether the sets of people per event name can tell. */
  boolean byNameAlone() {
    return where.conditions().isEmpty();
  }

  /** The name under which its people are kept. */
  String subject() {
    return event == null ? Layout.ANY : event;
  }

  boolean matches(Event found) {
    return found.kind() == Kind.EVENT
        && (event == null || event.equals(found.name()))
        && where.test(found.properties());
  }
}
