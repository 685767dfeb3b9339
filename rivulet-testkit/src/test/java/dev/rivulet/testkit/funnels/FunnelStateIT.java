package dev.rivulet.testkit.funnels;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.views.funnels.Funnel;
import dev.rivulet.views.funnels.FunnelAnswer;
import dev.rivulet.views.funnels.FunnelPeople;
import dev.rivulet.views.funnels.FunnelPeople.Outcome;
import dev.rivulet.views.funnels.FunnelPreview;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.funnels.FunnelsView;
import dev.rivulet.views.funnels.UnknownFunnel;
import dev.rivulet.views.funnels.WholeDays;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a funnel's state: erasures, changes, too much of one person. */
@ExtendWith(RealRedis.Shared.class)
class FunnelStateIT {
  private static final String PROJECT = "default";
  private static final String TWO_STEPS =
      "{\"steps\":[{\"event\":\"view\"},{\"event\":\"pay\"}],\"window\":\"1d\"}";
  private static final String ENTRIES =
      "{\"steps\":[{\"event\":\"view\"},{\"event\":\"pay\"}],\"window\":\"1d\",\"count\":\"entries\"}";

  private final long noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(12, ChronoUnit.HOURS).toEpochMilli();

  @Test
  void erasure_ofAPerson_takesThemOutOfEveryNumber(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.define(PROJECT, "funnels", "f", TWO_STEPS);
      driver.fillAll();
      fold(driver, event("a", "view", 1), event("a", "pay", 2), event("b", "view", 3));
      driver.restart();
      assertUsers(driver, 2, 1);
      fold(driver, erasure("a"));
      assertUsers(driver, 1, 0);
      assertEquals(List.of("b"), users(driver, Outcome.REACHED, 1));
      fold(driver, event("a", "pay", 4), event("b", "pay", 5), erasure("nobody"));
      assertUsers(driver, 1, 1);
      fold(driver, event("a", "view", 6));
      assertUsers(driver, 2, 1);
      driver.rebuild("funnels");
      assertUsers(driver, 2, 1);
      assertEquals(List.of("a", "b"), users(driver, Outcome.REACHED, 1));
      assertEquals(List.of("a"), users(driver, Outcome.DROPPED, 2));
    }
  }

  @Test
  void report_whileFilling_tellsHowFarItIs(RealRedis redis) {
    try (var driver = open(redis)) {
      for (int i = 0; i < 100; i++) {
        driver.append(List.of(event("u" + i, "view", i)));
      }
      driver.foldAll();
      driver.define(PROJECT, "funnels", "f", TWO_STEPS);
      FunnelAnswer first = driver.ask(FunnelReport.of(PROJECT, "f"));
      assertFalse(first.exact());
      double progress = first.progress() == null ? -1 : first.progress();
      assertTrue(progress >= 0 && progress < 1, "progress " + progress);
      long entered = first.entered();
      while (driver.stepFills()) {
        FunnelAnswer next = driver.ask(FunnelReport.of(PROJECT, "f"));
        assertTrue(next.entered() >= entered, next + " after " + entered);
        entered = next.entered();
      }
      FunnelAnswer last = driver.ask(FunnelReport.of(PROJECT, "f"));
      assertTrue(last.exact());
      assertNull(last.progress());
      assertEquals(100, last.entered());
    }
  }

  @Test
  void redefinition_whileFilling_oldOneAnswersUntilTheSwitch(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.define(PROJECT, "funnels", "f", TWO_STEPS);
      driver.fillAll();
      fold(driver, event("a", "view", 1), event("a", "view", 2), event("a", "pay", 3));
      driver.define(PROJECT, "funnels", "f", ENTRIES);
      assertEquals(1, driver.ask(FunnelReport.of(PROJECT, "f")).entered());
      while (driver.stepFills()) {
        long entered = driver.ask(FunnelReport.of(PROJECT, "f")).entered();
        assertTrue(entered == 1 || entered == 2, "entered " + entered);
      }
      fold(driver, event("a", "view", 4));
      assertEquals(3, driver.ask(FunnelReport.of(PROJECT, "f")).entered());
      driver.define(PROJECT, "funnels", "f", TWO_STEPS);
      driver.stepFills();
      driver.undefine(PROJECT, "funnels", "f");
      assertThrows(UnknownFunnel.class, () -> driver.ask(FunnelReport.of(PROJECT, "f")));
      driver.fillAll();
      fold(driver, event("a", "view", 5));
      try (var connection = RedisConnection.open(redis.address())) {
        connection.send(RedisConnection.bytes("KEYS"), RedisConnection.bytes("rv:{?}:funnels:*"));
        List<String> left = new ArrayList<>();
        for (Object key : (List<?>) requireNonNull(connection.receive())) {
          left.add(new String((byte[]) key, UTF_8));
        }
        assertEquals(List.of(), left);
      }
    }
  }

  @Test
  void person_withMoreThanIsKept_isToldToBeCut(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.define(PROJECT, "funnels", "f", ENTRIES);
      driver.fillAll();
      List<Event> many = new ArrayList<>();
      for (int i = 0; i < 2_500; i++) {
        many.add(event("a", "view", i % 2 == 0 ? i : -i));
      }
      many.add(event("b", "view", 1));
      for (int i = 0; i < many.size(); i += 300) {
        fold(driver, many.subList(i, Math.min(many.size(), i + 300)).toArray(new Event[0]));
      }
      FunnelAnswer answer = driver.ask(FunnelReport.of(PROJECT, "f"));
      assertEquals(1, answer.truncatedPeople());
      assertFalse(answer.exact());
      assertEquals(2_001, answer.entered());
      assertEquals(2_001, driver.ask(new WholeDays(PROJECT, "f")).users().get(0));
    }
  }

  @Test
  void preview_ofRecentEvents_countsLikeTheReport(RealRedis redis) {
    try (var driver = open(redis)) {
      List<Event> events = Cases.events(7, PROJECT, noon - 50_000_000, noon, 400);
      for (int i = 0; i < events.size(); i += 20) {
        fold(driver, events.subList(i, i + 20).toArray(new Event[0]));
      }
      Cases.funnels()
          .forEach(
              (name, funnel) -> {
                driver.define(PROJECT, "funnels", name, funnel.toJson());
                driver.fillAll();
                var preview =
                    driver.ask(new FunnelPreview(PROJECT, Funnel.parse(funnel.toJson()), null));
                var report = driver.ask(FunnelReport.of(PROJECT, name));
                assertEquals(report.steps(), preview.steps(), name);
                assertEquals(report.convert(), preview.convert(), name);
                assertEquals(400, preview.preview().events());
                assertTrue(preview.exact());
              });
    }
  }

  private void assertUsers(RivuletDriver driver, int... users) {
    FunnelAnswer answer = driver.ask(FunnelReport.of(PROJECT, "f"));
    WholeDays.Answer days = driver.ask(new WholeDays(PROJECT, "f"));
    for (int step = 0; step < users.length; step++) {
      assertEquals(users[step], answer.steps().get(step).users());
      assertEquals(users[step], days.users().get(step));
    }
    assertTrue(answer.exact());
  }

  private static List<String> users(RivuletDriver driver, Outcome outcome, int step) {
    return driver
        .ask(new FunnelPeople(PROJECT, "f", step, outcome, null, 10, null))
        .people()
        .stream()
        .map(FunnelPeople.Found::user)
        .sorted()
        .toList();
  }

  private static void fold(RivuletDriver driver, Event... events) {
    driver.append(List.of(events));
    driver.foldAll();
  }

  private RivuletDriver open(RealRedis redis) {
    redis.flush();
    return RivuletDriver.open(redis.address(), 2, ZoneOffset.UTC, List.of(new FunnelsView()))
        .at(noon + 3_600_000);
  }

  private Event event(String user, String name, int second) {
    long time = noon + second * 1_000L;
    return new Event(PROJECT, Kind.EVENT, name, user, null, time, time, Properties.NONE);
  }

  private Event erasure(String user) {
    return new Event(
        PROJECT, Kind.ERASURE, "erasure", user, "e-" + user, noon, noon, Properties.NONE);
  }
}
