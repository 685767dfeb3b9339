package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.naive.NaiveActivity;
import dev.rivulet.testkit.naive.NaiveCondition;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.testkit.naive.NaiveLifecycle;
import dev.rivulet.testkit.naive.NaivePeriod;
import dev.rivulet.testkit.naive.NaiveRetention;
import dev.rivulet.testkit.naive.NaiveStickiness;
import dev.rivulet.time.Range;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Filter;
import dev.rivulet.view.Query;
import dev.rivulet.views.retention.EventMatch;
import dev.rivulet.views.retention.Lifecycle;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import dev.rivulet.views.retention.Stickiness;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a plain list of events says of retention, stickiness and lifecycle. */
final class Habits {
  private final List<NaiveEvent> arrived;
  private final RivuletDriver driver;
  private final ZoneId home;
  private final long now;
  private final Map<String, NaiveCondition> conditions = new HashMap<>();

  Habits(List<NaiveEvent> arrived, RivuletDriver driver, ZoneId home, long now) {
    this.arrived = arrived;
    this.driver = driver;
    this.home = home;
    this.now = now;
    conditions.put(EventMatch.ANY.where().toString(), NaiveCondition.NONE);
  }

  /** The match that means the same as {@code activity}. */
  EventMatch match(NaiveActivity activity) {
    if (activity.where().equals(NaiveCondition.NONE)) {
      return EventMatch.named(activity.event());
    }
    var where = Filter.parse(activity.where().json());
    conditions.put(where.toString(), activity.where());
    return new EventMatch(activity.event(), where);
  }

  /** Asks and recounts. */
  void assertAgrees(Query<?> query) {
    if (query instanceof Retention retention) {
      assertAgrees(retention);
    } else if (query instanceof Stickiness stickiness) {
      assertAgrees(stickiness);
    } else {
      assertAgrees((Lifecycle) query);
    }
  }

  private void assertAgrees(Retention query) {
    Retention.Answer answer = driver.ask(query);
    assertTrue(answer.exact(), "exact");
    ZoneId zone = query.zone() == null ? home : query.zone();
    var naive =
        new NaiveRetention(
            activity(query.first()),
            activity(query.returning()),
            period(query.period()),
            query.type() == Retention.Type.RECURRING,
            query.mode() == Retention.Mode.ON_OR_AFTER,
            zone);
    TimeRange range = range(query.range(), answer.from(), answer.to());
    var report = naive.report(arrived, range.from(), range.to(), now);
    assertEquals(told(report), answer.cohorts().toString(), query + " at " + now);
    assertEquals(report.mean(), answer.mean(), query + " at " + now);
    if (query.by() != null) {
      Map<Object, String> groups = new HashMap<>();
      naive
          .groups(arrived, query.by(), range.from(), range.to(), now)
          .forEach((value, group) -> groups.put(value, told(group) + group.mean()));
      Map<Object, String> found = new HashMap<>();
      answer
          .groups()
          .forEach(group -> found.put(group.group(), group.cohorts().toString() + group.mean()));
      assertEquals(groups, found, query + " at " + now);
    }
  }

  private void assertAgrees(Stickiness query) {
    Stickiness.Answer answer = driver.ask(query);
    assertTrue(answer.exact(), "exact");
    ZoneId zone = query.zone() == null ? home : query.zone();
    TimeRange range = range(query.range(), answer.from(), answer.to());
    List<String> expected = new ArrayList<>();
    NaiveStickiness.report(
            arrived,
            activity(query.active()),
            period(query.period()),
            zone,
            range.from(),
            range.to(),
            now)
        .forEach(
            i -> expected.add(iso(i.start()) + " " + i.people() + i.days() + mark(i.partial())));
    List<String> found = new ArrayList<>();
    for (int i = 0; i < answer.intervals().size(); i++) {
      var interval = answer.intervals().get(i);
      boolean none = interval.people() == null;
      String days =
          none ? expected.get(i).replaceAll(".*(\\[.*]).*", "$1") : interval.days().toString();
      found.add(
          interval.start()
              + " "
              + (none ? 0 : interval.people())
              + days
              + mark(interval.partial() != null));
    }
    assertEquals(expected, found, query + " at " + now);
  }

  private void assertAgrees(Lifecycle query) {
    Lifecycle.Answer answer = driver.ask(query);
    assertTrue(answer.exact(), "exact");
    ZoneId zone = query.zone() == null ? home : query.zone();
    TimeRange range = range(query.range(), answer.from(), answer.to());
    List<String> expected = new ArrayList<>();
    NaiveLifecycle.report(
            arrived,
            activity(query.active()),
            period(query.period()),
            zone,
            range.from(),
            range.to(),
            now)
        .forEach(
            b ->
                expected.add(
                    iso(b.time())
                        + List.of(b.fresh(), b.returning(), b.resurrecting(), b.dormant())
                        + mark(b.partial())));
    List<String> found = new ArrayList<>();
    for (Lifecycle.Point point : answer.series()) {
      List<Long> counts =
          point.fresh() == null
              ? Collections.nCopies(4, 0L)
              : List.of(point.fresh(), point.returning(), point.resurrecting(), point.dormant());
      found.add(point.time() + counts + mark(point.partial() != null));
    }
    assertEquals(expected, found, query + " at " + now);
  }

  private static String told(NaiveRetention.Report report) {
    List<Retention.Cohort> cohorts = new ArrayList<>();
    for (NaiveRetention.Cohort cohort : report.cohorts()) {
      cohorts.add(
          new Retention.Cohort(
              iso(cohort.start()),
              cohort.size(),
              cohort.returned().stream().map(Integer::longValue).toList(),
              cohort.partial() ? Boolean.TRUE : null,
              cohort.partialPeriods().isEmpty() ? null : cohort.partialPeriods()));
    }
    return cohorts.toString();
  }

  /** Without a range the usual one is the answer's own; how long it is, others test. */
  private TimeRange range(Range asked, String from, String to) {
    return asked == null
        ? new TimeRange(Instant.parse(from).toEpochMilli(), Instant.parse(to).toEpochMilli())
        : asked.at(now);
  }

  private NaiveActivity activity(EventMatch match) {
    NaiveCondition where = conditions.get(match.where().toString());
    assertTrue(where != null, "a condition that was not made here: " + match);
    return new NaiveActivity(match.event(), where);
  }

  private static NaivePeriod period(Period period) {
    return NaivePeriod.valueOf(period.name());
  }

  private static String mark(boolean partial) {
    return partial ? " partial" : "";
  }

  private static String iso(long time) {
    return Instant.ofEpochMilli(time).toString();
  }
}
