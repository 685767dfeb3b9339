package dev.rivulet.views.funnels;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The {@code strict} walk: from each entry on, every event of the person must be a next step. Where
 * optional steps or equal times leave several ways open, all are followed, and the best end counts:
 * the furthest, then a clean one, then the one whose steps were done earlier, step by step. An
 * attempt takes at most as many events as there are steps, so time is O(entries · steps) without
 * optional steps and equal times.
 */
final class StrictWalk {
  /** Events of equal time that are taken in the best order; more are taken in the log's. */
  private static final int MOST_REORDERED = 8;

  private final Plan plan;
  private final PersonSteps person;
  private final int end;
  private final List<Draft> all;
  private final GroupMatching matching;

  /**
   * @param end the occurrence before which the walk ends
   * @param all receives the attempts in the order of their entries
   */
  StrictWalk(Plan plan, PersonSteps person, int end, List<Draft> all) {
    this.plan = plan;
    this.person = person;
    this.end = end;
    this.all = all;
    matching = new GroupMatching(plan.steps);
  }

  void walk(int from) {
    for (int begin = from; begin < end; ) {
      int groupEnd = groupEnd(begin);
      for (int i = begin; i < groupEnd; i++) {
        if ((person.steps(i) & 1) != 0) {
          all.add(attempt(begin, i, groupEnd));
        }
      }
      begin = groupEnd;
    }
  }

  private Draft attempt(int groupBegin, int entry, int groupEnd) {
    var run = new Run(person.time(entry));
    if (groupEnd - groupBegin > MOST_REORDERED) {
      run.oneByOne(entry + 1, groupEnd);
    } else if (groupEnd - groupBegin > 1) {
      run.opensAmong(groupBegin, entry, groupEnd);
    }
    for (int next = groupEnd; run.goesOn() && next < end; ) {
      int nextEnd = groupEnd(next);
      run.meet(next, nextEnd);
      next = nextEnd;
    }
    return run.finished();
  }

  private int groupEnd(int begin) {
    int next = begin + 1;
    while (next < end && person.time(next) == person.time(begin)) {
      next++;
    }
    return next;
  }

  /** One attempt under way; it may stand at several steps, at each by the best way there. */
  private final class Run {
    private final long entry;
    private @Nullable Way[] standing = new Way[plan.steps];
    private @Nullable Way[] next = new Way[plan.steps];
    private int positions = 1;
    private @Nullable Way best;

    private Run(long entry) {
      this.entry = entry;
      standing[0] = new Way(0, entry, null, true);
    }

    private boolean goesOn() {
      return positions != 0;
    }

    private Draft finished() {
      endAll();
      var draft = new Draft(entry, plan.steps);
      if (best != null) {
        best.copyTo(draft.doneAt);
        draft.furthest = best.step + 1;
        draft.clean = best.clean;
      }
      return draft;
    }

    /** The next events of one time. */
    private void meet(int from, int to) {
      if (person.time(from) - entry > plan.window) {
        endAll();
        return;
      }
      int exclusions = 0;
      for (int i = from; i < to; i++) {
        exclusions |= person.exclusions(i);
      }
      if (exclusions != 0) {
        spoil(plan.spoiledBy(exclusions));
      }
      if (to - from == 1 || to - from > MOST_REORDERED) {
        oneByOne(from, to);
      } else {
        through(from, to);
      }
    }

    private void spoil(int steps) {
      for (int rest = steps & positions; rest != 0; rest &= rest - 1) {
        int step = Integer.numberOfTrailingZeros(rest);
        standing[step] = way(step).spoiled();
      }
    }

    private void oneByOne(int from, int to) {
      for (int i = from; i < to && goesOn(); i++) {
        follow(person.steps(i), person.time(i));
      }
    }

    private void follow(int steps, long time) {
      for (int from = plan.steps - 1; from >= 0; from--) {
        if (!isAt(from)) {
          continue;
        }
        Way way = way(from);
        boolean moved = false;
        for (int to = from + 1; to < plan.steps; to++) {
          if ((steps >>> to & 1) != 0) {
            standAt(to, way.on(to, time));
            moved = true;
          }
          if (!plan.isOptional(to)) {
            break;
          }
        }
        if (!moved) {
          endAt(way);
        }
      }
      turn();
    }

    /** The events of its entry's time: those that do not serve it came before it. */
    private void opensAmong(int begin, int opening, int groupEnd) {
      int union = gather(begin, opening, groupEnd);
      int others = groupEnd - begin - 1;
      Way opened = way(0);
      standAt(0, opened);
      endAt(opened);
      reachAll(opened, union, others, person.time(begin), false);
      turn();
    }

    /** Events of equal time: all must serve it, in whatever order, or it ends there. */
    private void through(int begin, int groupEnd) {
      int union = gather(begin, -1, groupEnd);
      for (int from = plan.steps - 1; from >= 0; from--) {
        if (isAt(from)) {
          Way way = way(from);
          endAt(way); // at least one event more follows: counts when none of them serves it
          reachAll(way, union, groupEnd - begin, person.time(begin), true);
        }
      }
      turn();
    }

    private int gather(int begin, int left, int groupEnd) {
      int union = 0;
      matching.clear();
      for (int i = begin; i < groupEnd; i++) {
        if (i != left) {
          union |= person.steps(i);
          matching.addEvent(person.steps(i));
        }
      }
      return union;
    }

    /** Goes on to every step that so many events may lead to. */
    private void reachAll(Way way, int union, int events, long time, boolean allNeeded) {
      int needed = 1;
      for (int to = way.step + 1; to < plan.steps && needed <= events; to++) {
        if ((union >>> to & 1) != 0) {
          reach(way, to, events, time, allNeeded);
        }
        needed += plan.isOptional(to) ? 0 : 1;
      }
    }

    /**
     * Goes from where {@code way} stands to the step {@code to}, served by gathered events. It ends
     * there when one of {@code events} is left over, and may go on when none is or need be.
     */
    private void reach(Way way, int to, int events, long time, boolean allNeeded) {
      int all = served(way.step, to, events);
      if (all == 0) {
        return;
      }
      int count = Integer.bitCount(all);
      if (count == events || !allNeeded) {
        standAt(to, way.through(all, time));
      }
      int some = count == events ? served(way.step, to, events - 1) : all;
      if (some != 0) {
        endAt(way.through(some, time));
      }
    }

    private int served(int from, int to, int most) {
      matching.begin();
      return matching.serve(from, to, plan.optional, most);
    }

    private boolean isAt(int step) {
      return (positions >>> step & 1) != 0;
    }

    private Way way(int step) {
      return Objects.requireNonNull(standing[step]);
    }

    private void standAt(int step, Way way) {
      Way other = next[step];
      if (other == null || way.isBetterThan(other)) {
        next[step] = way;
      }
    }

    private void endAt(Way way) {
      if (best == null || way.isBetterThan(best)) {
        best = way;
      }
    }

    private void endAll() {
      for (int rest = positions; rest != 0; rest &= rest - 1) {
        endAt(way(Integer.numberOfTrailingZeros(rest)));
      }
      positions = 0;
    }

    /** Stands where the last events led; at the last step there is nowhere to go. */
    private void turn() {
      @Nullable Way[] before = standing;
      standing = next;
      next = before;
      Arrays.fill(next, null);
      positions = 0;
      for (int step = 0; step < plan.steps - 1; step++) {
        if (standing[step] != null) {
          positions |= 1 << step;
        }
      }
      Way complete = standing[plan.steps - 1];
      if (complete != null) {
        endAt(complete);
      }
    }
  }
}
