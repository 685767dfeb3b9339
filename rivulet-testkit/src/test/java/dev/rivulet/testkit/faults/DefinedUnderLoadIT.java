package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.UnknownProject;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.testkit.definitions.GoalsView;
import dev.rivulet.testkit.definitions.GoalsView.Reached;
import dev.rivulet.testkit.redis.RealCluster;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Definition;
import dev.rivulet.view.View;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Goals that are defined, redefined and deleted while new events keep coming. */
class DefinedUnderLoadIT {
  private static final List<Class<? extends View>> GOALS = List.of(GoalsView.class);
  private static final String FIRST = Visitors.NAMES.get(0);
  private static final String SECOND = Visitors.NAMES.get(1);

  @Test
  void define_whileEventsCome_isFilledAndExact() {
    long seed = Chance.seed("DefinedUnderLoadIT define");
    try (var redis = RealRedis.durable();
        var one = open(redis);
        var two = open(redis)) {
      try (var clients = Clients.start(2, seed, System.currentTimeMillis(), () -> one)) {
        clients.awaitMore(3_000);
        define(one, "Goal", FIRST);
        assertNotNull(ask(one, "Goal").defined().newest(), "fresh where it was defined");
        awaitLive(two, "Goal", FIRST);
        clients.awaitMore(500);
        define(two, "Goal", SECOND);
        long least = 0;
        while (!isLive(one, "Goal", SECOND)) {
          least = assertNotWrong(one, clients, least);
        }
        awaitLive(two, "Goal", SECOND);
        clients.stop();
        assertExact(one, "Goal", SECOND, clients.acknowledged());
        assertExact(two, "Goal", SECOND, clients.acknowledged());
        assertTrue(one.definitions().delete(Project.DEFAULT, GoalsView.ROOM, "Goal", null));
        assertNull(one.ask(new Reached(Project.DEFAULT, "Goal")));
        Patience.until(
            "the other node knows", () -> two.ask(new Reached(Project.DEFAULT, "Goal")) == null);
      }
    }
  }

  @Test
  void redisAndServersKilled_whileFilling_goOn() {
    long seed = Chance.seed("DefinedUnderLoadIT killed");
    var random = new Random(seed);
    try (var redis = RealRedis.durable()) {
      var rivulet = new AtomicReference<>(open(redis));
      try (var clients = Clients.start(2, seed, System.currentTimeMillis(), rivulet::get)) {
        clients.awaitMore(3_000);
        String last = FIRST;
        for (int round = 0; round < 6; round++) {
          last = round % 2 == 0 ? FIRST : SECOND;
          String event = last;
          Patience.until(
              "the goal is defined",
              () -> {
                define(rivulet.get(), "Goal", event);
                return true;
              });
          Patience.pause(random.nextInt(300));
          if (random.nextBoolean()) {
            redis.kill9();
            redis.restart();
          } else {
            rivulet.get().close();
            rivulet.set(open(redis));
          }
          clients.awaitMore(50);
        }
        awaitLive(rivulet.get(), "Goal", last);
        clients.stop();
        assertExact(rivulet.get(), "Goal", last, clients.acknowledged());
        rivulet.get().rebuild(GoalsView.ROOM);
        awaitLive(rivulet.get(), "Goal", last);
        assertExact(rivulet.get(), "Goal", last, clients.acknowledged());
      } finally {
        rivulet.get().close();
      }
    }
  }

  @Test
  void slotsMove_whileFilling_losesNothing() {
    long seed = Chance.seed("DefinedUnderLoadIT slots");
    try (var cluster = RealCluster.start();
        var rivulet = open(cluster.address());
        var clients = Clients.start(2, seed, System.currentTimeMillis(), () -> rivulet)) {
      clients.awaitMore(1_000);
      for (int partition = 0; partition < RivuletOptions.PARTITIONS; partition++) {
        String event = partition % 2 == 0 ? SECOND : FIRST;
        Patience.until(
            "the goal is defined",
            () -> {
              define(rivulet, "Goal", event);
              return true;
            });
        cluster.moveSlot(Integer.toString(partition));
        clients.awaitMore(100);
      }
      awaitLive(rivulet, "Goal", FIRST);
      clients.stop();
      assertExact(rivulet, "Goal", FIRST, clients.acknowledged());
    }
  }

  @Test
  void define_inNoSuchProject_isRefused() {
    try (var redis = RealRedis.start();
        var rivulet = open(redis)) {
      assertThrows(
          UnknownProject.class,
          () ->
              rivulet
                  .definitions()
                  .put("nobody's", GoalsView.ROOM, "Goal", GoalsView.body(FIRST), null));
      assertFalse(rivulet.definitions().delete(Project.DEFAULT, GoalsView.ROOM, "Goal", null));
    }
  }

  /** The live revision's count never goes back, nor past what was sent. */
  private static long assertNotWrong(Rivulet rivulet, Clients clients, long least) {
    long sent = clients.acknowledgedCount();
    Reached.Answer answer = ask(rivulet, "Goal");
    Definition live = answer.defined().live();
    if (live == null || !live.body().equals(GoalsView.body(FIRST))) {
      return least;
    }
    assertTrue(
        answer.times() >= least,
        () -> "went back from " + least + " to " + answer.times() + " of " + sent);
    return answer.times();
  }

  private static void assertExact(Rivulet rivulet, String name, String event, List<Event> truth) {
    Books.settled(rivulet);
    Reached.Answer answer = ask(rivulet, name);
    List<Event> reached = truth.stream().filter(e -> e.name().equals(event)).toList();
    assertEquals(reached.size(), answer.times());
    assertEquals(reached.stream().map(Event::user).distinct().count(), answer.people());
    assertEquals(0, answer.defined().completeFrom());
  }

  private static void define(Rivulet rivulet, String name, String event) {
    rivulet.definitions().put(Project.DEFAULT, GoalsView.ROOM, name, GoalsView.body(event), null);
  }

  private static void awaitLive(Rivulet rivulet, String name, String event) {
    Patience.until("the goal is live", () -> isLive(rivulet, name, event));
  }

  private static boolean isLive(Rivulet rivulet, String name, String event) {
    Reached.Answer answer = rivulet.ask(new Reached(Project.DEFAULT, name));
    if (answer == null || answer.defined().building() != null) {
      return false;
    }
    Definition live = answer.defined().live();
    return live != null && live.body().equals(GoalsView.body(event));
  }

  private static Reached.Answer ask(Rivulet rivulet, String name) {
    Reached.Answer answer = rivulet.ask(new Reached(Project.DEFAULT, name));
    assertNotNull(answer, () -> name + " is not defined");
    return answer;
  }

  private static Rivulet open(RealRedis redis) {
    return open(redis.address());
  }

  private static Rivulet open(RedisAddress address) {
    return OwnViews.with(
        GOALS, () -> Rivulet.open(RivuletOptions.defaults().withRedis(address.toString())));
  }
}
