package dev.rivulet.views.funnels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code strict} walk: from each entry on, every event of the person must be a next step. Where
 * optional steps leave several ways open, all are followed and the furthest counts. An attempt
 * takes at most as many events as there are steps, so time is O(entries · steps) without optional
 * steps and equal times.
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
    var run = new Run(new Draft(person.time(entry), plan.steps));
    int next = groupEnd;
    if (groupEnd - groupBegin > MOST_REORDERED) {
      run.oneByOne(entry + 1, groupEnd);
    } else if (groupEnd - groupBegin > 1) {
      run.opensAmong(groupBegin, entry, groupEnd);
    }
    while (run.goesOn() && next < end && run.isInWindow(person.time(next))) {
      int nextEnd = groupEnd(next);
      if (nextEnd - next == 1 || nextEnd - next > MOST_REORDERED) {
        run.oneByOne(next, nextEnd);
      } else {
        run.through(next, nextEnd);
      }
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

  /** A step that was done, and how it was come by. Two are the same only when they are one. */
  private static final class Way {
    private final int step;
    private final long time;
    private final @Nullable Way before;

    private Way(int step, long time, @Nullable Way before) {
      this.step = step;
      this.time = time;
      this.before = before;
    }

    private Way on(int next, long at) {
      return new Way(next, at, this);
    }
  }

  /** One attempt under way; it may stand at several steps, each by one way. */
  private final class Run {
    private final Draft draft;
    private Way furthest;
    private @Nullable Way[] standing;
    private int positions = 1;

    private Run(Draft draft) {
      this.draft = draft;
      furthest = new Way(0, draft.entry, null);
      standing = new Way[plan.steps];
      standing[0] = furthest;
    }

    private boolean goesOn() {
      return positions != 0 && furthest.step < plan.steps - 1;
    }

    private boolean isInWindow(long time) {
      return time - draft.entry <= plan.window;
    }

    private Draft finished() {
      for (Way way = furthest; way != null; way = way.before) {
        draft.doneAt[way.step] = way.time;
      }
      draft.furthest = furthest.step + 1;
      return draft;
    }

    private void oneByOne(int from, int to) {
      for (int i = from; i < to && goesOn(); i++) {
        spoil(person.exclusions(i));
        follow(person.steps(i), person.time(i));
      }
    }

    private void follow(int steps, long time) {
      @Nullable Way[] next = new Way[plan.steps];
      int nextPositions = 0;
      for (int from = plan.steps - 2; from >= 0; from--) {
        Way way = standing[from];
        if (way == null) {
          continue;
        }
        for (int to = from + 1; to < plan.steps; to++) {
          if ((steps >>> to & 1) != 0 && next[to] == null) {
            next[to] = way.on(to, time);
            nextPositions |= 1 << to;
            note(next[to]);
          }
          if (!plan.isOptional(to)) {
            break;
          }
        }
      }
      standing = next;
      positions = nextPositions;
    }

    /** The events of its entry's time: those that do not serve it came before it. */
    private void opensAmong(int begin, int entry, int groupEnd) {
      int union = gather(begin, entry, groupEnd);
      @Nullable Way[] next = new Way[plan.steps];
      next[0] = standing[0];
      positions = 1 | reach(0, union, 0, person.time(begin), next);
      standing = next;
    }

    /** Events of equal time: all must serve it, in whatever order, or it ends there. */
    private void through(int begin, int groupEnd) {
      int exclusions = 0;
      int needed = groupEnd - begin;
      for (int i = begin; i < groupEnd; i++) {
        exclusions |= person.exclusions(i);
      }
      spoil(exclusions);
      int union = gather(begin, -1, groupEnd);
      @Nullable Way[] next = new Way[plan.steps];
      int nextPositions = 0;
      for (int from = plan.steps - 2; from >= 0; from--) {
        if (standing[from] != null) {
          nextPositions |= reach(from, union, needed, person.time(begin), next);
        }
      }
      standing = next;
      positions = nextPositions;
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

    /**
     * Notes how far the gathered events lead from a step, and puts into {@code next} where it can
     * stand after at least {@code needed} of them served it.
     */
    private int reach(int from, int union, int needed, long time, @Nullable Way[] next) {
      int reached = 0;
      Way way = standing[from];
      for (int to = from + 1; way != null && to < plan.steps; to++) {
        if ((union >>> to & 1) == 0) {
          if (plan.isOptional(to)) {
            continue;
          }
          break;
        }
        int served = serve(from, to);
        if (served == 0) {
          continue;
        }
        Way there = way;
        int count = 0;
        for (int step = from + 1; step <= to; step++) {
          if ((served >>> step & 1) != 0) {
            there = there.on(step, time);
            count++;
          }
        }
        note(there);
        if (count >= needed && next[to] == null) {
          next[to] = there;
          reached |= 1 << to;
        }
      }
      return reached;
    }

    /** The steps served on the way to {@code to}, as many as can be; none when it is too far. */
    private int serve(int from, int to) {
      matching.begin();
      if (!matching.serve(to)) {
        return 0;
      }
      int served = 1 << to;
      for (int step = from + 1; step < to; step++) {
        if (!plan.isOptional(step)) {
          if (!matching.serve(step)) {
            return 0;
          }
          served |= 1 << step;
        }
      }
      for (int step = from + 1; step < to; step++) {
        if (plan.isOptional(step) && matching.serve(step)) {
          served |= 1 << step;
        }
      }
      return served;
    }

    private void spoil(int exclusions) {
      if (exclusions != 0
          && standing[furthest.step] == furthest
          && (plan.spoiledBy(exclusions) >>> furthest.step & 1) != 0) {
        draft.clean = false;
      }
    }

    private void note(Way way) {
      if (way.step > furthest.step) {
        furthest = way;
      }
    }
  }
}
