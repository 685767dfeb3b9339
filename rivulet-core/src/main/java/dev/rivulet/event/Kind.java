package dev.rivulet.event;

/** What a record of the log says. The ordinal is stored: append, never reorder. */
public enum Kind {
  /** Somebody did something; it is counted. */
  EVENT,
  /** Something became known of a person; it is stored and never counted as an event. */
  TRAITS,
  /**
   * A person is to be forgotten: every view lets go of what it holds of them up to here. What they
   * do afterwards is done by somebody new. Its user is the person, its name {@code erasure}.
   */
  ERASURE,
  /**
   * Here stood a record of a person who was erased. It keeps its place, so that the places of
   * others hold, and nothing else; nobody folds it.
   */
  ERASED,
  /** One measured value of a series; it has no person. */
  SAMPLE,
  /** Many measured values of a series, gathered at the source; they have no person. */
  SKETCH;

  /**
   * Whether such a record tells what a sender said of a person, rather than what became of them.
   */
  public boolean said() {
    return this == EVENT || this == TRAITS;
  }

  /** Whether such a record holds measured values, not what a person did. */
  public boolean measured() {
    return this == SAMPLE || this == SKETCH;
  }
}
