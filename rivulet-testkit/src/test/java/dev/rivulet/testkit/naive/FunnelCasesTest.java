package dev.rivulet.testkit.naive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Laws of the naive funnel that need no second opinion, over drawn cases; these print their seed.
 */
class FunnelCasesTest {
  private static final int CASES = 1_500;

  @ParameterizedTest
  @CsvSource({
    "ORDERED,PEOPLE", "ORDERED,SESSIONS", "ORDERED,ENTRIES",
    "STRICT,PEOPLE", "STRICT,SESSIONS", "STRICT,ENTRIES",
    "ANY,PEOPLE", "ANY,SESSIONS"
  })
  void answer_isTheSame_whateverTheOrderOfArrival(Order order, Count count) {
    for (long seed = 0; seed < CASES; seed++) {
      FunnelCase drawn = FunnelCases.draw(seed, order, count);
      if (order == Order.STRICT && crowded(drawn.arrived())) {
        continue; // says itself that it takes these as they arrived
      }
      List<NaiveEvent> shuffled = new ArrayList<>(drawn.arrived());
      Collections.shuffle(shuffled, new Random(seed));
      List<NaiveEvent> arrived = new ArrayList<>();
      for (NaiveEvent event : shuffled) {
        arrived.add(
            new NaiveEvent(
                event.time(),
                event.event(),
                event.user(),
                event.properties(),
                event.id(),
                arrived.size()));
      }
      var other = new NaiveFunnel(drawn.funnel(), arrived).report(drawn.from(), drawn.to());
      var report = drawn.naive().report(drawn.from(), drawn.to());
      assertEquals(times(report), times(other), drawn::toString);
    }
  }

  @Test
  void case_isDrawnAgainFromItsSeed() {
    for (long seed = 0; seed < 100; seed++) {
      assertEquals(
          FunnelCases.draw(seed, Order.ORDERED, Count.PEOPLE).toString(),
          FunnelCases.draw(seed, Order.ORDERED, Count.PEOPLE).toString());
    }
  }

  /**
   * Where nothing is optional or excluded, furthest is what any choice of events could reach: no
   * attempt is in the way of another that could go on for longer.
   */
  @Test
  void ordered_getsAsFarAsAnyChoiceOfEventsCould() {
    for (long seed = 0; seed < CASES; seed++) {
      FunnelCase drawn = FunnelCases.draw(seed, Order.ORDERED, Count.PEOPLE);
      if (plain(drawn.funnel())) {
        Map<String, Integer> furthest = furthest(drawn, Order.ORDERED);
        NaiveEvent.byPerson(drawn.arrived())
            .forEach(
                (user, events) -> {
                  int steps = furthest.getOrDefault(user, 0);
                  int most = reachable(drawn, events);
                  assertEquals(most, steps, drawn::toString);
                });
      }
    }
  }

  @Test
  void strict_getsNoFurtherThanOrdered_andOrderedNoFurtherThanAny() {
    for (long seed = 0; seed < CASES; seed++) {
      FunnelCase drawn = FunnelCases.draw(seed, Order.ORDERED, Count.PEOPLE);
      if (plain(drawn.funnel())) {
        Map<String, Integer> strict = furthest(drawn, Order.STRICT);
        Map<String, Integer> ordered = furthest(drawn, Order.ORDERED);
        Map<String, Integer> any = furthest(drawn, Order.ANY);
        assertEquals(strict.keySet(), ordered.keySet(), drawn::toString);
        ordered.forEach(
            (user, steps) -> {
              assertTrue(strict.getOrDefault(user, 0) <= steps, drawn::toString);
              assertTrue(any.getOrDefault(user, 0) >= steps, drawn::toString);
            });
      }
    }
  }

  /** Groups add up to the whole, and so do the entries of the buckets. */
  @Test
  void partsAddUp() {
    for (long seed = 0; seed < CASES; seed++) {
      FunnelCase drawn = FunnelCases.draw(seed, Order.ORDERED, Count.ENTRIES);
      NaiveFunnel naive = drawn.naive();
      var whole = naive.report(drawn.from(), drawn.to());
      var groups = naive.groups(drawn.from(), drawn.to(), FunnelCase.GROUP).values();
      assertEquals(
          whole.entered(), groups.stream().mapToInt(NaiveReport::entered).sum(), drawn::toString);
      var days = naive.series(drawn.from(), drawn.to(), NaivePeriod.DAY, ZoneOffset.UTC).values();
      assertEquals(
          whole.converted(), days.stream().mapToInt(NaiveReport::converted).sum(), drawn::toString);
    }
  }

