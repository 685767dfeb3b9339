package dev.rivulet.testkit.erasure;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.engine.Keys;
import dev.rivulet.event.Event;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.ErasureAccount.State;
import dev.rivulet.policies.Rewrite;
import dev.rivulet.policies.Rewrite.Step;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Query;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.online.OnlineView;
import dev.rivulet.views.recent.RecentEvents;
import dev.rivulet.views.recent.RecentView;
import dev.rivulet.views.uniques.UniquePeople;
import dev.rivulet.views.uniques.UniquesView;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The raw log is rewritten without who was erased, and nobody else notices. */
@ExtendWith(RealRedis.Shared.class)
class RewriteIT {
  private static final String GONE = "gone-with-the-wind@example.org";
  private static final Query<Map<String, Long>> VISITS = new VisitsView.PerPerson(Logs.PROJECT);

  private Logs logs;
  private RivuletDriver driver;

  @BeforeEach
  void open(RealRedis redis) {
    logs = new Logs(redis.address());
    driver =
        RivuletDriver.open(
            redis.address(),
            1,
            ZoneOffset.UTC,
            List.of(
                new VisitsView(),
                new CountsView(),
                new UniquesView(),
                new RecentView(),
                new OnlineView()));
  }

  @AfterEach
  void close() {
    driver.close();
    logs.close();
  }

  @Test
  void rewrite_leavesNothingOfThePerson_andAllOfOthers() {
    long seed = 20_261_123;
    logs.populate(driver, GONE, new Random(seed), 400);
    assertFalse(logs.search(GONE).isEmpty(), "the search finds who is there");
    List<LogEntry> before = logs.entries();
    driver.append(List.of(logs.visit("a"), logs.erasure(GONE), logs.visit("b")));
    driver.foldAll();
    List<Object> hidden = answers();
    List<String> records = logs.records();
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    assertEquals(List.of(), logs.search(GONE), "seed " + seed);
    assertEquals(hidden, answers());
    List<LogEntry> after = logs.entries();
    assertEquals(before.size() + 1, after.size());
    List<String> expected =
        records.stream()
            .map(
                record ->
                    record.endsWith(" " + GONE)
                        ? record.substring(0, record.indexOf(' ')) + " ERASED "
                        : record)
            .toList();
    assertEquals(expected, logs.records());
    for (int i = 0; i < before.size(); i++) {
      assertEquals(before.get(i).id(), after.get(i).id());
      String id = before.get(i).id() + "/";
      if (records.stream().noneMatch(r -> r.startsWith(id) && r.endsWith(GONE))) {
        assertArrayEquals(before.get(i).batch(), after.get(i).batch());
      }
    }
    ErasureAccount account = logs.erasures().accounts(0).values().iterator().next();
    assertEquals(State.DONE, account.state());
    long said = records.stream().filter(r -> r.endsWith(" EVENT " + GONE)).count();
    assertEquals(said, account.erased().get(ErasureAccount.RAW_EVENTS));
    assertTrue(requireNonNull(account.erased().get(ErasureAccount.RAW_BYTES)) > said * 30);
  }

  @Test
  void rewrite_thenTheSameIdComesBack_isSomebodyNew() {
    logs.populate(driver, GONE, new Random(1), 50);
    fold(logs.erasure(GONE));
    logs.rewriteAll();
    long persons = driver.ask(VISITS).size();
    fold(logs.visit(GONE), logs.visit(GONE));
    assertEquals(persons + 1, driver.ask(VISITS).size());
    driver.rebuild(VisitsView.ROOM);
    assertEquals(persons + 1, driver.ask(VISITS).size());
    fold(logs.erasure(GONE));
    assertEquals(persons, driver.ask(VISITS).size());
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    assertEquals(List.of(), logs.search(GONE));
  }

  @Test
  void rebuild_afterTheRewrite_equalsTheLive() {
    logs.populate(driver, GONE, new Random(2), 200);
    fold(logs.erasure(GONE), logs.visit("later"));
    Map<String, Long> live = driver.ask(VISITS);
    List<RecentEvents.Recent> recent = recent();
    logs.rewriteAll();
    driver.rebuild(VisitsView.ROOM);
    driver.rebuild("recent");
    assertEquals(live, driver.ask(VISITS));
    assertEquals(recent, recent());
    assertEquals(driver.appended(), driver.folded());
  }

  @Test
  void eventsThatArriveAtAnyPoint_areAllThere() {
    logs.populate(driver, GONE, new Random(3), 3 * 32 + 5);
    driver.append(List.of(logs.erasure(GONE), logs.visit("a")));
    driver.foldAll();
    long counted = driver.at(logs.clock()).ask(count()).total();
    int[] points = {0};
    Runnable arrival =
        () -> {
          if (points[0]++ < 60) {
            driver.append(List.of(logs.visit("arriving"), logs.visit(GONE)));
            driver.foldAll();
          }
        };
    try (RewriteStore store = new DyingRewriteStore(logs.open(), arrival)) {
      Rewrite rewrite = logs.rewrite(store);
      int tries = 0;
      while (rewrite.step() != Step.SWAPPED) {
        assertTrue(++tries < 1_000, "it never swaps");
      }
    }
    int arrived = Math.min(points[0], 60);
    assertTrue(arrived > 30, "only " + arrived + " arrived");
    driver.foldAll();
    assertEquals(counted + 2L * arrived, driver.at(logs.clock()).ask(count()).total());
    List<String> records = logs.records();
    assertEquals(arrived, records.stream().filter(r -> r.endsWith(" arriving")).count());
    assertEquals(arrived, records.stream().filter(r -> r.endsWith(" EVENT " + GONE)).count());
    driver.rebuild("counts");
    fold(logs.visit("z"));
    assertEquals(driver.appended(), driver.folded());
  }

