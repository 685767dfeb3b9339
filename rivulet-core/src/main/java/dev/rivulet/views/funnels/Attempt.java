package dev.rivulet.views.funnels;

import java.util.Arrays;

/**
 * One try to get through a funnel. The arrays are not copied: do not change them.
 *
 * @param entry when its first step was done, in epoch milliseconds
 * @param furthest the highest step it reached, from 1; under {@code any} how many different steps,
 *     and 0 for a tainted one, since there any clean one goes before it
 * @param clean whether no exclusion spoiled it
 * @param doneAt when each step was done, −1 where it was not; under {@code any} the times of the
 *     first, second, … different step
 * @param unit what it competes in: for {@code count=sessions} the time of its session's first
 *     event, else 0
 */
@SuppressWarnings("ArrayRecordComponent") // millions are made, compared by nobody but tests
public record Attempt(long entry, int furthest, boolean clean, long[] doneAt, long unit) {
  /**
   * Whether it goes before {@code other}: further, then clean, then entered earlier, then earlier
   * step by step.
   */
  public boolean winsOver(Attempt other) {
    if (furthest != other.furthest) {
      return furthest > other.furthest;
    }
    if (clean != other.clean) {
      return clean;
    }
    if (entry != other.entry) {
      return entry < other.entry;
    }
    return Arrays.compareUnsigned(doneAt, other.doneAt) < 0; // so that −1 is later than any
  }
}
