package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DominanceTest {
  private static final int DAYS = 8;
  private static final int DAY = 10;

  @ParameterizedTest
  @EnumSource(Count.class)
  void rows_holdForEveryRangeOfDays(Count count) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      List<Attempt> attempts = attempts(count, random);
      List<Dominance.Row> rows = Dominance.rows(attempts, count, time -> (int) time / DAY);
      assertTrue(rows.size() <= attempts.size());
      for (int from = 0; from < DAYS; from++) {
        for (int to = from + 1; to <= DAYS; to++) {
          assertEquals(
              sorted(Attempts.best(attempts, from * DAY, to * DAY, count)),
              sorted(held(rows, from, to)),
              attempts + " in [" + from + ", " + to + ") seed " + seed);
        }
      }
    }
  }

  private static List<Attempt> held(List<Dominance.Row> rows, int from, int to) {
    return rows.stream()
        .filter(row -> row.loDay() < from && from <= row.entryDay())
        .filter(row -> row.entryDay() < to && to <= row.hiDay() && !row.leaves())
        .map(Dominance.Row::attempt)
        .toList();
  }

  private static List<Attempt> attempts(Count count, Random random) {
    var attempts = new ArrayList<Attempt>();
    for (int left = random.nextInt(10); left > 0; left--) {
      long entry = random.nextInt(DAYS * DAY);
      long unit = count == Count.SESSIONS ? entry / 25 * 25 : 0;
      long[] doneAt = {entry, random.nextInt(3) - 1};
      attempts.add(new Attempt(entry, 1 + random.nextInt(3), random.nextInt(3) > 0, doneAt, unit));
    }
    attempts.sort(Comparator.comparingLong(Attempt::entry));
    return attempts;
  }

  /** By value: of attempts that are equal in all either may count. */
  private static List<String> sorted(List<Attempt> attempts) {
    return attempts.stream()
        .map(each -> each.entry() + " " + each.furthest() + " " + each.doneAt()[1])
        .sorted()
        .toList();
  }
}