  @Test
  void killedAtAnyPoint_theNextGoesOn(RealRedis redis) {
    int point = 0;
    boolean died;
    do {
      redis.flush();
      driver.restart();
      long before = driver.appended();
      logs.populate(driver, GONE, new Random(4), 2 * 32 + 3);
      fold(logs.erasure(GONE), logs.visit("b"));
      List<Object> answers = answers();
      int[] left = {point++};
      died = false;
      try (RewriteStore store = new DyingRewriteStore(logs.open(), () -> die(left))) {
        Rewrite rewrite = logs.rewrite(store);
        while (rewrite.step() != Step.SWAPPED) {
          // until it dies, or is done
        }
      } catch (Killed e) {
        died = true;
      }
      fold(logs.visit("between"));
      logs.rewriteAll();
      assertEquals(List.of(), logs.search(GONE), "killed at point " + point);
      fold(logs.visit("after"));
      assertEquals(answers.get(0), answers().get(0));
      assertEquals(driver.appended() - before, logs.records().size(), "killed at point " + point);
      assertEquals(1, logs.erasures().accounts(0).size());
      assertEquals(State.DONE, logs.erasures().accounts(0).values().iterator().next().state());
      assertEquals(null, logs.ask("GET", Keys.rewrite(0)));
      assertEquals(0L, logs.ask("EXISTS", Keys.logCopy(0)));
    } while (died);
    assertTrue(point > 20, "only " + point + " points were passed");
  }

  @Test
  void severalErasures_takeOneRewrite_laterOnesTheNext() {
    logs.populate(driver, GONE, new Random(5), 100);
    driver.append(
        List.of(
            logs.visit("somebody-else-1"),
            logs.visit("somebody-else-2"),
            logs.visit("somebody-else-3")));
    fold(logs.erasure("somebody-else-1"), logs.erasure(GONE));
    try (RewriteStore store = logs.open()) {
      Rewrite rewrite = logs.rewrite(store);
      assertEquals(Step.COPIED, rewrite.step());
      assertEquals(Step.COPIED, rewrite.step());
      fold(logs.erasure("somebody-else-2"));
      Step step = rewrite.step();
      while (step != Step.SWAPPED) {
        step = rewrite.step();
      }
      assertEquals(List.of(), logs.search("somebody-else-1"));
      assertEquals(List.of(), logs.search(GONE));
      assertFalse(logs.search("somebody-else-2").isEmpty());
      assertEquals(1, logs.erasures().waiting(0));
      while (rewrite.step() != Step.NOTHING) {
        // the next one
      }
    }
    assertEquals(List.of(), logs.search("somebody-else-2"));
    assertFalse(logs.search("somebody-else-3").isEmpty());
    assertEquals(3, logs.erasures().accounts(0).size());
  }

  @Test
  void erasedTwice_andNobodyErased_leaveNoTraceEither() {
    logs.populate(driver, GONE, new Random(6), 40);
    fold(logs.erasure(GONE), logs.erasure(GONE), logs.erasure("never-seen-before"));
    Map<String, Long> visits = driver.ask(VISITS);
    logs.rewriteAll();
    assertEquals(List.of(), logs.search(GONE));
    assertEquals(List.of(), logs.search("never-seen-before"));
    assertEquals(visits, driver.ask(VISITS));
    long raw =
        logs.erasures().accounts(0).values().stream()
            .mapToLong(one -> one.erased().getOrDefault(ErasureAccount.RAW_EVENTS, 0L))
            .sum();
    assertTrue(raw > 0);
    assertEquals(Step.NOTHING, logs.rewriteAll());
  }

  @Test
  void unreadableEntries_stayAsTheyAre() {
    byte[] noise = new byte[300];
    new Random(11).nextBytes(noise);
    logs.populate(driver, GONE, new Random(11), 20);
    logs.add(noise);
    logs.add(new byte[0]);
    logs.populate(driver, GONE, new Random(12), 20);
    fold(logs.erasure(GONE));
    List<LogEntry> before = logs.entries();
    assertEquals(Step.SWAPPED, logs.rewriteAll());
    List<LogEntry> after = logs.entries();
    assertArrayEquals(noise, after.get(21).batch());
    assertArrayEquals(new byte[0], after.get(22).batch());
    assertEquals(before.size(), after.size());
    assertEquals(List.of(), logs.search(GONE));
  }

  private void fold(Event... events) {
    for (Event event : events) {
      driver.append(List.of(event));
    }
    driver.foldAll();
  }

  private EventCount count() {
    return new EventCount(Logs.PROJECT, "visit", Range.last(Duration.ofHours(2)), null, null);
  }

  private List<RecentEvents.Recent> recent() {
    return driver.at(logs.clock()).ask(new RecentEvents(Logs.PROJECT, 150)).events();
  }

  private List<Object> answers() {
    driver.at(logs.clock());
    return List.of(
        driver.ask(VISITS).entrySet().stream()
            .filter(one -> one.getKey().contains("person-"))
            .toList(),
        driver.at(logs.clock()).ask(count()).total(),
        driver
            .ask(
                new UniquePeople(
                    Logs.PROJECT, "visit", Range.last(Duration.ofHours(2)), null, null))
            .total(),
        driver.ask(VISITS));
  }

  private static void die(int[] left) {
    if (left[0]-- == 0) {
      throw new Killed();
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
