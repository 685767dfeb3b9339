package dev.rivulet.testkit.naive;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something a person did.
 *
 * @param time when it happened, in epoch milliseconds
 * @param event its name
 * @param user the person
 * @param properties strings, longs, doubles and booleans by name
 * @param id the sender's id, by which a second arrival is recognised; null when there is none
 * @param arrival its place in the order of arrival, unique
 */
public record NaiveEvent(
    long time,
    String event,
    String user,
    Map<String, Object> properties,
    @Nullable String id,
    long arrival) {

  /**
   * By time. Events of one moment are ordered by what they say, so that the order of arrival
   * decides only between events that say the same.
   */
  static final Comparator<NaiveEvent> BY_TIME =
      Comparator.comparingLong(NaiveEvent::time)
          .thenComparing(NaiveEvent::event)
          .thenComparing(event -> new TreeMap<>(event.properties).toString())
          .thenComparingLong(NaiveEvent::arrival);

  /** The record of the log that this is, received at {@code receivedAt} epoch milliseconds. */
  public Event recorded(String project, long receivedAt) {
    return new Event(
        project, Kind.EVENT, event, user, id, time, receivedAt, Properties.of(properties));
  }

  /** What counts: of events with one id the one that arrived first. In order of arrival. */
  public static List<NaiveEvent> distinct(List<NaiveEvent> events) {
    List<NaiveEvent> inOrder = new ArrayList<>(events);
    inOrder.sort(Comparator.comparingLong(NaiveEvent::arrival));
    Set<String> ids = new HashSet<>();
    inOrder.removeIf(event -> event.id != null && !ids.add(event.id));
    return inOrder;
  }

  /** What each person did that counts, by time. */
  static Map<String, List<NaiveEvent>> byPerson(List<NaiveEvent> events) {
    Map<String, List<NaiveEvent>> people = new TreeMap<>();
    for (NaiveEvent event : distinct(events)) {
      people.computeIfAbsent(event.user, user -> new ArrayList<>()).add(event);
    }
    people.values().forEach(own -> own.sort(BY_TIME));
    return people;
  }

  /** The events of equal time together; {@code sorted} is by time. */
  static List<List<NaiveEvent>> moments(List<NaiveEvent> sorted) {
    List<List<NaiveEvent>> moments = new ArrayList<>();
    for (NaiveEvent event : sorted) {
      if (moments.isEmpty() || moments.get(moments.size() - 1).get(0).time != event.time) {
        moments.add(new ArrayList<>());
      }
      moments.get(moments.size() - 1).add(event);
    }
    return moments;
  }

  @Override
  public String toString() {
    String said = properties.isEmpty() ? "" : " " + Json.of(properties);
    return "#%d %s %s at %d%s%s"
        .formatted(arrival, user, event, time, said, id == null ? "" : " id " + id);
  }
}
