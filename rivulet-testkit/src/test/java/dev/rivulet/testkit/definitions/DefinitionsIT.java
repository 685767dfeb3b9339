package dev.rivulet.testkit.definitions;

import static dev.rivulet.testkit.definitions.Goals.PROJECT;
import static dev.rivulet.testkit.definitions.Goals.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.definitions.DefinitionConflict;
import dev.rivulet.definitions.Definitions;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Defined;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is defined answers for yesterday, is redefined and deleted, and is exact all the time. */
@ExtendWith(RealRedis.Shared.class)
class DefinitionsIT {
  private static final long SEED = Long.getLong("rivulet.test.seed", 20_261_123);

  @Test
  void define_emptyLog_isLiveAtOnce(RealRedis redis) {
    try (var goals = new Goals(redis, 4, SEED)) {
      goals.define("Paid", "pay");
      goals.driver().fillAll();
      assertNotNull(goals.defined("Paid").live());
      goals.append(40).fold().assertLive("Paid", "pay");
    }
  }

  @Test
  void define_beforeBetweenAndAfterEvents_countsAllOfThem(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      goals.define("before", "pay");
      goals.driver().fillAll();
      goals.append(100).fold();
      goals.define("between", "pay");
      double progress = 0;
      while (goals.driver().stepFills()) {
        goals.append(5).fold().assertExact("before");
        Defined between = goals.defined("between");
        assertTrue(between.progress() >= progress * 0.9, "progress fell, seed " + SEED);
        progress = between.progress();
        goals.assertExact("between");
      }
      goals.append(20).fold();
      goals.define("after", "pay");
      goals.driver().fillAll();
      for (String name : List.of("before", "between", "after")) {
        goals.assertLive(name, "pay");
      }
      goals.driver().restart();
      goals.append(20).assertLive("between", "pay");
    }
  }

  @Test
  void redefine_buildsBeside_andSwitchesWithoutAWrongNumber(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      goals.append(150).fold();
      goals.define("Goal", "pay");
      goals.driver().fillAll();
      goals.assertLive("Goal", "pay");
      goals.define("Goal", "click");
      Set<Integer> answered = new TreeSet<>();
      do {
        goals.append(3);
        answered.add(goals.assertExact("Goal"));
      } while (goals.driver().stepFills());
      assertEquals(Set.of(1, 2), answered, "seed " + SEED);
      goals.assertLive("Goal", "click");
      goals.assertKeysOf(2);
    }
  }

  /** The one who asks knows of the old revision only, and the old one is gone. */
  @Test
  void ask_revisionJustReplaced_asksAgain(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED);
        var other = goals.open(new GoalsView())) {
      goals.append(50).fold();
      goals.define("Goal", "pay");
      goals.driver().fillAll();
      assertEquals(1, goals.assertExact("Goal", other));
      goals.define("Goal", "click");
      goals.driver().fillAll();
      assertEquals(2, goals.assertExact("Goal", other));
    }
  }

  @Test
  void delete_whileFilling_isGoneAtOnceAndLeavesNothing(RealRedis redis) {
    for (int steps = 0; steps < 12; steps++) {
      redis.flush();
      try (var goals = new Goals(redis, 2, SEED)) {
        goals.append(120).fold();
        goals.define("kept", "pay");
        goals.define("gone", "click");
        for (int i = 0; i < steps; i++) {
          goals.driver().stepFills();
        }
        goals.undefine("gone");
        goals.assertUndefined("gone");
        goals.append(5).fold();
        goals.driver().fillAll();
        goals.assertUndefined("gone");
        goals.assertLive("kept", "pay");
        goals.assertKeysOf(1);
        assertEquals(List.of("kept"), names(goals));
        goals.define("gone", "signup");
        goals.driver().fillAll();
        goals.append(5).assertLive("gone", "signup");
        goals.assertKeysOf(1, 3);
      }
    }
  }

  @Test
  void redefine_whileFilling_leavesTheLastOnly(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      goals.append(120).fold();
      for (String event : List.of("pay", "click", "view", "signup")) {
        goals.define("Goal", event);
        goals.driver().stepFills();
        goals.driver().stepFills();
      }
      goals.driver().fillAll();
      goals.assertLive("Goal", "signup");
      goals.assertKeysOf(4);
    }
  }

  @Test
  void put_sameBody_changesNothing(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      Definitions definitions = goals.driver().definitions();
      var first = definitions.put(PROJECT, ROOM, "Goal", GoalsView.body("pay"), null);
      var again = definitions.put(PROJECT, ROOM, "Goal", GoalsView.body("pay"), 1);
      assertTrue(first.created());
      assertFalse(again.created());
      assertEquals(first.registered(), again.registered());
    }
  }

  @Test
  void put_anotherRevisionThanExpected_isAConflict(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      Definitions definitions = goals.driver().definitions();
      var none =
          assertThrows(
              DefinitionConflict.class,
              () -> definitions.put(PROJECT, ROOM, "Goal", GoalsView.body("pay"), 1));
      assertNull(none.current());
      goals.define("Goal", "pay");
      definitions.put(PROJECT, ROOM, "Goal", GoalsView.body("click"), 1);
      var late =
          assertThrows(
              DefinitionConflict.class,
              () -> definitions.put(PROJECT, ROOM, "Goal", GoalsView.body("view"), 1));
      assertEquals(2, late.current());
      assertThrows(DefinitionConflict.class, () -> definitions.delete(PROJECT, ROOM, "Goal", 1));
      goals.driver().fillAll();
      goals.assertLive("Goal", "click");
    }
  }

  @Test
  void put_manyAtOnce_oneOfThemIsTheNewest(RealRedis redis) throws Exception {
    try (var goals = new Goals(redis, 1, SEED)) {
      Definitions definitions = goals.driver().definitions();
      var threads = Executors.newFixedThreadPool(8);
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String body = GoalsView.body("event-" + i);
        puts.add(
            () ->
                definitions.put(PROJECT, ROOM, "Goal", body, null).registered().newest().number());
      }
      Set<Integer> revisions = new TreeSet<>();
      for (var put : threads.invokeAll(puts)) {
        revisions.add(put.get());
      }
      threads.shutdown();
      assertEquals(40, revisions.size(), "each has a revision of its own");
      var last = definitions.find(PROJECT, ROOM, "Goal");
      assertNotNull(last);
      assertEquals(40, last.newest().number());
    }
  }

  @Test
  void put_twoHundredAtOnce_areFilledInOnePass(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED)) {
      goals.append(100).fold();
      List<String> events = List.of("pay", "click", "view", "signup");
      for (int i = 0; i < Definitions.MOST_NAMES; i++) {
        goals.define("goal " + i, events.get(i % 4));
      }
      var refused = assertThrows(IllegalArgumentException.class, () -> goals.define("more", "pay"));
      assertTrue(String.valueOf(refused.getMessage()).contains("200"), refused.getMessage());
      int steps = 0;
      while (goals.driver().stepFills()) {
        steps++;
      }
      assertTrue(steps < 20, steps + " steps for 100 entries");
      for (int i = 0; i < Definitions.MOST_NAMES; i++) {
        goals.assertLive("goal " + i, events.get(i % 4));
      }
      goals.undefine("goal 7");
      goals.define("more", "pay");
    }
  }

  @Test
  void define_whileAnotherIsFilled_catchesUpAndGoesOnWithIt(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED)) {
      goals.append(400).fold();
      goals.define("first", "pay");
      for (int i = 0; i < 6; i++) {
        goals.driver().stepFills();
      }
      goals.define("second", "click");
      int most = 0;
      int passes = 0;
      while (goals.driver().stepFills()) {
        passes++;
        most = Math.max(most, goals.keys("rv:*:filling").size());
      }
      assertEquals(1, most);
      assertTrue(passes < 24, passes + " steps for twice 13 batches, some of them shared");
      goals.assertLive("first", "pay");
      goals.assertLive("second", "click");
    }
  }

  @Test
  void put_badInput_saysWhatIsWrong(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED)) {
      refused(goals, "goals", " ", "event=a", "name");
      refused(goals, "goals", "x".repeat(201), "event=a", "201");
      refused(goals, "goals", "a\nb", "event=a", "control");
      refused(goals, "goals", "a", "event=" + "x".repeat(20_000), "20006");
      refused(goals, "goals", "a", "what?", "what?");
      refused(goals, "counts", "a", "event=a", "counts");
      assertEquals(List.of(), names(goals));
      goals.driver().fillAll();
    }
  }

  @Test
  void open_anotherVersionOfTheView_fillsAnew(RealRedis redis) {
    try (var goals = new Goals(redis, 2, SEED)) {
      goals.append(60).fold();
      goals.define("Goal", "pay");
      goals.driver().fillAll();
      goals.assertLive("Goal", "pay");
      goals.startAgain(new GoalsView(2));
      goals.append(10).fold();
      goals.driver().stepFills();
      goals.assertExact("Goal");
      goals.driver().fillAll();
      goals.append(10).assertLive("Goal", "pay");
      goals.assertKeysOf(2);
    }
  }

  private static void refused(Goals goals, String room, String name, String body, String about) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> goals.driver().definitions().put(PROJECT, room, name, body, null));
    assertTrue(String.valueOf(refused.getMessage()).contains(about), refused.getMessage());
  }

  private static List<String> names(Goals goals) {
    return goals.driver().definitions().list(PROJECT, ROOM).stream()
        .map(registered -> registered.name())
        .toList();
  }
}
