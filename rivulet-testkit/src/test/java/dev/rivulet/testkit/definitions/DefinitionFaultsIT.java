package dev.rivulet.testkit.definitions;

import static dev.rivulet.testkit.definitions.Goals.PROJECT;
import static dev.rivulet.testkit.definitions.Goals.ROOM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.testkit.CrashPlan;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Defined;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Definitions through crashes, with rivals, and on a log that has lost its beginning. */
@ExtendWith(RealRedis.Shared.class)
class DefinitionFaultsIT {
  private static final long SEED = Long.getLong("rivulet.test.seed", 20_261_124);
  private static final List<String> EVENTS = List.of("pay", "click", "view", "signup");

  /** Slack of {@link dev.rivulet.event.Limits#CLOCK_SKEW_MILLIS}. */
  private static final long SKEW_MILLIS = 6 * 60 * 1000;

  @Test
  void crash_atEveryPoint_staysExact(RealRedis redis) {
    int point = 0;
    CrashPlan plan;
    do {
      redis.flush();
      plan = CrashPlan.at(point);
      try (var goals = new Goals(redis, 1, SEED)) {
        goals.append(40).fold();
        goals.driver().crashing(plan);
        goals.define("Goal", "pay");
        goals.driver().stepFills();
        goals.append(2).fold();
        goals.driver().fillAll();
        goals.define("Goal", "click");
        goals.driver().stepFills();
        goals.append(2).fold();
        goals.define("other", "view");
        goals.driver().fillAll();
        goals.undefine("other");
        goals.driver().fillAll();
        goals.driver().crashing(CrashPlan.never());
        goals.append(2).assertLive("Goal", "click");
        goals.assertUndefined("other");
        goals.assertKeysOf(2);
      } catch (AssertionError e) {
        throw new AssertionError("crash at point " + point + ": " + e.getMessage(), e);
      }
      point++;
    } while (plan.crashes() > 0);
    assertTrue(point > 100, "only " + point + " points were passed");
  }

  @Test
  void anything_inAnyOrder_withCrashesAndRivals_staysExact(RealRedis redis) {
    for (int round = 0; round < 12; round++) {
      redis.flush();
      long seed = SEED + round;
      try (var goals = new Goals(redis, 2, seed);
          var rival = goals.open(new GoalsView())) {
        var walk = new Walk(goals, rival, new Random(seed));
        for (int i = 0; i < 120; i++) {
          walk.step();
        }
        walk.end();
      }
    }
  }

  /** Two processes that both believe to hold every partition, and die now and then. */
  private static final class Walk {
    private final Goals goals;
    private final RivuletDriver rival;
    private final Random random;
    private final Map<String, String> expected = new HashMap<>();

    private Walk(Goals goals, RivuletDriver rival, Random random) {
      this.goals = goals;
      this.rival = rival;
      this.random = random;
      goals.driver().crashing(CrashPlan.seeded(random.nextLong(), 0.01));
      rival.crashing(CrashPlan.seeded(random.nextLong(), 0.01));
    }

    private void step() {
      RivuletDriver one = random.nextBoolean() ? goals.driver() : rival;
      String name = "goal " + random.nextInt(4);
      switch (random.nextInt(12)) {
        case 0, 1 -> goals.append(1 + random.nextInt(4));
        case 2 -> one.foldAll();
        case 3 -> {
          String event = EVENTS.get(random.nextInt(EVENTS.size()));
          one.define(PROJECT, ROOM, name, GoalsView.body(event));
          expected.put(name, event);
        }
        case 4 -> {
          if (random.nextInt(3) == 0) {
            one.undefine(PROJECT, ROOM, name);
            expected.remove(name);
          }
        }
        case 5 -> {
          if (expected.containsKey(name)) {
            goals.assertExact(name, one);
          }
        }
        default -> one.stepFills();
      }
    }

    private void end() {
      goals.driver().crashing(CrashPlan.never());
      rival.crashing(CrashPlan.never());
      while (rival.stepFills() || goals.driver().stepFills()) {
        goals.append(random.nextInt(10) == 0 ? 1 : 0);
      }
      int[] live =
          expected.entrySet().stream()
              .mapToInt(
                  entry -> {
                    goals.assertLive(entry.getKey(), entry.getValue());
                    return goals.assertExact(entry.getKey(), rival);
                  })
              .toArray();
      goals.assertKeysOf(live);
    }
  }

