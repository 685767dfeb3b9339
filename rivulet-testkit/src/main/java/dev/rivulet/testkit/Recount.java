package dev.rivulet.testkit;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The naive twin of every number: counts over a plain list of events, as the definitions say it and
 * sharing nothing with the views. Slow on purpose. An {@code event} of null means any event; ranges
 * are half-open, in epoch milliseconds.
 */
public final class Recount {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  private final List<Event> counted = new ArrayList<>();
  private final List<Event> identified = new ArrayList<>();
  private final List<Event> measured = new ArrayList<>();

  /**
   * @param arrived what arrived, in order of arrival; of records with one id the first is taken
   */
  public Recount(String project, List<Event> arrived) {
    Set<String> ids = new HashSet<>();
    for (Event event : arrived) {
      String id = event.id();
      if (event.project().equals(project) && (id == null || ids.add(id))) {
        List<Event> others = event.kind().measured() ? measured : identified;
        (event.kind() == Kind.EVENT ? counted : others).add(event);
      }
    }
  }

  /** What is counted, in order of arrival. */
  public List<Event> events() {
    return List.copyOf(counted);
  }

  /** The samples that count, in order of arrival. */
  public List<Event> samples() {
    return List.copyOf(measured);
  }

  /** Events of the range. */
  public long count(@Nullable String event, long from, long to) {
    return inside(event, from, to).size();
  }

  /** Different people with an event in the range. */
  public long uniques(@Nullable String event, long from, long to) {
    Set<String> people = new HashSet<>();
    inside(event, from, to).forEach(found -> people.add(found.user()));
    return people.size();
  }

  /** Events of the range per value of a top-level scalar property. */
  public Map<Object, Long> values(String event, String property, long from, long to) {
    Map<Object, Long> values = new HashMap<>();
    for (Event found : inside(event, from, to)) {
      Object value = found.properties().value(property);
      if (value != null) {
        values.merge(value, 1L, Long::sum);
      }
    }
    return values;
  }

  /** Events per name, ever. */
  public Map<String, Long> names() {
    Map<String, Long> names = new TreeMap<>();
    counted.forEach(event -> names.merge(event.name(), 1L, Long::sum));
    return names;
  }

  /** Events per top-level scalar property of an event, ever. */
  public Map<String, Long> properties(String event) {
    Map<String, Long> properties = new TreeMap<>();
    for (Event found : counted) {
      for (int i = 0; found.name().equals(event) && i < found.properties().scalarCount(); i++) {
        properties.merge(found.properties().key(i), 1L, Long::sum);
      }
    }
    return properties;
  }

  /**
   * People with an event in the five minutes before {@code now}, these widened outwards to whole
   * ten seconds. What arrived more than ten minutes late says nothing about now.
   */
  public long online(long now) {
    Set<String> people = new HashSet<>();
    for (Event event : counted) {
      long slot = Math.floorDiv(event.occurredAt(), 10 * SECOND) * 10 * SECOND;
      boolean late = event.receivedAt() - event.occurredAt() > 10 * MINUTE;
      if (!late && slot <= now && slot + 10 * SECOND > now - 5 * MINUTE + 1) {
        people.add(event.user());
      }
    }
    return people.size();
  }

  /** The newest events by arrival, newest first. */
  public List<Event> recent(int limit) {
    List<Event> newest = new ArrayList<>(counted);
    newest.sort(Comparator.comparingLong(Event::receivedAt).reversed());
    return newest.subList(0, Math.min(limit, newest.size()));
  }

  /**
   * A person's traits as JSON texts, by name: per trait the value said last by {@code occurredAt},
   * of two of one moment the one whose text is greater. Knows the strings, numbers and booleans
   * that need no escapes.
   */
  public Map<String, String> traits(String user) {
    Map<String, String> traits = new TreeMap<>();
    Map<String, Long> saidAt = new HashMap<>();
    for (Event event : identified) {
      for (int i = 0; event.user().equals(user) && i < event.properties().scalarCount(); i++) {
        String name = event.properties().key(i);
        Object value = event.properties().value(i);
        String json = value instanceof String text ? '"' + text + '"' : value.toString();
        Long before = saidAt.get(name);
        boolean newer = before == null || event.occurredAt() > before;
        boolean greater =
            before != null
                && event.occurredAt() == before
                && json.compareTo(traits.getOrDefault(name, "")) > 0;
        if (newer || greater) {
          traits.put(name, json);
          saidAt.put(name, event.occurredAt());
        }
      }
    }
    return traits;
  }

  private List<Event> inside(@Nullable String event, long from, long to) {
    List<Event> found = new ArrayList<>();
    for (Event candidate : counted) {
      long time = candidate.occurredAt();
      if (from <= time && time < to && (event == null || event.equals(candidate.name()))) {
        found.add(candidate);
      }
    }
    return found;
  }
}
