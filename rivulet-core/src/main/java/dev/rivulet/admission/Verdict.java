package dev.rivulet.admission;

import dev.rivulet.event.Event;

/** What admission says of one event. */
public sealed interface Verdict {
  /** It is taken in, as {@code event}. */
  record Accepted(Event event) implements Verdict {}

  /** It is not; {@code detail} names the value that is wrong and what would be right. */
  record Refused(Refusal reason, String detail) implements Verdict {}
}
