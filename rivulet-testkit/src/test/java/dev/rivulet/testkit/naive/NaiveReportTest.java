package dev.rivulet.testkit.naive;

import static dev.rivulet.testkit.naive.Notation.counting;
import static dev.rivulet.testkit.naive.Notation.events;
import static dev.rivulet.testkit.naive.Notation.funnel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaiveReport.Counted;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NaiveReportTest {
  private static final long DAY = 86_400_000;

  @Test
  void steps_countPeople_andShareOfTheRequiredStepBefore() {
    var report =
        report("A B? C", "a.A0 a.B2 a.C5 b.A0 b.C4 c.A0 c.B3 d.A1 e.B1 e.C2").report(0, 100);
    assertEquals(4, report.entered());
    assertEquals(List.of(4, 2, 2), report.users());
    assertEquals(2, report.converted());
    assertEquals(0.5, report.fromStart(2));
    assertEquals(0.5, report.fromPrevious(2));
    assertEquals(0.5, report.fromPrevious(3));
    assertEquals(1.0, report.fromPrevious(1));
    assertEquals(List.of(2L, 3L), report.millisTo(2));
    assertEquals(List.of(3L, 4L), report.millisTo(3));
    assertEquals(List.of(5L, 4L), report.millisToConvert());
    assertEquals(0.0035, report.medianSeconds(3));
    assertEquals(List.of("a", "b"), users(report.reached(3)));
    assertEquals(List.of("c", "d"), users(report.dropped(3)));
    assertEquals(List.of("d"), users(report.dropped(2)));
    assertEquals(List.of(), report.dropped(1));
  }

  @Test
  void nobody_isNull() {
    var report = report("A B", "a.Z0").report(0, 100);
    assertEquals(0, report.entered());
    assertNull(report.fromStart(2));
    assertNull(report.fromPrevious(2));
    assertNull(report.medianSeconds(2));
  }

  @Test
  void percentiles_areLinearBetweenRanks() {
    assertEquals(2.5, NaivePercentile.of(List.of(4L, 1L, 2L, 3L), 0.5));
    assertEquals(3.7, NaivePercentile.of(List.of(4L, 1L, 2L, 3L), 0.9), 1e-12);
    assertEquals(7.0, NaivePercentile.of(List.of(7L), 0.9));
    assertNull(NaivePercentile.of(List.of(), 0.5));
  }

  @Test
  void groups_areByTheFirstEventOfTheAttemptThatCounts() {
    var groups =
        report("A B", "a.A0/free a.A20/pro a.B21 b.A0/pro c.A0 c.B1/pro").groups(0, 100, "plan");
    assertEquals(2, groups.get("pro").entered());
    assertEquals(1, groups.get("pro").converted());
    assertEquals(1, groups.get(null).converted());
    assertEquals(2, groups.size());
  }

  @Test
  void series_countsAPersonInEachBucketTheyEnter() {
    long next = DAY + 5;
    var series =
        report("A B", "a.A0 a.B1 a.A%d b.A%d b.B%d".formatted(next, DAY - 1, DAY))
            .series(0, 3 * DAY, NaivePeriod.DAY, ZoneOffset.UTC);
    assertEquals(Set.of(0L, DAY, 2 * DAY), series.keySet());
    assertEquals(2, series.get(0L).entered());
    assertEquals(2, series.get(0L).converted());
    assertEquals(1, series.get(DAY).entered());
    assertEquals(0, series.get(DAY).converted());
    assertEquals(0, series.get(2 * DAY).entered());
  }

  @Test
  void series_startsAtTheRange_andFollowsTheZone() {
    var zone = ZoneId.of("Asia/Kolkata");
    long midnight = DAY - 19_800_000;
    var series = report("A B", "a.A5 a.A" + midnight).series(3, DAY, NaivePeriod.DAY, zone);
    assertEquals(Set.of(3L, midnight), series.keySet());
    assertEquals(1, series.get(3L).entered());
    assertEquals(1, series.get(midnight).entered());
  }

  @Test
  void entries_countEachInItsBucket() {
    var funnel = counting(Count.ENTRIES, funnel(Order.ORDERED, "A B", 10));
    var report = new NaiveFunnel(funnel, events("a.A0 a.B1 a.A2 b.A3 b.B4")).report(0, 100);
    assertEquals(3, report.entered());
    assertEquals(2, report.converted());
  }

  @Test
  void definition_isTheJsonOfTheApi() {
    var funnel = funnel(Order.STRICT, "A|B/pro C? D", 7_000, "X 1-2");
    assertEquals(
        "{\"steps\":[{\"event\":[\"A\",\"B\"],\"where\":{\"plan\":\"pro\"}},"
            + "{\"event\":\"C\",\"optional\":true},{\"event\":\"D\"}],"
            + "\"window\":\"7s\",\"order\":\"strict\","
            + "\"exclude\":[{\"event\":\"X\",\"from\":1,\"to\":2}],\"count\":\"people\"}",
        funnel.toJson());
  }

  private static NaiveFunnel report(String steps, String events) {
    return new NaiveFunnel(funnel(Order.ORDERED, steps, 10), events(events));
  }

  private static List<String> users(List<Counted> counted) {
    return counted.stream().map(Counted::user).toList();
  }
}
