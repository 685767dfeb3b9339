package dev.rivulet.views.funnels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ordered} walk: slot i holds the attempt that has done the step at index i and goes on
 * from there. An event moves each attempt at most one step on, the furthest slot first; an attempt
 * that comes into a slot pushes out the one that stands there, which keeps what it reached. Time
 * O(occurrences · steps), for events of equal time O(steps² · matches) more.
 */
final class Slots {
  private final Plan plan;
  private final @Nullable Draft[] slots;
  private final List<Draft> all;
  private @Nullable GroupMatching group;

  /**
   * @param all receives the attempts in the order of their entries
   */
  Slots(Plan plan, List<Draft> all) {
    this.plan = plan;
    this.all = all;
    slots = new Draft[plan.steps];
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
      Draft standing = slots[Integer.numberOfTrailingZeros(rest)];
      if (standing != null && time - standing.entry <= plan.window) {
        standing.clean = false;
      }
    }
  }

  private void moveByOne(int steps, long time) {
    for (int rest = steps & ~1; rest != 0; ) {
      int to = 31 - Integer.numberOfLeadingZeros(rest);
      rest &= ~(1 << to);
      for (int from = to - 1; from >= 0; from--) {
        Draft moving = canMove(from, time);
        if (moving != null) {
          moving.reach(to, time);
          slots[from] = null;
          slots[to] = moving;
          break;
        }
        if (!plan.isOptional(from)) {
          break;
        }
      }
    }
    if ((steps & 1) != 0) {
      slots[0] = enter(time);
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
      if ((union >>> to & 1) != 0 && !moveInto(to, group, time)) {
        enterInto(to, group, entries, time);
      }
    }
    for (int kind = 0; kind < entries.length; kind++) {
      for (; entries[kind] > 0; entries[kind]--) {
        enter(time); // finds no slot free: it reached the first step, and nothing can taint it
      }
    }
  }

  /** Fills the slot from the highest before it that can be served the way. */
  private boolean moveInto(int to, GroupMatching serving, long time) {
    serving.begin();
    if (!serving.serve(to)) {
      return false;
    }
    for (int from = to - 1; from >= 0; from--) {
      Draft moving = canMove(from, time);
      if (moving != null) {
        slots[from] = null;
        move(moving, from, to, serving, time);
        return true;
      }
      if (!plan.isOptional(from) && !serving.serve(from)) {
        return false;
      }
    }
    return false;
  }

  /**
   * Fills the slot with the attempt of an event that opens one and that the others serve: of
   * several such events the one from which most optional steps can be done, then the one that can
   * serve the lowest steps.
   */
  private void enterInto(int to, GroupMatching serving, int[] entries, long time) {
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
    if (chosen < 0) {
      return;
    }
    entries[chosen]--;
    Draft entering = enter(time);
    for (int rest = done; rest != 0; rest &= rest - 1) {
      entering.reach(Integer.numberOfTrailingZeros(rest), time);
    }
    slots[to] = entering;
  }

  private static boolean isFuller(int steps, int others) {
    int more = Integer.bitCount(steps) - Integer.bitCount(others);
    return more > 0 || (more == 0 && (Integer.lowestOneBit(steps ^ others) & steps) != 0);
  }

  private void move(Draft moving, int from, int to, GroupMatching serving, long time) {
    for (int between = from + 1; between < to; between++) {
      if (!plan.isOptional(between) || serving.serve(between)) {
        moving.doneAt[between] = time;
      }
    }
    moving.reach(to, time);
    slots[to] = moving;
  }

  private @Nullable Draft canMove(int from, long time) {
    Draft standing = slots[from];
    return standing != null && time - standing.entry <= plan.window ? standing : null;
  }

  private Draft enter(long time) {
    var entering = new Draft(time, plan.steps);
    all.add(entering);
    return entering;
  }
}
