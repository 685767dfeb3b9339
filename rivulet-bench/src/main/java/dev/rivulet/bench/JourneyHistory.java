package dev.rivulet.bench;

import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Twelve weeks of people who enter a funnel once, take as many of its steps as they get, minutes
 * apart, and come back in some of the weeks after. People are sent day by day in the order of their
 * entry. Safe for use by several threads.
 */
final class JourneyHistory {
  private static final int EVENTS_PER_REQUEST = 2_000;
  private static final double GOES_ON = 0.85;
  private static final double COMES_BACK = 0.4;
  private static final long DAY_MILLIS = 86_400_000;

  private final int people;
  private final int steps;
  private final long start;
  private final int days;
  private final SplittableRandom random = new SplittableRandom(8_321);
  private int person;
  private long sent;

  JourneyHistory(int people, int steps, ZonedDateTime start, int days) {
    this.people = people;
    this.steps = steps;
    this.start = start.toInstant().toEpochMilli();
    this.days = days;
  }

  /** A request's body. */
  record Body(String json, int events) {}

  /** The next request, or null when everybody was sent. */
  synchronized @Nullable Body next() {
    if (person == people) {
      return null;
    }
    var json = new StringBuilder(EVENTS_PER_REQUEST * 96).append('[');
    int events = 0;
    while (person < people && events < EVENTS_PER_REQUEST - steps - days / 7) {
      events += journey(json);
    }
    json.setCharAt(json.length() - 1, ']');
    sent += events;
    return new Body(json.toString(), events);
  }

  /** Events handed out so far. */
  synchronized long sent() {
    return sent;
  }

  private int journey(StringBuilder json) {
    String user = "journey-" + person;
    int day = (int) ((long) person * days / people);
    person++;
    long entry = start + day * DAY_MILLIS + random.nextLong(DAY_MILLIS / 2);
    long at = entry;
    int events = 0;
    for (int step = 1; step <= steps && (step == 1 || random.nextDouble() < GOES_ON); step++) {
      event(json, "step_%02d".formatted(step), user, at);
      at += 1_000 + random.nextLong(600_000);
      events++;
    }
    for (int week = 1; week <= (days - 1 - day) / 7; week++) {
      if (random.nextDouble() < COMES_BACK) {
        event(json, "visit", user, entry + week * 7L * DAY_MILLIS);
        events++;
      }
    }
    return events;
  }

  private static void event(StringBuilder json, String name, String user, long at) {
    json.append("{\"event\":\"").append(name).append("\",\"user\":\"").append(user);
    json.append("\",\"time\":").append(at).append("},");
  }
}
