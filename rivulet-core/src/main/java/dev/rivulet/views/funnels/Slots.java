package dev.rivulet.views.funnels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ordered} walk: slot i holds the attempts that have done the step at index i and go on
 * from there, a clean one and a tainted one. An event moves each at most one step on, the furthest
 * slot first; one that comes into a slot pushes out the one of its sort that stands there, unless
 * that is younger. Who is pushed out goes no further, but can still be tainted. Time O(occurrences
 * · steps), for events of equal time O(steps² · matches) more.
 */
final class Slots {
  private static final int[] NO_ENTRIES = {};

  private final Plan plan;
  private final @Nullable Draft[] clean;
  private final List<Draft> all;

  /** The tainted ones; null before the first. */
  private @Nullable Draft @Nullable [] tainted;

  /**
   * Clean attempts that have done the step at index i and go no further, each with the next. An
   * exclusion that reaches the step taints them or finds their windows over: none is looked at
   * twice.
   */
  private @Nullable Draft @Nullable [] stopped;

  private @Nullable GroupMatching group;

  /**
   * @param all receives the attempts in the order of their entries
   */
  Slots(Plan plan, List<Draft> all) {
    this.plan = plan;
    this.all = all;
    clean = new Draft[plan.steps];
  }

  void walk(PersonSteps person, int from, int to) {
    for (int i = from; i < to; ) {
      long time = person.time(i);
      int exclusions = person.exclusions(i);
      int serving = person.steps(i) == 0 ? 0 : 1;
      int steps = person.steps(i);
      int end = i + 1;
      for (; end < to && person.time(end) == time; end++) {
        exclusions |= person.exclusions(end);
        if (person.steps(end) != 0) {
          serving++;
          steps = person.steps(end);
        }
      }
      if (exclusions != 0) {
        spoil(plan.spoiledBy(exclusions), time);
      }
      if (serving == 1) {
        moveByOne(steps, time);
      } else if (serving > 1) {
        moveByGroup(person, i, end, time);
      }
      i = end;
    }
  }

  private void spoil(int slotBits, long time) {
    for (int rest = slotBits; rest != 0; rest &= rest - 1) {
      int slot = Integer.numberOfTrailingZeros(rest);
      Draft standing = canMove(clean, slot, time);
      if (standing != null) {
        standing.clean = false;
        clean[slot] = null;
        if (tainted == null) {
          tainted = new Draft[plan.steps];
        }
        place(tainted, slot, standing);
      }
      if (stopped != null) {
        for (Draft each = stopped[slot]; each != null; each = each.next) {
          each.clean = time - each.entry > plan.window;
        }
        stopped[slot] = null;
      }
    }
  }

  private void moveByOne(int steps, long time) {
    moveByOne(clean, steps, time);
    if (tainted != null) {
      moveByOne(tainted, steps, time);
    }
    if ((steps & 1) != 0) {
      place(clean, 0, enter(time));
    }
  }

  private void moveByOne(@Nullable Draft[] slots, int steps, long time) {
    for (int rest = steps & ~1; rest != 0; ) {
      int to = 31 - Integer.numberOfLeadingZeros(rest);
      rest &= ~(1 << to);
      for (int from = to - 1; from >= 0; from--) {
        Draft moving = canMove(slots, from, time);
        if (moving != null) {
          moving.reach(to, time);
          slots[from] = null;
          place(slots, to, moving);
          break;
        }
        if (!plan.isOptional(from)) {
          break;
        }
      }
    }
  }

