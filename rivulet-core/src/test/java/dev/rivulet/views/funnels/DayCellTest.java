package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DayCellTest {
  private static final int STEPS = 4;
  private static final int DAYS = 8;
  private static final Funnel FUNNEL =
      Funnel.parse(
          "{\"steps\":[{\"event\":\"a\"},{\"event\":\"b\",\"optional\":true},{\"event\":\"c\"},"
              + "{\"event\":\"d\"}],\"window\":\"30d\"}");

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_123);
  private final Random random = new Random(seed);

  /** In this zone one of the days has 23 hours. */
  private final Days days = new Days(ZoneId.of("Europe/Berlin"));

  private final int first = days.of(1_774_600_000_000L);

  @Test
  void cells_ofAnyRangeOfDays_addUpToTheBestAttempts() {
    for (Count count : Count.values()) {
      List<List<Attempt>> people = people(count);
      TreeMap<Integer, DayCell> cells = cells(people, count);
      for (int from = 0; from < DAYS; from++) {
        for (int to = from + 1; to <= DAYS; to++) {
          agree(people, cells, count, from, to);
        }
      }
    }
  }

  @Test
  void add_thenTakenBack_leavesNothing() {
    List<List<Attempt>> people = people(Count.PEOPLE);
    TreeMap<Integer, DayCell> cells = cells(people, Count.PEOPLE);
    for (List<Attempt> person : people) {
      for (Dominance.Row row : Dominance.rows(person, Count.PEOPLE, days::of)) {
        if (!row.leaves()) {
          cells.get(row.entryDay()).add(row, -1);
        }
      }
    }
    cells.forEach((day, cell) -> assertTrue(cell.isEmpty(), "day " + day + ", seed " + seed));
  }

  @Test
  void codec_ofWhatIsAndWhatWaits_keepsAll() {
    List<List<Attempt>> people = people(Count.PEOPLE);
    TreeMap<Integer, DayCell> cells = cells(people, Count.PEOPLE);
    for (DayCell cell : cells.values()) {
      var read = new DayCell(STEPS);
      read.decode(new ByteReader(bytes(cell), 0));
      assertArrayEquals(bytes(cell), bytes(read), "seed " + seed);
      read.addAll(cell);
      var twice = new DayCell(STEPS);
      twice.addAll(cell);
      twice.addAll(cell);
      assertArrayEquals(bytes(twice), bytes(read), "seed " + seed);
    }
  }

  private void agree(
      List<List<Attempt>> people, TreeMap<Integer, DayCell> cells, Count count, int from, int to) {
    var range = new TimeRange(days.start(first + from), days.start(first + to));
    var before = new TimeRange(days.start(first + 2 * from - to), range.from());
    var buckets = Buckets.of(range, Step.DAY, ZoneId.of("Europe/Berlin"));
    var tally = new FunnelTally(FUNNEL, range, before, buckets);
    AskedDays asked = AskedDays.of(tally, days);
    assertNotNull(asked);
    cells.forEach(
        (day, cell) -> DayCell.addStored(new ByteReader(bytes(cell), 0), STEPS, day, asked));
    String where = count + " of days " + from + " to " + to + ", seed " + seed;
    agree(best(people, range, count), tally.main(), where);
    agree(best(people, before, count), tally.compared(), where + ", before");
    for (int i = 0; i < buckets.count(); i++) {
      var own = new TimeRange(buckets.start(i), buckets.end(i));
      List<Attempt> entered = best(people, own, count);
      assertEquals(entered.size(), tally.entered(i), where + ", bucket " + i);
      assertEquals(
          entered.stream().filter(attempt -> attempt.doneAt()[STEPS - 1] >= 0).count(),
          tally.converted(i),
          where + ", bucket " + i);
    }
  }

  private static void agree(List<Attempt> counted, StepTally found, String where) {
    var expected = new StepTally(STEPS);
    counted.forEach(expected::add);
    for (int step = 0; step < STEPS; step++) {
      assertEquals(expected.users(step), found.users(step), where + ", step " + step);
      near(expected.gaps(step), found.gaps(step), where + ", step " + step);
    }
    near(expected.convert(), found.convert(), where);
  }

  /** The closest rank, off by at most a hundredth. */
  private static void near(Gaps expected, Gaps found, String where) {
    for (double q : new double[] {0, 1}) {
      Double exact = expected.quantileSeconds(q);
      Double binned = found.quantileSeconds(q);
      assertEquals(exact == null, binned == null, where);
      if (exact != null && binned != null) {
        assertEquals(exact, binned, exact * 0.0101, where);
      }
    }
  }

  private static List<Attempt> best(List<List<Attempt>> people, TimeRange range, Count count) {
    List<Attempt> counted = new ArrayList<>();
    for (List<Attempt> person : people) {
      counted.addAll(Attempts.best(person, range.from(), range.to(), count));
    }
    return counted;
  }

  private TreeMap<Integer, DayCell> cells(List<List<Attempt>> people, Count count) {
    var cells = new TreeMap<Integer, DayCell>();
    for (List<Attempt> person : people) {
      for (Dominance.Row row : Dominance.rows(person, count, days::of)) {
        if (!row.leaves()) {
          cells.computeIfAbsent(row.entryDay(), day -> new DayCell(STEPS)).add(row, 1);
        }
      }
    }
    return cells;
  }

  private List<List<Attempt>> people(Count count) {
    List<List<Attempt>> people = new ArrayList<>();
    long start = days.start(first - DAYS);
    long length = days.start(first + DAYS) - start;
    for (int i = 0; i < 150; i++) {
      List<Attempt> attempts = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        attempts.add(attempt(start + (long) (random.nextDouble() * length), count));
      }
      attempts.sort(Comparator.comparingLong(Attempt::entry));
      people.add(attempts);
    }
    return people;
  }

  private Attempt attempt(long entry, Count count) {
    long[] doneAt = new long[STEPS];
    Arrays.fill(doneAt, -1);
    int furthest = 1 + random.nextInt(STEPS);
    long at = entry;
    for (int step = 0; step < furthest; step++) {
      boolean skipped = step == 1 && furthest > 2 && random.nextBoolean();
      if (!skipped) {
        doneAt[step] = at;
        at += random.nextInt(4) == 0 ? 0 : (long) Math.exp(random.nextDouble() * 20);
      }
    }
    long unit = count == Count.SESSIONS ? days.of(entry) / 2 : 0;
    return new Attempt(entry, furthest, random.nextInt(5) > 0, doneAt, unit);
  }

  private static byte[] bytes(DayCell cell) {
    var out = new ByteWriter(64);
    cell.encodeTo(out);
    return out.toBytes();
  }
}
