package dev.rivulet.testkit.views;

import dev.rivulet.event.Event;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.views.people.FindPeople;
import dev.rivulet.views.people.PersonAction;
import dev.rivulet.views.people.PersonProfile;
import dev.rivulet.views.people.PersonTimeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is the same of answers about people however their events are batched and spread. */
final class Profiles {
  private Profiles() {}

  static Object comparable(Object answer) {
    if (answer instanceof PersonProfile.Answer profile) {
      return List.of(
          profile.user(),
          String.valueOf(profile.firstSeen()),
          String.valueOf(profile.lastSeen()),
          profile.actions(),
          profile.traits(),
          profile.traitsRefused(),
          settled(profile.recent(), 100));
    }
    if (answer instanceof PersonTimeline.Answer timeline) {
      return List.of(settled(timeline.events(), 100), timeline.gone());
    }
    if (answer instanceof FindPeople.Answer found) {
      return List.of(found.users(), found.complete());
    }
    return answer;
  }

  /**
   * Where an answer has as many actions as it may, its oldest moment may have had more than fit:
   * which of these are in it depends on their places in the log.
   */
  private static List<String> settled(List<PersonAction> actions, int most) {
    if (actions.size() < most) {
      return moments(actions);
    }
    String cut = actions.get(most - 1).time();
    return moments(actions.stream().filter(action -> !action.time().equals(cut)).toList());
  }

  /** When what was done, actions of one moment in the order of their names. */
  static List<String> moments(List<PersonAction> actions) {
    List<String> moments = new ArrayList<>();
    for (PersonAction action : actions) {
      moments.add(action.time() + " " + action.event());
    }
    return canonical(moments);
  }

  static List<String> canonical(List<String> moments) {
    List<String> sorted = new ArrayList<>(moments);
    sorted.sort((a, b) -> b.compareTo(a));
    return sorted;
  }

  /** The naive twin's events. */
  static List<NaiveEvent> naive(List<Event> events) {
    List<NaiveEvent> naive = new ArrayList<>();
    for (Event event : events) {
      Map<String, Object> properties = new HashMap<>();
      for (int i = 0; i < event.properties().scalarCount(); i++) {
        properties.put(event.properties().key(i), event.properties().value(i));
      }
      naive.add(
          new NaiveEvent(
              event.occurredAt(),
              event.name(),
              event.user(),
              properties,
              event.id(),
              naive.size()));
    }
    return naive;
  }
}
