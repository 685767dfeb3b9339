package dev.rivulet.testkit.funnels;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.naive.NaiveCondition;
import dev.rivulet.testkit.naive.NaiveDefinition;
import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Exclusion;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaiveDefinition.Step;
import dev.rivulet.testkit.naive.NaiveEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Funnels of every kind, and events that make them do all they can. */
final class Cases {
  private static final long HOUR = 3_600_000;
  private static final String[] NAMES = {"view", "view", "add", "pay", "refund", "other"};
  private static final String[] PLANS = {"pro", "free"};

  private Cases() {}

  /** Funnels by name. */
  static Map<String, NaiveDefinition> funnels() {
    Map<String, NaiveDefinition> funnels = new LinkedHashMap<>();
    List<Exclusion> refund = List.of(new Exclusion(List.of("refund"), NaiveCondition.NONE, 1, 3));
    for (Order order : Order.values()) {
      for (Count count : Count.values()) {
        if (order != Order.ANY || count != Count.ENTRIES) {
          funnels.put(
              order + " " + count,
              new NaiveDefinition(
                  List.of(step("view"), step("add"), step("pay")),
                  20 * HOUR,
                  order,
                  refund,
                  count));
        }
      }
    }
    funnels.put(
        "optional, where, {repeated}:*",
        new NaiveDefinition(
            List.of(
                step("view"),
                new Step(List.of("view", "add"), NaiveCondition.NONE, true),
                new Step(List.of("add"), NaiveCondition.is("plan", "pro"), true),
                step("pay")),
            9 * HOUR,
            Order.ORDERED,
            List.of(),
            Count.PEOPLE));
    return funnels;
  }

  private static Step step(String event) {
    return new Step(List.of(event), NaiveCondition.NONE, false);
  }

  /** Events of a few people, often of one moment, in order of time. */
  static List<Event> events(long seed, String project, long from, long to, int count) {
    var random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long time = from + (to - from) / count * i;
      time -= random.nextInt(3) == 0 ? 0 : time % (10 * 60_000);
      time = Math.max(from, time);
      String user = "user-" + random.nextInt(40);
      Map<String, Object> properties = new HashMap<>();
      // Of one moment a person has one plan, so that there is no doubt about an attempt's.
      int plan = Math.floorMod(Objects.hash(user, time), 3);
      if (plan < PLANS.length) {
        properties.put("plan", PLANS[plan]);
      }
      events.add(
          new Event(
              project,
              Kind.EVENT,
              NAMES[random.nextInt(NAMES.length)],
              user,
              random.nextInt(4) == 0 ? null : "id-" + i,
              time,
              to + i,
              Properties.of(properties)));
    }
    return events;
  }

  /** The same as the naive evaluator takes them. */
  static List<NaiveEvent> naive(List<Event> events) {
    List<NaiveEvent> all = new ArrayList<>();
    for (Event event : events) {
      Map<String, Object> properties = new HashMap<>();
      for (int i = 0; i < event.properties().scalarCount(); i++) {
        properties.put(event.properties().key(i), event.properties().value(i));
      }
      all.add(
          new NaiveEvent(
              event.occurredAt(), event.name(), event.user(), properties, event.id(), all.size()));
    }
    return all;
  }
}
