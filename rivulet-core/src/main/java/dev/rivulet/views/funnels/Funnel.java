package dev.rivulet.views.funnels;

import java.util.List;

/**
 * A path of steps that people are expected to take. Steps count from 1. Immutable.
 *
 * @param steps 2 to {@value #MOST_STEPS}
 * @param windowMillis how long after its entry an attempt may do further steps, inclusive
 * @param order how the steps follow each other
 * @param exclude what spoils an attempt; at most {@value #MOST_EXCLUSIONS}
 * @param count what is counted
 */
public record Funnel(
    List<FunnelStep> steps, long windowMillis, Order order, List<Exclusion> exclude, Count count) {
  public static final int MOST_STEPS = 30;
  public static final int MOST_EXCLUSIONS = 10;

  /** Event names of one step or exclusion. */
  public static final int MOST_EVENTS = 10;

  /** UTF-8 bytes of a definition. */
  public static final int MOST_BYTES = 16 * 1024;

  public static final long SHORTEST_WINDOW_MILLIS = 1_000;
  public static final long LONGEST_WINDOW_MILLIS = 365L * 24 * 60 * 60 * 1_000;

  public Funnel {
    steps = List.copyOf(steps);
    exclude = List.copyOf(exclude);
  }

  /**
   * Reads a definition as the API takes it.
   *
   * @throws IllegalArgumentException naming the field, what is wrong with it and what would be
   *     right
   */
  public static Funnel parse(String json) {
    return FunnelReader.read(json);
  }

  /** The canonical text: equal funnels have equal texts, and {@link #parse} reads it back. */
  public String toJson() {
    return FunnelWriter.write(this);
  }

  /**
   * Whether {@link PersonSteps#add} must be told every event of a person, not only those that
   * match: {@code strict} ends an attempt at any other event, sessions are made of all events.
   */
  public boolean needsEveryEvent() {
    return order == Order.STRICT || count == Count.SESSIONS;
  }
}
