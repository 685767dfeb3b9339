package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.breakdowns.EventCountBy;
import dev.rivulet.views.breakdowns.TopValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers are of one moment, also while folds go on between their reads. */
@ExtendWith(RealRedis.Shared.class)
class AskedUnderLoadIT {
  private static final int VALUES = 700;
  private static final int QUESTIONS = 300;
  private static final long HOUR = 60L * 60 * 1000;

  private volatile boolean running = true;

  @Test
  void breakdownOfManyValues_addsUpAtEveryMoment(RealRedis redis) throws Exception {
    long seed = Chance.seed("AskedUnderLoadIT");
    long at = Math.floorDiv(System.currentTimeMillis(), HOUR) * HOUR - HOUR;
    var range = Range.between(at, at + HOUR);
    var sent = new AtomicLong();
    var options = RivuletOptions.defaults().withRedis(redis.address().toString());
    try (var rivulet = Rivulet.open(options)) {
      var load = new Thread(() -> load(rivulet, Chance.random(seed), at, sent), "load");
      load.start();
      try {
        Patience.until("many values are known", () -> sent.get() > 5_000);
        var groups =
            new EventCountBy(Project.DEFAULT, "view", "shelf", range, Step.QUARTER, null, 1_000);
        var top = new TopValues(Project.DEFAULT, "view", "shelf", range, 10);
        for (int i = 0; i < QUESTIONS; i++) {
          Books.assertAddsUp(rivulet.ask(groups));
          assertTrue(rivulet.ask(top).other() >= 0);
        }
      } finally {
        running = false;
        load.join();
      }
      Books.settled(rivulet);
      var last =
          rivulet.ask(
              new EventCountBy(Project.DEFAULT, "view", "shelf", range, Step.QUARTER, null, 1_000));
      assertEquals(sent.get(), last.total());
      assertEquals(0, last.other());
    }
  }

  private void load(Rivulet rivulet, Random random, long at, AtomicLong sent) {
    while (running) {
      List<EventDraft> events =
          new ArrayList<>(Stream.generate(() -> event(random, at)).limit(100).toList());
      rivulet.track(Project.DEFAULT, events).appended().join();
      sent.addAndGet(events.size());
      Patience.pause(5);
    }
  }

  private static EventDraft event(Random random, long at) {
    return Event.named("view")
        .by("u" + random.nextInt(500))
        .at(at + random.nextInt(1_000))
        .with("shelf", "shelf " + random.nextInt(VALUES));
  }
}