  /** What the cases are for does occur in them. */
  @Test
  void cases_holdWhatIsHard() {
    Map<String, Integer> seen = new TreeMap<>();
    for (Order order : Order.values()) {
      for (long seed = 0; seed < CASES; seed++) {
        FunnelCase drawn = FunnelCases.draw(seed, order, Count.PEOPLE);
        Set<String> found = new TreeSet<>();
        var report = drawn.naive().report(drawn.from(), drawn.to());
        if (report.converted() > 0) {
          found.add("converted");
        }
        for (var counted : report.counted()) {
          boolean skipped = false;
          for (int step = 1; step < counted.attempt().furthest(); step++) {
            skipped |= !counted.attempt().did(step);
          }
          if (skipped) {
            found.add("skipped");
          }
        }
        if (drawn.arrived().size() > NaiveEvent.distinct(drawn.arrived()).size()) {
          found.add("duplicate");
        }
        long left =
            NaiveEvent.byPerson(drawn.arrived()).keySet().stream()
                .filter(user -> report.counted().stream().noneMatch(c -> c.user().equals(user)))
                .count();
        boolean entered =
            new NaiveFunnel(clean(drawn.funnel()), drawn.arrived())
                    .report(drawn.from(), drawn.to())
                    .entered()
                > report.entered();
        if (left > 0 && entered) {
          found.add("excluded");
        }
        if (NaiveEvent.byPerson(drawn.arrived()).values().stream()
            .anyMatch(FunnelCasesTest::tied)) {
          found.add("tie");
        }
        if (crowded(drawn.arrived())) {
          found.add("crowd");
        }
        found.forEach(what -> seen.merge(order + " " + what, 1, Integer::sum));
      }
    }
    for (Order order : Order.values()) {
      for (String what : List.of("converted", "duplicate", "excluded", "tie")) {
        assertTrue(seen.getOrDefault(order + " " + what, 0) > CASES / 40, seen::toString);
      }
      assertTrue(seen.getOrDefault(order + " crowd", 0) > CASES / 100, seen::toString);
    }
    assertTrue(seen.getOrDefault("ORDERED skipped", 0) > CASES / 50, seen::toString);
    assertTrue(seen.getOrDefault("STRICT skipped", 0) > CASES / 100, seen::toString);
  }

  private static boolean plain(NaiveDefinition funnel) {
    return funnel.exclusions().isEmpty() && funnel.steps().stream().noneMatch(s -> s.optional());
  }

  private static NaiveDefinition clean(NaiveDefinition funnel) {
    return new NaiveDefinition(
        funnel.steps(), funnel.windowMillis(), funnel.order(), List.of(), funnel.count());
  }

  private static boolean tied(List<NaiveEvent> events) {
    return NaiveEvent.moments(events).size() < events.size();
  }

  private static boolean crowded(List<NaiveEvent> arrived) {
    return NaiveEvent.byPerson(arrived).values().stream()
        .anyMatch(events -> NaiveEvent.moments(events).stream().anyMatch(m -> m.size() > 8));
  }

  private static List<String> times(NaiveReport report) {
    return report.counted().stream()
        .map(counted -> counted.user() + counted.attempt().times())
        .sorted()
        .toList();
  }

  private static Map<String, Integer> furthest(FunnelCase drawn, Order order) {
    NaiveDefinition f = drawn.funnel();
    var funnel = new NaiveDefinition(f.steps(), f.windowMillis(), order, List.of(), f.count());
    Map<String, Integer> furthest = new TreeMap<>();
    new NaiveFunnel(funnel, drawn.arrived())
        .report(Long.MIN_VALUE, Long.MAX_VALUE)
        .counted()
        .forEach(counted -> furthest.put(counted.user(), counted.attempt().furthest()));
    return furthest;
  }

  /** The most steps that some distinct events do one after the other within the window. */
  private static int reachable(FunnelCase drawn, List<NaiveEvent> events) {
    int most = 0;
    for (NaiveEvent first : events) {
      if (drawn.funnel().does(first, 1)) {
        List<NaiveEvent> others = new ArrayList<>(events);
        others.remove(first);
        long until = first.time() + drawn.funnel().windowMillis();
        others.removeIf(event -> event.time() > until);
        most = Math.max(most, further(drawn.funnel(), 1, first.time(), others));
      }
    }
    return most;
  }

  private static int further(NaiveDefinition funnel, int step, long time, List<NaiveEvent> left) {
    int most = step;
    for (NaiveEvent event : step == funnel.last() ? List.<NaiveEvent>of() : left) {
      if (event.time() >= time && funnel.does(event, step + 1)) {
        List<NaiveEvent> others = new ArrayList<>(left);
        others.remove(event);
        most = Math.max(most, further(funnel, step + 1, event.time(), others));
      }
    }
    return most;
  }
}
