package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one person in a funnel in which each next event must do the next step. Every
 * event that does step 1 begins one; events of one moment may come in any order, up to eight, and
 * of all orders the one with the best outcome counts. Tries them all.
 */
final class StrictAttempts {
  /** More events of one moment than this are taken in the order of arrival. */
  private static final int ANY_ORDER = 8;

  private final NaiveDefinition funnel;
  private final List<List<NaiveEvent>> moments;
  private final NaiveEvent first;
  private final List<NaiveAttempt> outcomes = new ArrayList<>();

  private StrictAttempts(NaiveDefinition funnel, List<List<NaiveEvent>> moments, NaiveEvent first) {
    this.funnel = funnel;
    this.moments = moments;
    this.first = first;
  }

  /** All attempts; {@code events} are a person's, by time. */
  static List<NaiveAttempt> of(NaiveDefinition funnel, List<NaiveEvent> events) {
    List<List<NaiveEvent>> moments = NaiveEvent.moments(events);
    List<NaiveAttempt> attempts = new ArrayList<>();
    for (int moment = 0; moment < moments.size(); moment++) {
      for (NaiveEvent event : moments.get(moment)) {
        if (funnel.does(event, 1)) {
          attempts.add(new StrictAttempts(funnel, moments, event).best(moment));
        }
      }
    }
    return attempts;
  }

  /** {@code index} is the moment of the first event. */
  private NaiveAttempt best(int index) {
    List<NaiveEvent> others = new ArrayList<>(moments.get(index));
    var begun = new Standing(1, done(new @Nullable Long[funnel.last()], 1, first.time()), false);
    if (others.size() > ANY_ORDER) {
      others.sort(Comparator.comparingLong(NaiveEvent::arrival));
      List<NaiveEvent> after = others.subList(others.indexOf(first) + 1, others.size());
      within(begun, after, index);
    } else {
      others.remove(first);
      // Those that come before it in the order tried are no part of it.
      for (int chosen = 0; chosen < 1 << others.size(); chosen++) {
        List<NaiveEvent> after = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
          if ((chosen >> i & 1) == 1) {
            after.add(others.get(i));
          }
        }
        within(begun, after, index);
      }
    }
    return Collections.min(outcomes, NaiveAttempt.PREFERRED);
  }

  /** Goes on with moment {@code index}, as far as the tries before it came. */
  private void next(Standing before, int index) {
    if (index == moments.size()) {
      ended(before);
      return;
    }
    List<NaiveEvent> moment = moments.get(index);
    boolean tainted = before.tainted;
    for (NaiveEvent event : moment) {
      tainted |= inWindow(event) && funnel.taints(event, before.step);
    }
    within(new Standing(before.step, before.times, tainted), moment, index);
  }

  /** Takes what is left of moment {@code index}, in every order. */
  private void within(Standing standing, List<NaiveEvent> left, int index) {
    if (standing.step == funnel.last()) {
      ended(standing);
      return;
    }
    if (left.isEmpty()) {
      next(standing, index + 1);
      return;
    }
    for (NaiveEvent event : moments.get(index).size() > ANY_ORDER ? earliest(left) : left) {
      List<NaiveEvent> others = new ArrayList<>(left);
      others.remove(event);
      boolean matched = false;
      for (int step = standing.step + 1; step <= funnel.last(); step++) {
        if (funnel.does(event, step) && inWindow(event)) {
          matched = true;
          @Nullable Long[] times = done(standing.times, step, event.time());
          within(new Standing(step, times, standing.tainted), others, index);
        }
        if (!funnel.step(step).optional()) {
          break;
        }
      }
      if (!matched) {
        ended(standing);
      }
    }
  }

  private static List<NaiveEvent> earliest(List<NaiveEvent> events) {
    return List.of(Collections.min(events, Comparator.comparingLong(NaiveEvent::arrival)));
  }

  private boolean inWindow(NaiveEvent event) {
    return event.time() - first.time() <= funnel.windowMillis();
  }

  private void ended(Standing at) {
    outcomes.add(
        new NaiveAttempt(
            first,
            Collections.unmodifiableList(Arrays.asList(at.times.clone())),
            at.step,
            at.tainted));
  }

  private static @Nullable Long[] done(@Nullable Long[] times, int step, long time) {
    @Nullable Long[] with = times.clone();
    with[step - 1] = time;
    return with;
  }

  /** Where one way of taking the events has come to. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, copied before each change
  private record Standing(int step, @Nullable Long[] times, boolean tainted) {}
}
