package dev.rivulet.testkit.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.engine.UserPage;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.CrashPlan;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Asking.Person;
import dev.rivulet.view.Query;
import dev.rivulet.views.counts.CountsView;
import dev.rivulet.views.online.OnlineNow;
import dev.rivulet.views.online.OnlineView;
import dev.rivulet.views.recent.RecentEvents;
import dev.rivulet.views.recent.RecentView;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the fold does with the record that erases a person. */
@ExtendWith(RealRedis.Shared.class)
class ErasureFoldIT {
  private static final String PROJECT = "default";
  private static final Query<Map<String, Long>> VISITS = new VisitsView.PerPerson(PROJECT);

  private long clock = System.currentTimeMillis() - 60_000;

  @Test
  void users_manyPersons_knownByNumber(RealRedis redis) {
    List<String> users = IntStream.range(0, 300).mapToObj(i -> "person-" + i + "-é").toList();
    try (var driver = open(redis)) {
      for (int from = 0; from < users.size(); from += 7) {
        driver.append(
            users.subList(from, Math.min(from + 7, users.size())).stream()
                .map(this::visit)
                .toList());
        driver.foldAll();
        if (from % 3 == 0) {
          driver.restart();
        }
      }
      List<String> found = driver.ask(new UsersOf(IntStream.range(0, 301).boxed().toList()));
      assertEquals(users, found.subList(0, 300));
      assertEquals(null, found.get(300));
    }
  }

  @Test
  void users_ofAnOlderDictionary_areNotKnown_newerOnesAre(RealRedis redis) {
    try (var driver = open(redis);
        var logs = new Logs(redis.address())) {
      foldEach(driver, visit("old-a"), visit("old-b"), visit("old-c"));
      logs.ask("DEL", UserPage.key(0, PROJECT));
      driver.restart();
      foldEach(driver, visit("new-d"), visit("old-a"), erasure("old-b"), visit("old-b"));
      assertEquals(
          hidden(null, null, null, "new-d", "old-b"),
          driver.ask(new UsersOf(List.of(0, 1, 2, 3, 4))));
      assertEquals(
          Map.of("0/0 null", 2L, "0/2 null", 1L, "0/3 new-d", 1L, "0/4 old-b", 1L),
          driver.ask(VISITS));
    }
  }

  @Test
  void erasure_ofOnePerson_othersKeepTheirNumbers(RealRedis redis) {
    try (var driver = open(redis)) {
      foldEach(driver, visit("a"), visit("b"), visit("c"), visit("b"));
      assertEquals(Map.of("0/0 a", 1L, "0/1 b", 2L, "0/2 c", 1L), driver.ask(VISITS));
      foldEach(driver, erasure("b"));
      assertEquals(Map.of("0/0 a", 1L, "0/2 c", 1L), driver.ask(VISITS));
      assertEquals(hidden("a", null, "c"), driver.ask(new UsersOf(List.of(0, 1, 2))));
      foldEach(driver, visit("b"), visit("c"));
      driver.restart();
      foldEach(driver, visit("b"), visit("d"));
      assertEquals(Map.of("0/0 a", 1L, "0/2 c", 2L, "0/3 b", 2L, "0/4 d", 1L), driver.ask(VISITS));
    }
  }

  @Test
  void erasure_insideOneBatch_laterEventsAreSomebodyNew(RealRedis redis) {
    try (var driver = open(redis)) {
      foldEach(driver, visit("old"));
      driver.append(
          List.of(
              visit("old"),
              visit("new"),
              erasure("old"),
              erasure("new"),
              visit("new"),
              erasure("nobody"),
              visit("old"),
              visit("old")));
      driver.foldAll();
      assertEquals(Map.of("0/2 new", 1L, "0/3 old", 2L), driver.ask(VISITS));
      driver.restart();
      foldEach(driver, visit("new"), visit("old"));
      assertEquals(Map.of("0/2 new", 2L, "0/3 old", 3L), driver.ask(VISITS));
      assertEquals(hidden(null, null, "new", "old"), driver.ask(new UsersOf(List.of(0, 1, 2, 3))));
    }
  }

  @Test
  void erasure_ofSomebodyUnknown_changesNothing(RealRedis redis) {
    try (var driver = open(redis)) {
      foldEach(driver, visit("a"), erasure("nobody"), visit("b"));
      assertEquals(Map.of("0/0 a", 1L, "0/1 b", 1L), driver.ask(VISITS));
      assertEquals(driver.appended(), driver.folded());
    }
  }

  @Test
  void erasure_retried_erasesOnce(RealRedis redis) {
    Event erasure = erasure("a");
    try (var driver = open(redis)) {
      foldEach(driver, visit("a"), erasure, visit("a"), erasure);
      assertEquals(Map.of("0/1 a", 1L), driver.ask(VISITS));
      assertEquals(1, driver.duplicates());
    }
  }

  @Test
  void erasedRecords_areCounted_andNeverFolded(RealRedis redis) {
    Event tombstone =
        new Event(PROJECT, Kind.ERASED, "erased", "", null, clock, clock, Properties.NONE);
    try (var driver = open(redis)) {
      foldEach(driver, visit("a"), tombstone, tombstone, visit("b"));
      assertEquals(4, driver.folded());
      assertEquals(0, driver.duplicates());
      driver.rebuild(VisitsView.ROOM);
      assertEquals(Map.of("0/0 a", 1L, "0/1 b", 1L), driver.ask(VISITS));
    }
  }

