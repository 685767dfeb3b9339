package dev.rivulet.views.funnels;

import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * For which ranges of whole days an attempt is the one that counts. What people add to a report is
 * kept as rows that hold for any range, so that a range is answered by adding up rows.
 */
public final class Dominance {
  private Dominance() {}

  /**
   * An attempt that counts in the days [a, b) exactly when {@code loDay < a ≤ entryDay < b ≤
   * hiDay}.
   *
   * @param attempt the attempt; when it is tainted, its person or unit is left out in those ranges
   * @param entryDay the day of its entry
   * @param loDay the day of the last earlier attempt that wins over it, or {@link
   *     Integer#MIN_VALUE}
   * @param hiDay the day of the next later attempt that wins over it, or {@link Integer#MAX_VALUE}
   */
  public record Row(Attempt attempt, int entryDay, int loDay, int hiDay) {
    /** Whether it takes its person or unit out instead of counting. */
    public boolean leaves() {
      return !attempt.clean();
    }
  }

  /**
   * The attempts that count, or take their person or unit out, in some range of whole days.
   *
   * @param attempts of one person, sorted by entry
   * @param dayOf the day of an entry, never falling as time goes on
   */
  public static List<Row> rows(List<Attempt> attempts, Count count, LongToIntFunction dayOf) {
    throw new UnsupportedOperationException("" + attempts + count + dayOf);
  }
}
