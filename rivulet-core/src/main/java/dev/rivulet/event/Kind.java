package dev.rivulet.event;

/** What a record of the log says. The ordinal is stored: append, never reorder. */
public enum Kind {
  /** Somebody did something; it is counted. */
  EVENT,
  /** Something became known of a person; it is stored and never counted as an event. */
  TRAITS
}
