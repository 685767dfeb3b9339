package dev.rivulet.views.funnels;

import java.util.Arrays;

/**
 * Which steps can be served at once by distinct events of a group: a bipartite matching that grows
 * step by step along augmenting paths (Kuhn). A step once served stays served. Events that can
 * serve the same steps are one kind with a number, so a path is at most steps · kinds long.
 */
final class GroupMatching {
  private final int steps;

  /** Kind of event that serves a step, or −1. */
  private final int[] kindOf;

  private int[] bits = new int[4];
  private int[] available = new int[4];
  private int[] used = new int[4];
  private int[] visited = new int[4];
  private int kinds;
  private int visit;

  GroupMatching(int steps) {
    this.steps = steps;
    kindOf = new int[steps];
  }

  /** Starts a new group. */
  void clear() {
    kinds = 0;
  }

  /** An event of the group that can serve the steps {@code stepBits}. */
  void addEvent(int stepBits) {
    if (stepBits == 0) {
      return;
    }
    // Equal ones stand together, since occurrences of equal time are sorted by their bits.
    if (kinds > 0 && bits[kinds - 1] == stepBits) {
      available[kinds - 1]++;
      return;
    }
    if (kinds == bits.length) {
      bits = Arrays.copyOf(bits, kinds * 2);
      available = Arrays.copyOf(available, kinds * 2);
      used = Arrays.copyOf(used, kinds * 2);
      visited = Arrays.copyOf(visited, kinds * 2);
    }
    visited[kinds] = visit;
    bits[kinds] = stepBits;
    available[kinds++] = 1;
  }

  /** Kinds of events. */
  int kinds() {
    return kinds;
  }

  /** How many events of a kind can open an attempt, that is, serve the first step. */
  int entries(int kind) {
    return (bits[kind] & 1) == 0 ? 0 : available[kind];
  }

  /** Starts anew with the same events, none in use. */
  void begin() {
    Arrays.fill(used, 0, kinds, 0);
    Arrays.fill(kindOf, -1);
  }

  /** Starts anew with the same events but one. */
  void beginWithout(int kind) {
    begin();
    used[kind] = 1;
  }

  /**
   * Serves the steps after {@code from} up to {@code to}: that and all that are not optional, and
   * as many optional ones as can be, of equally many the first.
   *
   * @param optional bits of the optional steps
   * @param most at most so many
   * @return bits of the steps served, none when they cannot be
   */
  int serve(int from, int to, int optional, int most) {
    int served = 0;
    for (int step = to; step > from; step--) {
      if (step == to || (optional >>> step & 1) == 0) {
        if (!serve(step)) {
          return 0;
        }
        served |= 1 << step;
      }
    }
    for (int step = from + 1; step < to && Integer.bitCount(served) < most; step++) {
      if ((optional >>> step & 1) != 0 && serve(step)) {
        served |= 1 << step;
      }
    }
    return Integer.bitCount(served) > most ? 0 : served;
  }

  /**
   * The slot from which an attempt best moves to the step {@code to}: of those from which the way
   * there can be served with the fewest optional steps skipped, the lowest.
   *
   * @param slots bits of the slots whose attempts may move
   * @param optional bits of the optional steps
   * @return −1 when there is none
   */
  int lowestFrom(int to, int slots, int optional) {
    begin();
    if (!serve(to)) {
      return -1;
    }
    int lowest = -1;
    // The lower a slot, the more its attempt skips, so the first one found skips the fewest. What
    // is served is always as many steps as can be, those that are not optional among them.
    for (int from = to - 1; from >= 0; from--) {
      if ((slots >>> from & 1) != 0) {
        lowest = from;
      }
      if (!serve(from)
          && (lowest >= 0
              || ((optional >>> from & 1) == 0 && !serveInstead(from, optional & ~(1 << to))))) {
        break;
      }
    }
    return lowest;
  }

  /** Serves a step by leaving out one of {@code others}, or tells that it cannot be. */
  private boolean serveInstead(int step, int others) {
    visit++;
    return replace(step, others);
  }

  private boolean replace(int step, int others) {
    for (int kind = 0; kind < kinds; kind++) {
      if ((bits[kind] >>> step & 1) == 0 || visited[kind] == visit) {
        continue;
      }
      visited[kind] = visit;
      for (int other = 0; other < steps; other++) {
        if (kindOf[other] != kind) {
          continue;
        }
        boolean leftOut = (others >>> other & 1) != 0;
        if (leftOut) {
          kindOf[other] = -1;
        }
        if (leftOut || replace(other, others)) {
          kindOf[step] = kind;
          return true;
        }
      }
    }
    return false;
  }

  /** Serves a further step, or tells that it cannot be served besides the others. */
  boolean serve(int step) {
    visit++;
    return augment(step);
  }

  private boolean augment(int step) {
    for (int kind = 0; kind < kinds; kind++) {
      if ((bits[kind] >>> step & 1) == 0 || visited[kind] == visit) {
        continue;
      }
      visited[kind] = visit;
      if (used[kind] < available[kind]) {
        used[kind]++;
        kindOf[step] = kind;
        return true;
      }
      for (int other = 0; other < steps; other++) {
        if (kindOf[other] == kind && augment(other)) {
          kindOf[step] = kind;
          return true;
        }
      }
    }
    return false;
  }
}
