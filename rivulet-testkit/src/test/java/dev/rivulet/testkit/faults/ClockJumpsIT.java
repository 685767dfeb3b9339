package dev.rivulet.testkit.faults;

import dev.rivulet.Rivulet;
import dev.rivulet.RivuletOptions;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.redis.RealRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server's clock jumps: buckets follow the events' times, and retries count once. */
@ExtendWith(RealRedis.Shared.class)
class ClockJumpsIT {
  private static final List<Duration> JUMPS =
      List.of(
          Duration.ZERO,
          Duration.ofHours(3),
          Duration.ofHours(-2),
          Duration.ofHours(25),
          Duration.ZERO,
          Duration.ofHours(25),
          Duration.ofHours(-9),
          Duration.ofMinutes(1));

  @Test
  void clockJumps_backAndForth_countsByEventTime_once(RealRedis redis) {
    long seed = Chance.seed("ClockJumpsIT");
    long start = System.currentTimeMillis();
    var clock = new AtomicLong(start);
    // Behind the slowest clock, so that no event lies in the server's future.
    long end = start - Duration.ofHours(10).toMillis();
    List<Event> sent = new ArrayList<>();
    var options =
        RivuletOptions.defaults()
            .withRedis(redis.address().toString())
            .withClock(() -> Instant.ofEpochMilli(clock.get()));
    try (var rivulet = Rivulet.open(options)) {
      for (int i = 0; i < JUMPS.size(); i++) {
        clock.set(start + JUMPS.get(i).toMillis());
        var visitors = new Visitors(seed + i, "jump-" + i, end);
        List<Event> events = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
          events.add(visitors.next());
        }
        sent.addAll(events);
        track(rivulet, sent); // the new ones, and every one before once more
        Books.assertExact(rivulet, sent, end);
      }
    }
    try (var rivulet = Rivulet.open(options)) {
      track(rivulet, sent);
      Books.assertExact(rivulet, sent, end);
    }
  }

  private static void track(Rivulet rivulet, List<Event> events) {
    rivulet.await(rivulet.track(Project.DEFAULT, events.stream().map(Visitors::draft).toList()));
  }
}
