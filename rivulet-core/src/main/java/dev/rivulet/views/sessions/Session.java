package dev.rivulet.views.sessions;

import org.jspecify.annotations.Nullable;

/**
 * Events of one person with gaps of less than half an hour. An event by itself is a session of one
 * event; sessions that touch merge, in any order to the same. Immutable.
 *
 * @param first time of the first event, epoch milliseconds
 * @param last time of the last event
 * @param events how many
 * @param pages how many of them are page views
 * @param entry the first page, null where no event names one
 * @param exit the last page
 */
record Session(
    long first, long last, int events, int pages, @Nullable Landing entry, @Nullable Landing exit) {
  /** From this pause on another session begins. */
  static final long GAP_MILLIS = 30 * 60_000L;

  /** Whether an event at {@code time} belongs to it. */
  boolean takes(long time) {
    return first - GAP_MILLIS < time && time < last + GAP_MILLIS;
  }

  Session merge(Session other) {
    return new Session(
        Math.min(first, other.first),
        Math.max(last, other.last),
        events + other.events,
        pages + other.pages,
        Landing.earlier(entry, other.entry),
        Landing.later(exit, other.exit));
  }

  long durationMillis() {
    return last - first;
  }

  /** Whether it came to nothing more than one event. */
  boolean isBounce() {
    return events == 1;
  }
}
