package dev.rivulet.views.funnels;

import java.util.ArrayDeque;
import java.util.ArrayList;
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

    private Row until(int day) {
      return new Row(attempt, entryDay, loDay, day);
    }
  }

  /**
   * The attempts that count, or take their person or unit out, in some range of whole days, in no
   * particular order. Time O(attempts).
   *
   * @param attempts of one person, sorted by entry
   * @param dayOf the day of an entry, never falling as time goes on
   */
  public static List<Row> rows(List<Attempt> attempts, Count count, LongToIntFunction dayOf) {
    var rows = new ArrayList<Row>();
    if (count == Count.ENTRIES) {
      for (Attempt attempt : attempts) {
        if (attempt.clean()) {
          int day = dayOf.applyAsInt(attempt.entry());
          rows.add(new Row(attempt, day, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
      }
      return rows;
    }
    for (int begin = 0; begin < attempts.size(); ) {
      int end = begin + 1;
      while (end < attempts.size() && attempts.get(end).unit() == attempts.get(begin).unit()) {
        end++;
      }
      addRivals(attempts.subList(begin, end), dayOf, rows);
      begin = end;
    }
    return rows;
  }

  /**
   * Rows of attempts that compete: the best of each day, bounded by the nearest days with a better
   * one. Each waits on a stack until a better one comes, below it those that are better still.
   */
  private static void addRivals(List<Attempt> rivals, LongToIntFunction dayOf, List<Row> rows) {
    var waiting = new ArrayDeque<Row>();
    for (int begin = 0; begin < rivals.size(); ) {
      Attempt best = rivals.get(begin);
      int day = dayOf.applyAsInt(best.entry());
      int end = begin + 1;
      for (; end < rivals.size() && dayOf.applyAsInt(rivals.get(end).entry()) == day; end++) {
        if (rivals.get(end).winsOver(best)) {
          best = rivals.get(end);
        }
      }
      while (!waiting.isEmpty() && best.winsOver(waiting.element().attempt)) {
        rows.add(waiting.pop().until(day));
      }
      int better = waiting.isEmpty() ? Integer.MIN_VALUE : waiting.element().entryDay;
      waiting.push(new Row(best, day, better, Integer.MAX_VALUE));
      begin = end;
    }
    rows.addAll(waiting);
  }
}
