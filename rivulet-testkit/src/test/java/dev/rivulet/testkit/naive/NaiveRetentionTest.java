package dev.rivulet.testkit.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.testkit.naive.NaiveRetention.Cohort;
import dev.rivulet.testkit.naive.NaiveRetention.Report;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NaiveRetentionTest {
  private static final NaiveActivity SIGNUP = NaiveActivity.of("signup");
  private static final NaiveActivity BUY = NaiveActivity.of("buy");

  private final List<NaiveEvent> events = new ArrayList<>();

  @Test
  void firstTime_countsAPersonInTheCohortOfTheirVeryFirst() {
    some();
    var report = report(false, false, "2026-01-01", "2026-01-05", "2026-02-01");
    assertEquals(
        List.of(
            new Cohort(day("2026-01-01"), 2, List.of(1, 0, 2), false, List.of()),
            new Cohort(day("2026-01-02"), 1, List.of(1, 0), false, List.of()),
            new Cohort(day("2026-01-03"), 0, List.of(0), false, List.of()),
            new Cohort(day("2026-01-04"), 0, List.of(), false, List.of())),
        report.cohorts());
    assertEquals(Arrays.asList(2 / 3.0, 0.0, 1.0), report.mean());
  }

  @Test
  void recurring_countsAPersonInEachCohortInWhichTheyDidIt() {
    some();
    var report = report(true, false, "2026-01-01", "2026-01-05", "2026-02-01");
    assertEquals(
        List.of(
            new Cohort(day("2026-01-01"), 2, List.of(1, 0, 2), false, List.of()),
            new Cohort(day("2026-01-02"), 1, List.of(1, 0), false, List.of()),
            new Cohort(day("2026-01-03"), 1, List.of(1), false, List.of()),
            new Cohort(day("2026-01-04"), 0, List.of(), false, List.of())),
        report.cohorts());
  }

  @Test
  void onOrAfter_countsWhoComesLaterToo() {
    some();
    var report = report(false, true, "2026-01-01", "2026-01-05", "2026-02-01");
    assertEquals(List.of(2, 2, 2), report.cohorts().get(0).returned());
    assertEquals(List.of(1, 0), report.cohorts().get(1).returned());
    assertEquals(Arrays.asList(1.0, 2 / 3.0, 1.0), report.mean());
  }

  @Test
  void unfinishedPeriods_areMarked_andLeftOutOfTheMean() {
    some();
    var report = report(false, false, "2026-01-01", "2026-01-09", "2026-01-04T12:00");
    assertEquals(4, report.cohorts().size());
    assertEquals(List.of(3), report.cohorts().get(0).partialPeriods());
    assertEquals(List.of(2), report.cohorts().get(1).partialPeriods());
    assertEquals(true, report.cohorts().get(3).partial());
    assertEquals(false, report.cohorts().get(2).partial());
    assertEquals(Arrays.asList(2 / 3.0, 0.0, null), report.mean());
  }

  @Test
  void returnOfThePeriodItself_isNoReturn() {
    did("a", "signup", "2026-01-01T10:00");
    did("a", "buy", "2026-01-01T11:00");
    var report = report(false, false, "2026-01-01", "2026-01-03", "2026-02-01");
    assertEquals(List.of(0), report.cohorts().get(0).returned());
  }

  @Test
  void firstBeforeTheRange_isInNoCohort() {
    did("a", "signup", "2025-12-31T10:00");
    did("a", "signup", "2026-01-01T10:00");
    assertEquals(
        0, report(false, false, "2026-01-01", "2026-01-02", "2026-02-01").cohorts().get(0).size());
    assertEquals(
        1, report(true, false, "2026-01-01", "2026-01-02", "2026-02-01").cohorts().get(0).size());
  }

  @Test
  void days_areOfTheZone_onShortAndLongDaysToo() {
    ZoneId zone = ZoneId.of("Europe/Berlin");
    // 29 March 2026 has 23 hours: 28 March 23:00 UTC to 29 March 22:00 UTC.
    did("a", "signup", "2026-03-28T22:59");
    did("b", "signup", "2026-03-28T23:00");
    did("c", "signup", "2026-03-29T21:59");
    did("a", "buy", "2026-03-29T21:59");
    did("b", "buy", "2026-03-29T22:00");
    var report =
        new NaiveRetention(SIGNUP, BUY, NaivePeriod.DAY, false, false, zone)
            .report(events, at("2026-03-27T23:00"), at("2026-03-30T22:00"), at("2026-05-01T00:00"));
    assertEquals(
        List.of(
            new Cohort(at("2026-03-27T23:00"), 1, List.of(1, 0), false, List.of()),
            new Cohort(at("2026-03-28T23:00"), 2, List.of(1), false, List.of()),
            new Cohort(at("2026-03-29T22:00"), 0, List.of(), false, List.of())),
        report.cohorts());
  }

  @Test
  void weeks_beginOnMonday_andTheRangeIsWidened() {
    // 5 and 12 January 2026 are Mondays.
    did("a", "signup", "2026-01-05T00:00");
    did("a", "buy", "2026-01-18T23:59");
    did("b", "signup", "2026-01-11T23:59");
    did("b", "buy", "2026-01-12T00:00");
    did("c", "signup", "2026-01-04T23:59");
    var report =
        new NaiveRetention(SIGNUP, BUY, NaivePeriod.WEEK, false, false, ZoneOffset.UTC)
            .report(events, at("2026-01-07T00:00"), at("2026-01-13T00:00"), at("2026-03-01T00:00"));
    assertEquals(
        List.of(
            new Cohort(day("2026-01-05"), 2, List.of(2), false, List.of()),
            new Cohort(day("2026-01-12"), 0, List.of(), false, List.of())),
        report.cohorts());
  }

  @Test
  void months_haveTheirOwnLengths() {
    did("a", "signup", "2026-01-31T23:59");
    did("a", "buy", "2026-02-28T23:59");
    did("b", "signup", "2026-02-01T00:00");
    did("b", "buy", "2026-03-01T00:00");
    var report =
        new NaiveRetention(SIGNUP, BUY, NaivePeriod.MONTH, false, false, ZoneOffset.UTC)
            .report(events, day("2026-01-01"), day("2026-04-01"), day("2026-05-01"));
    assertEquals(List.of(1, 0), report.cohorts().get(0).returned());
    assertEquals(List.of(1), report.cohorts().get(1).returned());
    assertEquals(Arrays.asList(1.0, 0.0), report.mean());
  }

  @Test
  void conditions_chooseTheEvents_andGroupsAreByTheFirst() {
    did("a", "signup", "2026-01-01T10:00", "plan", "free");
    did("a", "signup", "2026-01-01T11:00", "plan", "pro");
    did("b", "signup", "2026-01-01T10:00", "plan", "pro");
    did("b", "buy", "2026-01-02T10:00");
    did("c", "signup", "2026-01-01T10:00");
    var all = new NaiveRetention(SIGNUP, BUY, NaivePeriod.DAY, false, false, ZoneOffset.UTC);
    Map<Object, Report> groups =
        all.groups(events, "plan", day("2026-01-01"), day("2026-01-03"), day("2026-02-01"));
    assertEquals(3, groups.size());
    assertEquals(1, groups.get("free").cohorts().get(0).size());
    assertEquals(List.of(1), groups.get("pro").cohorts().get(0).returned());
    assertEquals(1, groups.get(null).cohorts().get(0).size());
    var pro = new NaiveActivity("signup", NaiveCondition.is("plan", "pro"));
    var report =
        new NaiveRetention(pro, BUY, NaivePeriod.DAY, false, false, ZoneOffset.UTC)
            .report(events, day("2026-01-01"), day("2026-01-03"), day("2026-02-01"));
    assertEquals(2, report.cohorts().get(0).size());
  }

  @Test
  void anyEvent_isBothFirstAndReturn() {
    some();
    var report =
        new NaiveRetention(
                NaiveActivity.ANY, NaiveActivity.ANY, NaivePeriod.DAY, false, false, ZoneOffset.UTC)
            .report(events, day("2026-01-01"), day("2026-01-05"), day("2026-02-01"));
    assertEquals(2, report.cohorts().get(0).size());
    assertEquals(List.of(1, 1, 2), report.cohorts().get(0).returned());
  }

  /** a: 1 and 3 January, buys on 4. b: 1, buys on 2 and 4. c: 2, buys on 3. */
  private void some() {
    did("a", "signup", "2026-01-01T10:00");
    did("a", "signup", "2026-01-03T10:00");
    did("a", "buy", "2026-01-04T10:00");
    did("b", "signup", "2026-01-01T00:00");
    did("b", "buy", "2026-01-02T23:59");
    did("b", "buy", "2026-01-04T10:00");
    did("c", "signup", "2026-01-02T10:00");
    did("c", "buy", "2026-01-03T10:00");
  }

  private Report report(boolean recurring, boolean onOrAfter, String from, String to, String now) {
    return new NaiveRetention(SIGNUP, BUY, NaivePeriod.DAY, recurring, onOrAfter, ZoneOffset.UTC)
        .report(events, day(from), day(to), now.contains("T") ? at(now) : day(now));
  }

  private void did(String user, String event, String time, Object... property) {
    Map<String, Object> properties =
        property.length == 0 ? Map.of() : Map.of((String) property[0], property[1]);
    events.add(new NaiveEvent(at(time), event, user, properties, null, events.size()));
  }

  private static long day(String date) {
    return at(date + "T00:00");
  }

  private static long at(String minute) {
    return Instant.parse(minute + ":00Z").toEpochMilli();
  }
}
