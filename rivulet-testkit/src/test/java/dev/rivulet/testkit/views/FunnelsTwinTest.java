package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Event;
import dev.rivulet.testkit.naive.NaiveAttempt;
import dev.rivulet.testkit.naive.NaiveDefinition;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.testkit.naive.NaiveFunnel;
import dev.rivulet.views.funnels.Attempt;
import dev.rivulet.views.funnels.Attempts;
import dev.rivulet.views.funnels.Dominance;
import dev.rivulet.views.funnels.Funnel;
import dev.rivulet.views.funnels.PersonSteps;
import dev.rivulet.views.funnels.StepMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Funnels as they are kept, against the naive evaluator, one person a case. */
class FunnelsTwinTest {
  private static final int CASES = 10_000;

  @ParameterizedTest
  @CsvSource({
    "ORDERED, PEOPLE", "ORDERED, SESSIONS", "ORDERED, ENTRIES",
    "STRICT, PEOPLE", "STRICT, SESSIONS", "STRICT, ENTRIES",
    "ANY, PEOPLE", "ANY, SESSIONS"
  })
  void bestAttempts_areThoseOfTheNaiveTwin(
      NaiveDefinition.Order order, NaiveDefinition.Count count) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println(order + " " + count + ": -Dseed=" + seed);
    var random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      var one = RandomFunnel.of(order, count, random);
      compare(one, random);
    }
  }

  private static void compare(RandomFunnel one, Random random) {
    var funnel = Funnel.parse(one.definition().toJson());
    assertEquals(funnel, Funnel.parse(funnel.toJson()));
    List<Attempt> attempts = Attempts.of(funnel, person(funnel, one.arrived(), random));
    var naive = new NaiveFunnel(one.definition(), one.arrived());
    List<Dominance.Row> rows =
        Dominance.rows(attempts, funnel.count(), entry -> (int) Math.floorDiv(entry, one.unit()));
    for (int days = 0; days < 4; days++) {
      int first = days == 0 ? 0 : random.nextInt(RandomFunnel.SPAN);
      int end = days == 0 ? RandomFunnel.SPAN : first + random.nextInt(RandomFunnel.SPAN) + 1;
      var expected = new ArrayList<String>();
      naive
          .report(first * one.unit(), end * one.unit())
          .counted()
          .forEach(counted -> expected.add(text(counted.attempt())));
      List<Attempt> best =
          Attempts.best(attempts, first * one.unit(), end * one.unit(), funnel.count());
      String range = one + "\nentered in [" + first + ", " + end + ")";
      assertEquals(
          sorted(expected), sorted(best.stream().map(FunnelsTwinTest::text).toList()), range);
      var held = new ArrayList<String>();
      for (Dominance.Row row : rows) {
        if (row.loDay() < first
            && first <= row.entryDay()
            && row.entryDay() < end
            && end <= row.hiDay()
            && !row.leaves()) {
          held.add(text(row.attempt()));
        }
      }
      assertEquals(sorted(expected), sorted(held), "rows of " + range);
    }
  }

  /** Folds the events in the order of arrival, now and then stored and read back. */
  private static PersonSteps person(Funnel funnel, List<NaiveEvent> arrived, Random random) {
    var matcher = new StepMatcher(funnel);
    var person = new PersonSteps(funnel);
    for (NaiveEvent said : arrived) {
      Event event = said.recorded("default", 0);
      if (funnel.needsEveryEvent() || matcher.names().contains(event.name())) {
        person.add(event.occurredAt(), matcher.steps(event), matcher.exclusions(event));
      }
      if (random.nextInt(4) == 0) {
        var out = new ByteWriter(64);
        person.encodeTo(out);
        person = PersonSteps.decode(funnel, new ByteReader(out.toBytes(), 0));
      }
    }
    return person;
  }

  private static String text(NaiveAttempt attempt) {
    var times = new TreeMap<Integer, Long>();
    for (int step = 1; step <= attempt.times().size(); step++) {
      if (attempt.did(step)) {
        times.put(step, attempt.time(step));
      }
    }
    return attempt.entry() + " to " + attempt.furthest() + " " + times;
  }

  private static String text(Attempt attempt) {
    var times = new TreeMap<Integer, Long>();
    for (int step = 1; step <= attempt.doneAt().length; step++) {
      if (attempt.doneAt()[step - 1] != -1) {
        times.put(step, attempt.doneAt()[step - 1]);
      }
    }
    return attempt.entry() + " to " + attempt.furthest() + " " + times;
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }
}
