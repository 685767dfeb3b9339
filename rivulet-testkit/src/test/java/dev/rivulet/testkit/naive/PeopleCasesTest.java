package dev.rivulet.testkit.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.naive.NaiveRetention.Cohort;
import dev.rivulet.testkit.naive.NaiveSessions.Report;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Laws of the naive numbers about people over drawn cases, which print their seed. */
class PeopleCasesTest {
  private static final int CASES = 1_000;

  @Test
  void sessions_holdEveryEventOnce_andBucketsAddUp() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < CASES; seed++) {
      PeopleCase drawn = PeopleCases.sessions(seed);
      var sessions = new NaiveSessions(drawn.arrived());
      var all = sessions.report(Long.MIN_VALUE, Long.MAX_VALUE).sessions();
      assertEquals(
          NaiveEvent.distinct(drawn.arrived()).size(),
          all.stream().mapToInt(session -> session.events().size()).sum(),
          drawn::toString);
      for (NaiveSession session : all) {
        for (int i = 1; i < session.events().size(); i++) {
          long gap = session.events().get(i).time() - session.events().get(i - 1).time();
          assertTrue(gap < 1_800_000, drawn::toString);
        }
      }
      Report report = sessions.report(drawn.from(), drawn.to());
      var hours = sessions.series(drawn.from(), drawn.to(), NaivePeriod.HOUR, drawn.zone());
      assertEquals(
          report.sessions().size(),
          hours.values().stream().mapToInt(hour -> hour.sessions().size()).sum(),
          drawn::toString);
      seen.merge("bounce", report.bounces() > 0 ? 1 : 0, Integer::sum);
      seen.merge("several", all.size() > report.bounces() + 1 ? 1 : 0, Integer::sum);
      seen.merge("range", report.sessions().size() < all.size() ? 1 : 0, Integer::sum);
    }
    seen.values().forEach(count -> assertTrue(count > CASES / 20, seen::toString));
  }

  @Test
  void retention_neverGrowsPastItsCohort_andGroupsAddUp() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < CASES; seed++) {
      PeopleCase drawn = PeopleCases.habits(seed);
      var report = drawn.retention().report(drawn.arrived(), drawn.from(), drawn.to(), drawn.now());
      var groups =
          drawn
              .retention()
              .groups(drawn.arrived(), FunnelCase.GROUP, drawn.from(), drawn.to(), drawn.now());
      for (int i = 0; i < report.cohorts().size(); i++) {
        Cohort cohort = report.cohorts().get(i);
        int number = i;
        assertEquals(
            cohort.size(),
            groups.values().stream().mapToInt(group -> group.cohorts().get(number).size()).sum(),
            drawn::toString);
        List<Integer> returned = cohort.returned();
        for (int n = 0; n < returned.size(); n++) {
          assertTrue(returned.get(n) <= cohort.size(), drawn::toString);
          boolean falls = n == 0 || returned.get(n) <= returned.get(n - 1);
          assertTrue(falls || !drawn.retention().onOrAfter(), drawn::toString);
        }
        seen.merge("returned", returned.stream().anyMatch(n -> n > 0) ? 1 : 0, Integer::sum);
        seen.merge("partial", cohort.partialPeriods().isEmpty() ? 0 : 1, Integer::sum);
      }
    }
    seen.values().forEach(count -> assertTrue(count > CASES / 10, seen::toString));
  }

  /** Who is active is new, returning or resurrecting; stickiness counts the same people. */
  @Test
  void lifecycle_andStickiness_agreeOnWhoIsActive() {
    for (long seed = 0; seed < CASES; seed++) {
      PeopleCase drawn = PeopleCases.habits(seed);
      NaiveActivity activity = drawn.retention().first();
      NaivePeriod period = drawn.retention().period();
      var lifecycle =
          NaiveLifecycle.report(
              drawn.arrived(),
              activity,
              period,
              drawn.zone(),
              drawn.from(),
              drawn.to(),
              drawn.now());
      var stickiness =
          NaiveStickiness.report(
              drawn.arrived(),
              activity,
              period,
              drawn.zone(),
              drawn.from(),
              drawn.to(),
              drawn.now());
      assertEquals(lifecycle.size(), stickiness.size());
      int before = -1;
      for (int i = 0; i < lifecycle.size(); i++) {
        var bucket = lifecycle.get(i);
        int active = bucket.fresh() + bucket.returning() + bucket.resurrecting();
        assertEquals(stickiness.get(i).people(), active, drawn::toString);
        assertEquals(
            active, stickiness.get(i).days().stream().mapToInt(n -> n).sum(), drawn::toString);
        if (before >= 0) {
          assertEquals(before, bucket.returning() + bucket.dormant(), drawn::toString);
        }
        before = active;
      }
    }
  }

  @Test
  void case_isDrawnAgainFromItsSeed() {
    for (long seed = 0; seed < 100; seed++) {
      assertEquals(PeopleCases.habits(seed).toString(), PeopleCases.habits(seed).toString());
      assertEquals(PeopleCases.sessions(seed).toString(), PeopleCases.sessions(seed).toString());
    }
  }
}
