package dev.rivulet.views.funnels;

import dev.rivulet.event.Event;
import java.util.Set;

/** Which steps and exclusions of a funnel an event is. Immutable; may be shared between threads. */
public final class StepMatcher {
  private final Funnel funnel;

  public StepMatcher(Funnel funnel) {
    this.funnel = funnel;
  }

  /** The names of events that can match a step or an exclusion. */
  public Set<String> names() {
    throw new UnsupportedOperationException(funnel.toString());
  }

  /** The steps that the event can serve: bit k − 1 is step k. None when it is an exclusion. */
  public int steps(Event event) {
    throw new UnsupportedOperationException(event.name());
  }

  /** The exclusions that the event is: bit i is the one at index i. */
  public int exclusions(Event event) {
    throw new UnsupportedOperationException(event.name());
  }
}