  @Test
  void rebuild_beforeTheLogIsRewritten_leavesOutWhoWasErased(RealRedis redis) {
    try (var driver = open(redis)) {
      driver.append(List.of(visit("a"), visit("b"), erasure("a"), visit("a"), visit("c")));
      foldEach(driver, visit("c"), erasure("c"), visit("c"), visit("b"), erasure("c"));
      Map<String, Long> live = driver.ask(VISITS);
      assertEquals(Map.of("0/1 b", 2L, "0/2 a", 1L), live);
      driver.rebuild(VisitsView.ROOM);
      assertEquals(live, driver.ask(VISITS));
    }
  }

  @Test
  void crash_atEveryPoint_erasesOnceAndCountsOnce(RealRedis redis) {
    Consumer<RivuletDriver> run =
        driver -> {
          foldEach(driver, visit("a"), visit("b"));
          driver.append(List.of(visit("b"), erasure("a"), visit("a")));
          driver.append(List.of(visit("c"), erasure("c"), erasure("b")));
          driver.foldAll();
          foldEach(driver, visit("b"), visit("a"));
          driver.rebuild(VisitsView.ROOM);
        };
    Map<String, Long> expected = Map.of("0/2 a", 2L, "0/4 b", 1L);
    CrashPlan plan;
    int point = 0;
    do {
      redis.flush();
      plan = CrashPlan.at(point++);
      try (var driver = open(redis)) {
        run.accept(driver.crashing(plan));
        driver.crashing(CrashPlan.never());
        assertEquals(expected, driver.ask(VISITS), "crash at point " + (point - 1));
        assertEquals(driver.appended(), driver.folded());
      }
    } while (plan.crashes() > 0);
    assertTrue(point > 30, "only " + point + " points were passed");
  }

  @Test
  void rawEvents_ofWhoWasErased_areHiddenAtOnce(RealRedis redis) {
    try (var driver = open(redis)) {
      for (int i = 0; i < 150; i++) {
        driver.append(List.of(visit("seen"), visit("gone")));
      }
      driver.foldAll();
      foldEach(driver, erasure("gone"), visit("gone"));
      List<String> users = driver.ask(new RawUsers());
      assertEquals(150, users.stream().filter("seen"::equals).count());
      assertEquals(1, users.stream().filter("gone"::equals).count());
      List<String> recent =
          driver.ask(new RecentEvents(PROJECT, 90)).events().stream()
              .map(RecentEvents.Recent::user)
              .toList();
      assertEquals(90, recent.size(), "those that are hidden leave no gap");
      assertEquals("gone", recent.get(0));
      assertEquals(89, recent.stream().filter("seen"::equals).count());
    }
  }

  @Test
  void online_whoWasErased_isNotHere_andOnceWhenBack(RealRedis redis) {
    try (var driver = open(redis)) {
      foldEach(driver, visit("a"), visit("b"), erasure("a"));
      driver.at(clock);
      assertEquals(1, driver.ask(new OnlineNow(PROJECT)).online());
      foldEach(driver, visit("a"), visit("a"));
      driver.restart();
      driver.at(clock);
      assertEquals(2, driver.ask(new OnlineNow(PROJECT)).online());
      driver.append(List.of(visit("c"), erasure("c"), visit("c"), erasure("b")));
      driver.foldAll();
      driver.at(clock);
      assertEquals(2, driver.ask(new OnlineNow(PROJECT)).online());
      driver.rebuild("online");
      assertEquals(2, driver.ask(new OnlineNow(PROJECT)).online());
    }
  }

  private static RivuletDriver open(RealRedis redis) {
    return RivuletDriver.open(
        redis.address(),
        1,
        ZoneOffset.UTC,
        List.of(new VisitsView(), new CountsView(), new RecentView(), new OnlineView()));
  }

  private static void foldEach(RivuletDriver driver, Event... events) {
    for (Event event : events) {
      driver.append(List.of(event));
      driver.foldAll();
    }
  }

  private Event visit(String user) {
    return event(Kind.EVENT, "visit", user);
  }

  private Event erasure(String user) {
    return event(Kind.ERASURE, "erasure", user);
  }

  private Event event(Kind kind, String name, String user) {
    clock++;
    String id = UUID.randomUUID().toString();
    return new Event(PROJECT, kind, name, user, id, clock, clock, Properties.NONE);
  }

  private static List<String> hidden(String... users) {
    List<String> list = new ArrayList<>();
    for (String user : users) {
      list.add(user);
    }
    return list;
  }

  /** The ids of persons of partition 0. */
  private record UsersOf(List<Integer> numbers) implements Query<List<String>> {
    @Override
    public String project() {
      return PROJECT;
    }

    @Override
    public List<String> answer(Asking asking) {
      return asking.users(numbers.stream().map(number -> new Person(0, number)).toList());
    }
  }

  /** The person of every event of the log. */
  private record RawUsers() implements Query<List<String>> {
    @Override
    public String project() {
      return PROJECT;
    }

    @Override
    public List<String> answer(Asking asking) {
      List<String> users = new ArrayList<>();
      asking.scan(0, event -> users.add(event.user()));
      return users;
    }
  }
}
