package dev.rivulet.testkit;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Events such as a shop sends, drawn from a seed: few busy and many rare people, several names,
 * hostile ones too, properties of every kind, traits, events that arrive late. Arrivals are a
 * millisecond or more apart and in order.
 */
public final class Traffic {
  private static final String[] NAMES = {
    "view", "view", "view", "click", "signup", "pay", "%2a", "{0}:*?/ day", "größe"
  };
  private static final String[] PLANS = {"free", "pro", "team", "10", "true"};
  private static final String[] CITIES = {"Oslo", "Pune", "Lima", "Perth"};

  private final Random random;
  private final String project;
  private final int people;

  public Traffic(long seed, String project, int people) {
    this.random = new Random(seed);
    this.project = project;
    this.people = people;
  }

  /** {@code count} records that happened in the range and arrived after that, in that order. */
  public List<Event> between(long from, long to, int count) {
    List<Event> events = new ArrayList<>(count);
    long gap = Math.max(1, (to - from) / Math.max(count, 1));
    for (int i = 0; i < count; i++) {
      long receivedAt = from + gap * i + random.nextInt((int) Math.min(gap, Integer.MAX_VALUE));
      long age = random.nextInt(4) == 0 ? (long) (random.nextDouble() * (to - from)) : 0;
      long occurredAt = Math.max(from, receivedAt - age);
      events.add(event(events.size(), occurredAt, Math.max(receivedAt, from + i)));
    }
    return events;
  }

  private Event event(int number, long occurredAt, long receivedAt) {
    String user = "user-" + (int) (people * random.nextDouble() * random.nextDouble());
    String id = random.nextInt(5) == 0 ? null : "id-" + Long.toHexString(random.nextLong());
    if (random.nextInt(10) == 0) {
      return new Event(
          project, Kind.TRAITS, "identify", user, id, occurredAt, receivedAt, traits());
    }
    String name = NAMES[random.nextInt(NAMES.length)];
    return new Event(
        project, Kind.EVENT, name, user, id, occurredAt, receivedAt, properties(number));
  }

  private Properties properties(int number) {
    if (random.nextInt(10) == 0) {
      return Properties.NONE;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("plan", PLANS[random.nextInt(PLANS.length)]);
    values.put("amount", random.nextInt(4) * 5);
    values.put("price", random.nextInt(3) + 0.5);
    values.put("first", random.nextBoolean());
    values.put("number", number);
    if (random.nextBoolean()) {
      values.put("{city}*", CITIES[random.nextInt(CITIES.length)]);
      values.put("nested", Map.of("a", List.of(1, 2)));
    }
    return Properties.of(values);
  }

  private Properties traits() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("plan", PLANS[random.nextInt(PLANS.length)]);
    if (random.nextBoolean()) {
      values.put("city", CITIES[random.nextInt(CITIES.length)]);
      values.put("age", 18 + random.nextInt(60));
    }
    return Properties.of(values);
  }
}
