package dev.rivulet.views.funnels;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of one person, and which of them count. */
public final class Attempts {
  private Attempts() {}

  /**
   * Every attempt that can count for some range, sorted by entry. Under {@code any} one for each
   * time at which a step was done: the most different steps from there on.
   */
  public static List<Attempt> of(Funnel funnel, PersonSteps person) {
    if (person.size() == 0) {
      return List.of();
    }
    var plan = new Plan(funnel);
    var attempts = new ArrayList<Attempt>(4);
    Sittings sittings = person.sittings();
    if (sittings == null) {
      add(funnel, plan, person, 0, person.size(), 0, attempts);
      return attempts;
    }
    int from = 0;
    for (int i = 0; i < sittings.size(); i++) {
      while (from < person.size() && person.time(from) < sittings.first(i)) {
        from++;
      }
      int to = from;
      while (to < person.size() && person.time(to) <= sittings.last(i)) {
        to++;
      }
      if (from < to) {
        add(funnel, plan, person, from, to, sittings.first(i), attempts);
      }
      from = to;
    }
    return attempts;
  }

  /**
   * Those that count among the ones that entered in [from, to): the best of the person, the best of
   * each unit, or all clean ones. A best one that is tainted takes its person or unit out: neither
   * it nor any other of them is in the answer.
   *
   * @param attempts sorted by entry
   */
  public static List<Attempt> best(List<Attempt> attempts, long from, long to, Count count) {
    var counted = new ArrayList<Attempt>(1);
    @Nullable Attempt best = null;
    for (Attempt attempt : attempts) {
      if (attempt.entry() < from || attempt.entry() >= to) {
        continue;
      }
      if (count == Count.ENTRIES) {
        addIfClean(attempt, counted);
      } else if (best == null || attempt.unit() != best.unit()) {
        addIfClean(best, counted);
        best = attempt;
      } else if (attempt.winsOver(best)) {
        best = attempt;
      }
    }
    addIfClean(best, counted);
    return counted;
  }

  private static void addIfClean(@Nullable Attempt attempt, List<Attempt> counted) {
    if (attempt != null && attempt.clean()) {
      counted.add(attempt);
    }
  }

  private static void add(
      Funnel funnel,
      Plan plan,
      PersonSteps person,
      int from,
      int to,
      long unit,
      List<Attempt> attempts) {
    if (funnel.order() == Order.ANY) {
      addSets(plan, person, from, to, unit, attempts);
      return;
    }
    var drafts = new ArrayList<Draft>(4);
    if (funnel.order() == Order.STRICT) {
      new StrictWalk(plan, person, to, drafts).walk(from);
    } else {
      new Slots(plan, drafts).walk(person, from, to);
    }
    for (Draft draft : drafts) {
      attempts.add(draft.finished(unit));
    }
  }

  /**
   * The best set of different steps for each time it may begin at. A set that is complete must be
   * free of exclusions up to its last event, another up to the end of the window.
   */
  private static void addSets(
      Plan plan, PersonSteps person, int from, int to, long unit, List<Attempt> attempts) {
    var distinct = new DistinctSteps(plan.steps);
    int exclusion = from;
    for (int i = from; i < to; i++) {
      long entry = person.time(i);
      if (person.steps(i) == 0 || (i > from && isSameEntry(person, i - 1, entry))) {
        continue;
      }
      while (exclusion < to
          && (person.time(exclusion) < entry || person.exclusions(exclusion) == 0)) {
        exclusion++;
      }
      distinct.clear();
      for (int next = i; next < to && !distinct.isComplete(); next++) {
        long time = person.time(next);
        if (time - entry > plan.window) {
          break;
        }
        distinct.offer(person.steps(next), time);
      }
      long spoiledAt = exclusion < to ? person.time(exclusion) : Long.MAX_VALUE;
      boolean clean =
          distinct.isComplete() ? distinct.last() < spoiledAt : spoiledAt - entry > plan.window;
      attempts.add(
          new Attempt(entry, clean ? distinct.count() : 0, clean, distinct.doneAt(), unit));
    }
  }

  private static boolean isSameEntry(PersonSteps person, int before, long entry) {
    return person.time(before) == entry && person.steps(before) != 0;
  }
}
