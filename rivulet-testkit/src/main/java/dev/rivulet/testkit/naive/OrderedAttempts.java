package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one person in a funnel whose steps come in order: one slot per step, which holds
 * the attempt that stands at it. Events of one moment are taken together.
 */
final class OrderedAttempts {
  private final NaiveDefinition funnel;

  /** Slot k at index k; 0 is not used. */
  private final @Nullable Running[] slots;

  private final List<Running> all = new ArrayList<>();

  private OrderedAttempts(NaiveDefinition funnel) {
    this.funnel = funnel;
    this.slots = new Running[funnel.last() + 1];
  }

  /** All attempts that ever were; {@code events} are a person's, by time. */
  static List<NaiveAttempt> of(NaiveDefinition funnel, List<NaiveEvent> events) {
    var attempts = new OrderedAttempts(funnel);
    for (List<NaiveEvent> moment : NaiveEvent.moments(events)) {
      attempts.exclude(moment);
      attempts.advance(moment);
    }
    return attempts.all.stream().map(Running::attempt).toList();
  }

  private void exclude(List<NaiveEvent> moment) {
    for (NaiveEvent event : moment) {
      for (int step = 1; step <= funnel.last(); step++) {
        Running standing = slots[step];
        if (standing != null && inWindow(standing, event) && funnel.taints(event, step)) {
          standing.tainted = true;
        }
      }
    }
  }

  /** Fills the slots from the last down; each takes over from the nearest slot that can serve. */
  private void advance(List<NaiveEvent> moment) {
    List<Running> opened = opened(moment);
    for (int to = funnel.last(); to >= 1; to--) {
      boolean taken = false;
      for (int from = to - 1; from >= 1 && !taken; from--) {
        Running standing = slots[from];
        if (standing == null || !inWindow(standing, moment.get(0))) {
          continue;
        }
        List<Integer> done = served(from + 1, to, moment);
        if (done != null) {
          slots[from] = null;
          standing.move(to, done, moment.get(0).time());
          slots[to] = standing;
          taken = true;
        }
      }
      if (!taken) {
        open(opened, to, moment);
      }
    }
  }

  /**
   * Fills a slot with a new attempt: the one that does most steps, of equals the one whose event
   * can do the fewest late steps.
   */
  private void open(List<Running> opened, int to, List<NaiveEvent> moment) {
    Running best = null;
    List<Integer> mostDone = List.of();
    for (Running attempt : opened) {
      List<NaiveEvent> others = new ArrayList<>(moment);
      others.remove(attempt.first);
      List<Integer> done = served(2, to, others);
      if (done != null && (best == null || better(done, mostDone))) {
        best = attempt;
        mostDone = done;
      }
    }
    if (best != null) {
      opened.remove(best);
      best.move(to, mostDone, best.first.time());
      slots[to] = best;
    }
  }

  /** A new attempt for each event that does step 1. It stands before all slots. */
  private List<Running> opened(List<NaiveEvent> moment) {
    List<Running> opened = new LinkedList<>();
    for (NaiveEvent event : moment) {
      if (funnel.does(event, 1)) {
        opened.add(new Running(event, funnel.last()));
      }
    }
    opened.sort(Comparator.comparingLong(attempt -> steps(attempt.first)));
    all.addAll(opened);
    return opened;
  }

  /** The steps that an event can do, as the sum of 2 to the power of each. */
  private long steps(NaiveEvent event) {
    long sum = 0;
    for (int step = 1; step <= funnel.last(); step++) {
      sum += funnel.does(event, step) ? 1L << step : 0;
    }
    return sum;
  }

  /**
   * The steps that are done when {@code events} serve the steps {@code from} to {@code to}, each
   * event one step: {@code to} and all that are not optional, and as many optional ones as can be,
   * of equally many the earlier ones. Null when they cannot be served. Tries every way.
   */
  private @Nullable List<Integer> served(int from, int to, List<NaiveEvent> events) {
    if (from > to) {
      return List.of();
    }
    List<Integer> best = null;
    for (NaiveEvent event : events) {
      if (funnel.does(event, from)) {
        List<NaiveEvent> others = new ArrayList<>(events);
        others.remove(event);
        List<Integer> rest = served(from + 1, to, others);
        if (rest != null && (best == null || better(rest, best.subList(1, best.size())))) {
          best = new ArrayList<>(List.of(from));
          best.addAll(rest);
        }
      }
    }
    if (from < to && funnel.step(from).optional()) {
      List<Integer> rest = served(from + 1, to, events);
      if (rest != null && (best == null || better(rest, best))) {
        best = rest;
      }
    }
    return best;
  }

  private static boolean better(List<Integer> one, List<Integer> other) {
    if (one.size() != other.size()) {
      return one.size() > other.size();
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i) < other.get(i);
      }
    }
    return false;
  }

  private boolean inWindow(Running attempt, NaiveEvent event) {
    return event.time() - attempt.first.time() <= funnel.windowMillis();
  }

  /** An attempt that may still move. */
  private static final class Running {
    final NaiveEvent first;
    private final @Nullable Long[] times;
    private int furthest = 1;
    boolean tainted;

    Running(NaiveEvent first, int steps) {
      this.first = first;
      this.times = new Long[steps];
      times[0] = first.time();
    }

    void move(int to, List<Integer> done, long time) {
      furthest = to;
      done.forEach(step -> times[step - 1] = time);
    }

    NaiveAttempt attempt() {
      return new NaiveAttempt(
          first, Collections.unmodifiableList(Arrays.asList(times.clone())), furthest, tainted);
    }
  }
}
