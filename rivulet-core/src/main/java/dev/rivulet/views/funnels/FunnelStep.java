package dev.rivulet.views.funnels;

import java.util.List;

/**
 * One step of a funnel: any of some events, when its properties are right.
 *
 * @param events the names, one of which the event must have, without repetition; 1 to {@value
 *     Funnel#MOST_EVENTS}
 * @param where what must hold for its properties
 * @param optional whether an attempt may go on without it; never so for the first and last step
 */
public record FunnelStep(List<String> events, Where where, boolean optional) {
  public FunnelStep {
    events = List.copyOf(events);
  }
}
