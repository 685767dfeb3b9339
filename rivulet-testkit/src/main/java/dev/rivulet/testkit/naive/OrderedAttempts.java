package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one person in a funnel whose steps come in order. At each step there is a place
 * for one clean and a place for one tainted attempt: those in a place may go on. Every other one
 * stays at its step and only an exclusion can still reach it. Events of one moment are taken
 * together.
 */
final class OrderedAttempts {
  private final NaiveDefinition funnel;
  private final List<Running> all = new ArrayList<>();

  private OrderedAttempts(NaiveDefinition funnel) {
    this.funnel = funnel;
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
      for (Running attempt : all) {
        if (!attempt.tainted && inWindow(attempt, event) && funnel.taints(event, attempt.step)) {
          attempt.tainted = true;
          if (attempt.placed) {
            place(attempt);
          }
        }
      }
    }
  }

  /** Fills the places from the last step down, those of clean and of tainted attempts alike. */
  private void advance(List<NaiveEvent> moment) {
    List<Running> opened = opened(moment);
    for (int to = funnel.last(); to >= 1; to--) {
      List<Move> clean = moves(false, to, moment);
      clean.addAll(openings(opened, to, moment));
      makeBest(clean, to, moment);
      makeBest(moves(true, to, moment), to, moment);
      opened.removeIf(attempt -> attempt.placed);
    }
  }

  /** The attempts in places before {@code to} that the moment can serve the way there. */
  private List<Move> moves(boolean tainted, int to, List<NaiveEvent> moment) {
    List<Move> moves = new ArrayList<>();
    for (int from = 1; from < to; from++) {
      Running standing = standing(from, tainted);
      if (standing != null && inWindow(standing, moment.get(0))) {
        List<Integer> done = served(from + 1, to, moment);
        if (done != null) {
          moves.add(new Move(standing, from, done, to - from - done.size()));
        }
      }
    }
    return moves;
  }

  /**
   * The new attempt that the rest of the moment can serve the way to {@code to}: of several the one
   * that does most steps, of equals the one whose event can do the fewest late steps.
   */
  private List<Move> openings(List<Running> opened, int to, List<NaiveEvent> moment) {
    Move best = null;
    for (Running attempt : opened) {
      List<NaiveEvent> others = new ArrayList<>(moment);
      others.remove(attempt.first);
      List<Integer> done = served(2, to, others);
      if (done != null && (best == null || better(done, best.done))) {
        best = new Move(attempt, 0, done, to - 1 - done.size());
      }
    }
    return best == null ? List.of() : List.of(best);
  }

  /** The one that skips the fewest steps, of equals the one from the lowest step. */
  private void makeBest(List<Move> moves, int to, List<NaiveEvent> moment) {
    if (moves.isEmpty()) {
      return;
    }
    Move best =
        Collections.min(moves, Comparator.comparingInt(Move::skipped).thenComparingInt(Move::from));
    Running attempt = best.attempt;
    attempt.step = to;
    best.done.forEach(step -> attempt.times[step - 1] = moment.get(0).time());
    place(attempt);
  }

  /** Puts an attempt into the place of its step, unless a younger one has it. */
  private void place(Running attempt) {
    attempt.placed = false;
    Running standing = standing(attempt.step, attempt.tainted);
    if (standing == null) {
      attempt.placed = true;
    } else if (standing.first.time() <= attempt.first.time()) {
      standing.placed = false;
      attempt.placed = true;
    }
  }

  private @Nullable Running standing(int step, boolean tainted) {
    for (Running attempt : all) {
      if (attempt.placed && attempt.step == step && attempt.tainted == tainted) {
        return attempt;
      }
    }
    return null;
  }

  /** A new attempt for each event that does step 1. None has a place yet. */
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

  /**
   * A way for an attempt to go on.
   *
   * @param from the step it stands at; 0 of a new one
   * @param done the steps it does
   * @param skipped how many it skips
   */
  private record Move(Running attempt, int from, List<Integer> done, int skipped) {}

  /** An attempt under way. */
  private static final class Running {
    final NaiveEvent first;
    final @Nullable Long[] times;

    /** The furthest one done, where it stands. */
    int step = 1;

    boolean tainted;

    /** Whether it may go on. */
    boolean placed;

    Running(NaiveEvent first, int steps) {
      this.first = first;
      this.times = new Long[steps];
      times[0] = first.time();
    }

    NaiveAttempt attempt() {
      return new NaiveAttempt(
          first, Collections.unmodifiableList(Arrays.asList(times.clone())), step, tainted);
    }
  }
}
