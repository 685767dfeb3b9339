package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import dev.rivulet.query.ViewNotReady;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.View;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Views that are filled from the log while new events keep coming. */
class LaterViewIT {
  private static final List<Class<? extends View>> PLANS = List.of(PlansView.class);

  @Test
  void viewDefinedLater_isFilledFromTheLog_whileEventsCome() {
    long seed = Chance.seed("LaterViewIT later");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable()) {
      var rivulet = new AtomicReference<>(open(redis));
      try (var clients = Clients.start(2, seed, end, rivulet::get)) {
        clients.awaitMore(3_000);
        rivulet.get().close();
        rivulet.set(OwnViews.with(PLANS, () -> open(redis)));
        clients.awaitMore(500);
        awaitFilled(rivulet.get());
        clients.awaitMore(100);
        clients.stop();
        assertExact(rivulet.get(), clients.acknowledged(), end);
      } finally {
        rivulet.get().close();
      }
    }
  }

  @Test
  void viewTakenAwayAndDefinedAgain_countsOnce() {
    long seed = Chance.seed("LaterViewIT again");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable()) {
      var rivulet = new AtomicReference<>(OwnViews.with(PLANS, () -> open(redis)));
      try (var clients = Clients.start(2, seed, end, rivulet::get)) {
        for (int round = 0; round < 3; round++) {
          clients.awaitMore(500);
          rivulet.get().close();
          rivulet.set(open(redis));
          clients.awaitMore(500);
          rivulet.get().close();
          rivulet.set(OwnViews.with(PLANS, () -> open(redis)));
          awaitFilled(rivulet.get());
        }
        clients.stop();
        assertExact(rivulet.get(), clients.acknowledged(), end);
      } finally {
        rivulet.get().close();
      }
    }
  }

  @Test
  void rebuild_underLoad_neverAnswersWrong() {
    long seed = Chance.seed("LaterViewIT rebuild");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable();
        var rivulet = OwnViews.with(PLANS, () -> open(redis))) {
      try (var clients = Clients.start(1, seed, end, () -> rivulet)) {
        clients.awaitMore(3_000);
        long before = 0;
        for (String view : List.of("counts", "breakdowns", PlansView.ROOM, "uniques")) {
          rivulet.rebuild(view);
          int asked = 0;
          do {
            before = assertNotWrong(rivulet, clients, before, end);
            asked++;
          } while (asked < 30 || isFilling(redis));
        }
        clients.stop();
        assertExact(rivulet, clients.acknowledged(), end);
      }
    }
  }

  @Test
  void redisKilledWhileFilling_goesOn() {
    long seed = Chance.seed("LaterViewIT killed");
    long end = System.currentTimeMillis();
    try (var redis = RealRedis.durable();
        var rivulet = OwnViews.with(PLANS, () -> open(redis))) {
      try (var clients = Clients.start(2, seed, end, () -> rivulet)) {
        clients.awaitMore(3_000);
        for (int round = 0; round < 5; round++) {
          for (String view : rivulet.views()) {
            Patience.until(
                "the rebuild of " + view + " begins",
                () -> {
                  rivulet.rebuild(view);
                  return true;
                });
          }
          Patience.pause(new java.util.Random(seed + round).nextInt(400));
          redis.kill9();
          redis.restart();
          clients.awaitMore(50);
        }
        Patience.until("all is filled", () -> !isFilling(redis));
        clients.stop();
        assertExact(rivulet, clients.acknowledged(), end);
      }
    }
  }

  /** Totals never go back and never pass what was sent; breakdowns add up at every moment. */
  private static long assertNotWrong(Rivulet rivulet, Clients clients, long before, long end) {
    long total = rivulet.ask(Books.total(null, end)).total();
    assertTrue(total >= before, () -> "total went back from " + before + " to " + total);
    for (String name : Visitors.NAMES) {
      Books.assertAddsUp(rivulet.ask(Books.byPlan(name, end)));
    }
    var plans = rivulet.ask(new PlansView.Totals(Project.DEFAULT));
    long ofPlans = plans.values().stream().mapToLong(Long::longValue).sum();
    assertTrue(ofPlans >= total, () -> "plans " + ofPlans + " below the total before, " + total);
    Books.assertAddUp(rivulet.status());
    assertTrue(total <= clients.acknowledgedCount() + 1_000, "more than was sent");
    return total;
  }

  private static void assertExact(Rivulet rivulet, List<Event> truth, long end) {
    Books.assertExact(rivulet, truth, end);
    assertEquals(PlansView.recount(truth), rivulet.ask(new PlansView.Totals(Project.DEFAULT)));
  }

  private static void awaitFilled(Rivulet rivulet) {
    Patience.until(
        "the view is filled",
        () -> {
          try {
            rivulet.ask(new PlansView.Totals(Project.DEFAULT));
            return true;
          } catch (ViewNotReady notYet) {
            return false;
          }
        });
  }

  private static Rivulet open(RealRedis redis) {
    return Rivulet.open(RivuletOptions.defaults().withRedis(redis.address().toString()));
  }

  private static boolean isFilling(RealRedis redis) {
    return SurvivingLog.isFilling(redis.address(), RivuletOptions.PARTITIONS);
  }
}
