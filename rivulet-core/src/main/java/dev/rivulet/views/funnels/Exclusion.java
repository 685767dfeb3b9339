package dev.rivulet.views.funnels;

import java.util.List;

/**
 * Events that spoil an attempt which stands between two steps.
 *
 * @param events the names, one of which the event must have, without repetition
 * @param where what must hold for its properties
 * @param from the step after which it spoils, from 1
 * @param to the step that ends the danger; more than {@code from}
 */
public record Exclusion(List<String> events, Where where, int from, int to) {
  public Exclusion {
    events = List.copyOf(events);
  }
}
