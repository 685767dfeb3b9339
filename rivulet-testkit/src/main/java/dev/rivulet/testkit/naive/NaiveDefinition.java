package dev.rivulet.testkit.naive;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/**
 * What a funnel is asked to count.
 *
 * @param windowMillis within which of its first event an attempt must do all steps, inclusive
 */
public record NaiveDefinition(
    List<Step> steps, long windowMillis, Order order, List<Exclusion> exclusions, Count count) {

  /** In which order the steps are to be done. */
  public enum Order {
    ORDERED,
    STRICT,
    ANY
  }

  /** What is counted. */
  public enum Count {
    PEOPLE,
    SESSIONS,
    ENTRIES
  }

  /**
   * One step.
   *
   * @param events the names of which an event has one to match
   * @param where what must hold of its properties
   * @param optional whether it may be skipped
   */
  public record Step(List<String> events, NaiveCondition where, boolean optional) {
    boolean matches(NaiveEvent event) {
      return events.contains(event.event()) && where.holds().test(event.properties());
    }
  }

  /**
   * Taints the attempts that stand at a step from {@code from} on and before {@code to}, counted
   * from 1.
   */
  public record Exclusion(List<String> events, NaiveCondition where, int from, int to) {
    boolean matches(NaiveEvent event) {
      return events.contains(event.event()) && where.holds().test(event.properties());
    }

    boolean covers(int step) {
      return from <= step && step < to;
    }
  }

  /** Number of steps. */
  public int last() {
    return steps.size();
  }

  /** Step {@code number}, counted from 1. */
  public Step step(int number) {
    return steps.get(number - 1);
  }

  /** The nearest step before {@code step} that may not be skipped; 0 before the first. */
  public int required(int step) {
    int before = step - 1;
    while (before > 0 && step(before).optional()) {
      before--;
    }
    return before;
  }

  /** Whether {@code event} does step {@code number}. An excluding event does no step. */
  boolean does(NaiveEvent event, int number) {
    return step(number).matches(event) && !excludes(event);
  }

  boolean excludes(NaiveEvent event) {
    return exclusions.stream().anyMatch(exclusion -> exclusion.matches(event));
  }

  /** Whether {@code event} taints an attempt that stands at {@code step}. */
  boolean taints(NaiveEvent event, int step) {
    return exclusions.stream()
        .anyMatch(exclusion -> exclusion.covers(step) && exclusion.matches(event));
  }

  /** What the API takes. The window must be whole seconds. */
  public String toJson() {
    if (windowMillis % 1_000 != 0) {
      throw new IllegalStateException("window of " + windowMillis + " ms is not whole seconds");
    }
    var json = new StringBuilder("{\"steps\":");
    json.append(
        steps.stream()
            .map(
                step ->
                    matched(step.events(), step.where())
                        + (step.optional() ? ",\"optional\":true}" : "}"))
            .collect(joining(",", "[", "]")));
    json.append(",\"window\":\"").append(windowMillis / 1_000).append("s\"");
    json.append(",\"order\":\"").append(order.name().toLowerCase(Locale.ROOT)).append('"');
    if (!exclusions.isEmpty()) {
      json.append(",\"exclude\":");
      json.append(
          exclusions.stream()
              .map(
                  exclusion ->
                      matched(exclusion.events(), exclusion.where())
                          + ",\"from\":%d,\"to\":%d}".formatted(exclusion.from(), exclusion.to()))
              .collect(joining(",", "[", "]")));
    }
    json.append(",\"count\":\"").append(count.name().toLowerCase(Locale.ROOT)).append("\"}");
    return json.toString();
  }

  private static String matched(List<String> events, NaiveCondition where) {
    String names = events.size() == 1 ? Json.of(events.get(0)) : Json.of(events);
    String condition = where.json().equals("{}") ? "" : ",\"where\":" + where.json();
    return "{\"event\":" + names + condition;
  }
}
