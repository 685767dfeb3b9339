package dev.rivulet.testkit.funnels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveDefinition;
import dev.rivulet.testkit.naive.NaiveFunnel;
import dev.rivulet.testkit.naive.NaivePeriod;
import dev.rivulet.testkit.naive.NaiveReport;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.funnels.FunnelAnswer;
import dev.rivulet.views.funnels.FunnelAnswer.StepResult;
import dev.rivulet.views.funnels.FunnelPeople;
import dev.rivulet.views.funnels.FunnelPeople.Outcome;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.funnels.FunnelsView;
import dev.rivulet.views.funnels.WholeDays;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

class FunnelsIT extends ViewContract {
  /** So little that persons and days leave memory and come back all the time. */
  private static final long MOST_BYTES = 30_000;

  private static final Map<String, NaiveDefinition> FUNNELS = Cases.funnels();

  @Override
  protected View view() {
    return new FunnelsView(MOST_BYTES);
  }

  @Override
  protected ZoneId zone() {
    return ZoneId.of("Asia/Kolkata");
  }

  @Override
  protected List<Event> events(long seed) {
    return Cases.events(seed, PROJECT, from(), to(), 600);
  }

  @Override
  protected void opened(RivuletDriver driver) {
    FUNNELS.forEach((name, funnel) -> driver.define(PROJECT, "funnels", name, funnel.toJson()));
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    for (String name : FUNNELS.keySet()) {
      queries.add(report(name));
      queries.add(FunnelReport.of(PROJECT, name));
      queries.add(new WholeDays(PROJECT, name));
      queries.add(people(name, Outcome.REACHED));
      queries.add(people(name, Outcome.DROPPED));
    }
    return queries;
  }

  /** A part of the events, that neither begins nor ends with a day. */
  private FunnelReport report(String name) {
    Range part = Range.between(from() + 5_000_001, to() - 9_000_000);
    return new FunnelReport(PROJECT, name, part, Step.DAY, null, "plan", true);
  }

  private FunnelPeople people(String name, Outcome outcome) {
    return new FunnelPeople(PROJECT, name, 2, outcome, null, 1_000, null);
  }

  /** Where people are in the answer depends on their partition. */
  @Override
  protected Object comparable(Object answer) {
    if (answer instanceof FunnelPeople.Answer found) {
      assertNull(found.next());
      return found.people().stream()
          .sorted(Comparator.comparing(FunnelPeople.Found::user))
          .toList();
    }
    return answer;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    FUNNELS.forEach(
        (name, funnel) -> {
          var naive = new NaiveFunnel(funnel, Cases.naive(recount.events()));
          agrees(name, naive, driver.ask(report(name)));
          agrees(name, naive, driver.ask(FunnelReport.of(PROJECT, name)));
          days(name, naive, driver.ask(new WholeDays(PROJECT, name)));
          people(naive, driver, name);
        });
  }

  private void agrees(String name, NaiveFunnel naive, FunnelAnswer answer) {
    NaiveReport expected = naive.report(millis(answer.from()), millis(answer.to()));
    assertEquals(expected.entered(), answer.entered(), name);
    steps(name, expected, answer.steps());
    assertTrue(answer.exact(), name);
    assertNull(answer.error(), name);
    long converted = answer.convert().histogram().stream().mapToLong(bar -> bar.count()).sum();
    assertEquals(expected.converted(), converted, name);
    if (answer.compare() != null) {
      var before = naive.report(millis(answer.compare().from()), millis(answer.compare().to()));
      assertEquals(before.entered(), answer.compare().entered(), name);
      steps(name, before, answer.compare().steps());
    }
    if (answer.groups() != null) {
      var groups = naive.groups(millis(answer.from()), millis(answer.to()), "plan");
      assertEquals(groups.size(), answer.groups().size(), name);
      for (FunnelAnswer.Group group : answer.groups()) {
        NaiveReport own = groups.get(group.group());
        assertEquals(own.entered(), group.entered(), name + " " + group.group());
        steps(name + " " + group.group(), own, group.steps());
      }
    }
    if (answer.series() != null) {
      var series =
          naive.series(millis(answer.from()), millis(answer.to()), NaivePeriod.DAY, zone());
      assertEquals(series.size(), answer.series().size(), name);
      for (FunnelAnswer.Point point : answer.series()) {
        NaiveReport own = series.get(millis(point.time()));
        assertEquals(own.entered(), point.entered(), name + " " + point);
        assertEquals(own.converted(), point.converted(), name + " " + point);
      }
    }
  }

  private void days(String name, NaiveFunnel naive, WholeDays.Answer answer) {
    NaiveReport expected = naive.report(answer.from(), answer.to());
    for (int step = 1; step <= answer.users().size(); step++) {
      assertEquals(
          expected.users(step), answer.users().get(step - 1), name + " by days, step " + step);
    }
    naive
        .series(answer.from(), answer.to(), NaivePeriod.DAY, zone())
        .forEach(
            (start, own) -> {
              WholeDays.Day day = answer.days().get(start);
              assertEquals(own.entered(), day.entered(), name + " " + Instant.ofEpochMilli(start));
              assertEquals(own.converted(), day.converted(), name);
            });
  }

  private void people(NaiveFunnel naive, RivuletDriver driver, String name) {
    var reached = driver.ask(people(name, Outcome.REACHED));
    NaiveReport expected = naive.report(millis(reached.from()), millis(reached.to()));
    assertEquals(users(expected.reached(2)), users(reached), name);
    assertEquals(
        users(expected.dropped(2)), users(driver.ask(people(name, Outcome.DROPPED))), name);
  }

  private static TreeSet<String> users(List<NaiveReport.Counted> counted) {
    var users = new TreeSet<String>();
    counted.forEach(each -> users.add(each.user()));
    return users;
  }

  private static TreeSet<String> users(FunnelPeople.Answer answer) {
    var users = new TreeSet<String>();
    answer.people().forEach(each -> users.add(each.user()));
    return users;
  }

  private static void steps(String name, NaiveReport expected, List<StepResult> steps) {
    for (StepResult step : steps) {
      String place = name + ", step " + step.step();
      assertEquals(expected.users(step.step()), step.users(), place);
      assertEquals(expected.fromStart(step.step()), step.fromStart(), place);
      assertEquals(expected.fromPrevious(step.step()), step.fromPrevious(), place);
      if (step.step() > 1) {
        assertEquals(expected.medianSeconds(step.step()), step.medianSeconds(), place);
        assertEquals(expected.p90Seconds(step.step()), step.p90Seconds(), place);
      }
    }
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
