package dev.rivulet.recorder;

import dev.rivulet.event.Event;

/**
 * What one series measured in one window, as it will stand in the log: encoded, with its id, and
 * never changed any more, so that it can be sent again.
 *
 * @param values how many values it holds
 */
record Sketch(Metric metric, Event event, long values) {
  /** Objects, references and the id; the series' text is shared. */
  private static final int OVERHEAD = 250;

  /** Bytes it is taken to hold while it waits. */
  int weight() {
    return OVERHEAD + event.properties().length();
  }
}
