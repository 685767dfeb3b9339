package dev.rivulet.views.funnels;

import java.util.Arrays;

/**
 * How many different steps events can serve, each event one and each step once: a bipartite
 * matching to which events are offered in the order of time. The events it takes are those of the
 * earliest possible times, since the sets of events that can be served form a matroid, in which the
 * greedy choice is best (Edmonds 1971).
 */
final class DistinctSteps {
  /** What the event that serves a step can serve. */
  private final int[] holder;

  private final long[] times;
  private int taken;
  private int count;

  /** Steps all taken by events that can serve no other step: offering those again is vain. */
  private int closed;

  private int visited;

  DistinctSteps(int steps) {
    holder = new int[steps];
    times = new long[steps];
  }

  void clear() {
    taken = 0;
    count = 0;
    closed = 0;
  }

  int count() {
    return count;
  }

  boolean isComplete() {
    return count == times.length;
  }

  /** When the last step was served. */
  long last() {
    return times[count - 1];
  }

  /** When the first, second, … different step was served; −1 for those that were not. */
  long[] doneAt() {
    long[] done = times.clone();
    Arrays.fill(done, count, done.length, -1);
    return done;
  }

  /** Offers an event that is not earlier than those before. */
  void offer(int steps, long time) {
    if ((steps & ~closed) == 0) {
      return;
    }
    visited = closed;
    if (place(steps)) {
      times[count++] = time;
    } else {
      closed = visited;
    }
  }

  private boolean place(int steps) {
    int free = steps & ~taken;
    if (free != 0) {
      int step = Integer.numberOfTrailingZeros(free);
      taken |= 1 << step;
      holder[step] = steps;
      return true;
    }
    for (int rest = steps & ~visited; rest != 0; rest = steps & ~visited & (rest & rest - 1)) {
      int step = Integer.numberOfTrailingZeros(rest);
      visited |= 1 << step;
      if (place(holder[step])) {
        holder[step] = steps;
        return true;
      }
    }
    return false;
  }
}