  /** Three that fold and fill everything at the same time, none of which knows of the others. */
  @Test
  void rivals_atTheSameTime_staysExact(RealRedis redis) throws Exception {
    var random = new Random(SEED);
    try (var goals = new Goals(redis, 1, SEED)) {
      goals.append(100).fold();
      var running = new AtomicBoolean(true);
      var threads = Executors.newFixedThreadPool(3);
      List<Future<?>> rivals = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        rivals.add(threads.submit(() -> rival(goals, running)));
      }
      for (int round = 0; round < 60; round++) {
        goals.append(3);
        goals.define("goal " + random.nextInt(3), EVENTS.get(random.nextInt(EVENTS.size())));
        if (round % 10 == 9) {
          goals.undefine("goal " + random.nextInt(3));
        }
        goals.driver().stepFills();
      }
      for (int i = 0; i < 3; i++) {
        goals.define("goal " + i, EVENTS.get(i));
      }
      running.set(false);
      for (Future<?> rival : rivals) {
        rival.get();
      }
      threads.shutdown();
      goals.driver().fillAll();
      for (int i = 0; i < 3; i++) {
        goals.assertLive("goal " + i, EVENTS.get(i));
      }
      goals.assertKeysOf(
          goals.assertExact("goal 0"), goals.assertExact("goal 1"), goals.assertExact("goal 2"));
    }
  }

  private static void rival(Goals goals, AtomicBoolean running) {
    try (var rival = goals.open(new GoalsView())) {
      while (running.get()) {
        rival.foldAll();
        rival.stepFills();
      }
    }
  }

  @Test
  void define_onATrimmedLog_tellsSinceWhenItIsComplete(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED);
        var nodes = RedisNodes.connect(redis.address())) {
      goals.append(50).fold();
      long removed = RedisStores.logStorage(nodes).trimOldest(0, 0.5);
      assertTrue(removed > 0);
      goals.define("Goal", "pay");
      goals.driver().fillAll();
      assertEquals(first(goals) + SKEW_MILLIS, goals.defined("Goal").completeFrom());
      goals.append(5).fold();
      assertEquals(first(goals) + SKEW_MILLIS, goals.defined("Goal").completeFrom());
    }
  }

  /** The keeper of the log never takes what a fill has not read yet. */
  @Test
  void trim_whileFilling_leavesWhatIsNotRead(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED);
        var nodes = RedisNodes.connect(redis.address())) {
      goals.append(120).fold();
      goals.define("Goal", "pay");
      goals.driver().stepFills();
      goals.driver().stepFills(); // the fill has begun
      while (goals.driver().stepFills()) {
        RedisStores.logStorage(nodes).trimOldest(0, 1);
      }
      goals.assertLive("Goal", "pay");
    }
  }

  /** It may have looked right before the fill began, or somebody trims by hand. */
  @Test
  void trim_betweenBatches_tellsSinceWhenItIsComplete(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED)) {
      goals.append(120).fold();
      goals.define("Goal", "pay");
      for (int i = 0; i < 4; i++) {
        goals.driver().stepFills();
      }
      List<?> middle = (List<?>) goals.ask("XRANGE", "rv:{0}:log", "-", "+", "COUNT", "90");
      byte[] id = (byte[]) ((List<?>) middle.get(middle.size() - 1)).get(0);
      String gone = new String(id, java.nio.charset.StandardCharsets.UTF_8);
      goals.ask("SET", "rv:{0}:trimmed", gone);
      goals.ask("XTRIM", "rv:{0}:log", "MINID", gone);
      goals.driver().fillAll();
      Defined defined = goals.defined("Goal");
      assertNotNull(defined.live());
      assertEquals(first(goals) + SKEW_MILLIS, defined.completeFrom());
    }
  }

  @Test
  void restart_whileFilling_goesOnWhereItStood(RealRedis redis) {
    try (var goals = new Goals(redis, 1, SEED)) {
      goals.append(200).fold();
      goals.define("Goal", "pay");
      for (int i = 0; i < 5; i++) {
        goals.driver().stepFills();
      }
      double before = goals.defined("Goal").progress();
      goals.startAgain(new GoalsView());
      assertTrue(before > 0.2 && before < 1, "progress " + before);
      assertEquals(before, goals.defined("Goal").progress());
      goals.driver().fillAll();
      goals.append(3).assertLive("Goal", "pay");
      assertEquals(Set.of(), goals.keys("rv:*:filling"));
    }
  }

  private static long first(Goals goals) {
    List<?> entries = (List<?>) goals.ask("XRANGE", "rv:{0}:log", "-", "+", "COUNT", "1");
    byte[] id = (byte[]) ((List<?>) entries.get(0)).get(0);
    String text = new String(id, java.nio.charset.StandardCharsets.UTF_8);
    return Long.parseLong(text.substring(0, text.indexOf('-')));
  }
}