  /** Events of equal time: each may serve one step of an attempt, in whatever order. */
  private void moveByGroup(PersonSteps person, int begin, int end, long time) {
    if (group == null) {
      group = new GroupMatching(plan.steps);
    }
    int union = 0;
    group.clear();
    for (int i = begin; i < end; i++) {
      union |= person.steps(i);
      group.addEvent(person.steps(i));
    }
    var entries = new int[group.kinds()];
    for (int kind = 0; kind < entries.length; kind++) {
      entries[kind] = group.entries(kind);
    }
    for (int to = plan.steps - 1; to >= 0; to--) {
      if ((union >>> to & 1) != 0) {
        moveInto(clean, to, group, entries, time);
        if (tainted != null) {
          moveInto(tainted, to, group, NO_ENTRIES, time);
        }
      }
    }
    for (int kind = 0; kind < entries.length; kind++) {
      for (; entries[kind] > 0; entries[kind]--) {
        stop(enter(time)); // finds no slot free
      }
    }
  }

  /**
   * Moves the attempt into the slot that skips the fewest steps, of equals the youngest: one that
   * an event of the group opens, else the one from the lowest slot.
   */
  private void moveInto(
      @Nullable Draft[] slots, int to, GroupMatching serving, int[] entries, long time) {
    int movable = 0;
    for (int from = 0; from < to; from++) {
      movable |= canMove(slots, from, time) == null ? 0 : 1 << from;
    }
    int from = movable == 0 ? -1 : serving.lowestFrom(to, movable, plan.optional);
    Draft moving = from < 0 ? null : slots[from];
    int done = 0;
    int skipped = Integer.MAX_VALUE;
    if (moving != null) {
      serving.begin();
      done = serving.serve(from, to, plan.optional, plan.steps);
      skipped = to - from - Integer.bitCount(done);
    }
    if (!enterInto(to, serving, entries, skipped, time) && moving != null) {
      moving.reachAll(done, time);
      slots[from] = null;
      place(slots, to, moving);
    }
  }

  /**
   * Fills the slot with the attempt of an event that opens one and that the others serve, if it
   * skips at most {@code mostSkipped} steps: of several such events the one from which most
   * optional steps can be done, then the one that can serve the lowest steps.
   */
  private boolean enterInto(
      int to, GroupMatching serving, int[] entries, int mostSkipped, long time) {
    int chosen = -1;
    int done = 0;
    for (int kind = 0; kind < entries.length; kind++) {
      if (entries[kind] > 0) {
        serving.beginWithout(kind);
        int served = serving.serve(0, to, plan.optional, plan.steps);
        if ((served != 0 || to == 0) && (chosen < 0 || isFuller(served, done))) {
          chosen = kind;
          done = served;
        }
      }
    }
    if (chosen < 0 || to - Integer.bitCount(done) > mostSkipped) {
      return false;
    }
    entries[chosen]--;
    Draft entering = enter(time);
    entering.reachAll(done, time);
    place(clean, to, entering);
    return true;
  }

  private static boolean isFuller(int steps, int others) {
    int more = Integer.bitCount(steps) - Integer.bitCount(others);
    return more > 0 || (more == 0 && (Integer.lowestOneBit(steps ^ others) & steps) != 0);
  }

  private @Nullable Draft canMove(@Nullable Draft[] slots, int from, long time) {
    Draft standing = slots[from];
    return standing != null && time - standing.entry <= plan.window ? standing : null;
  }

  private Draft enter(long time) {
    var entering = new Draft(time, plan.steps);
    all.add(entering);
    return entering;
  }

  /** Of two attempts for a slot the younger one goes on, whose window is over last. */
  private void place(@Nullable Draft[] slots, int to, Draft coming) {
    Draft standing = slots[to];
    if (standing != null && standing.entry > coming.entry) {
      stop(coming);
      return;
    }
    if (standing != null) {
      stop(standing);
    }
    slots[to] = coming;
  }

  private void stop(Draft stopping) {
    int slot = stopping.furthest - 1;
    if (stopping.clean && (plan.spoilable >>> slot & 1) != 0) {
      if (stopped == null) {
        stopped = new Draft[plan.steps];
      }
      stopping.next = stopped[slot];
      stopped[slot] = stopping;
    }
  }
}
