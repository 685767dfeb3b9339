package dev.rivulet.testkit.naive;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try at a funnel.
 *
 * @param first the event it begins with; its time is the entry
 * @param times when each step was done, null where it was skipped or not reached; of a funnel in
 *     any order the k-th time is that of the k-th distinct step
 * @param furthest the highest step reached, from 1
 * @param tainted whether an excluding event stood in its way
 */
public record NaiveAttempt(
    NaiveEvent first, List<@Nullable Long> times, int furthest, boolean tainted) {

  /** Earlier step by step; a step that was not done counts as later than any that was. */
  private static final Comparator<NaiveAttempt> EARLIER = NaiveAttempt::compareTimes;

  /**
   * Of a person's attempts in one order the first of these counts: the furthest, then a clean one,
   * then the earliest entry.
   */
  static final Comparator<NaiveAttempt> PREFERRED =
      Comparator.comparingInt(NaiveAttempt::furthest)
          .reversed()
          .thenComparing(NaiveAttempt::tainted)
          .thenComparingLong(NaiveAttempt::entry)
          .thenComparing(EARLIER);

  /**
   * Of a person's sets in any order the first of these counts: the best clean one, of equals the
   * one that is complete first, then the one that begins first.
   */
  static final Comparator<NaiveAttempt> PREFERRED_SET =
      Comparator.comparing(NaiveAttempt::tainted)
          .thenComparing(Comparator.comparingInt(NaiveAttempt::furthest).reversed())
          .thenComparingLong(NaiveAttempt::end)
          .thenComparingLong(NaiveAttempt::entry)
          .thenComparing(EARLIER);

  /** When it began, in epoch milliseconds. */
  public long entry() {
    return first.time();
  }

  /** When the last step it did was done. */
  public long end() {
    return time(furthest);
  }

  /** Whether step {@code step}, from 1, was done. */
  public boolean did(int step) {
    return times.get(step - 1) != null;
  }

  /** When step {@code step}, from 1, was done. */
  public long time(int step) {
    Long time = times.get(step - 1);
    if (time == null) {
      throw new IllegalArgumentException("step " + step + " was not done");
    }
    return time;
  }

  /** Milliseconds from the done step before {@code step} to that; {@code step} from 2, done. */
  public long sincePrevious(int step) {
    int previous = step - 1;
    while (!did(previous)) {
      previous--;
    }
    return time(step) - time(previous);
  }

  private static int compareTimes(NaiveAttempt one, NaiveAttempt other) {
    for (int step = 1; step <= one.times.size(); step++) {
      long left = one.did(step) ? one.time(step) : Long.MAX_VALUE;
      long right = other.did(step) ? other.time(step) : Long.MAX_VALUE;
      if (left != right) {
        return Long.compare(left, right);
      }
    }
    return 0;
  }
}
