package dev.rivulet.testkit.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.naive.NaiveActivity;
import dev.rivulet.testkit.naive.NaiveCondition;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.time.Range;
import dev.rivulet.view.Query;
import dev.rivulet.views.retention.EventMatch;
import dev.rivulet.views.retention.Lifecycle;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import dev.rivulet.views.retention.RetentionView;
import dev.rivulet.views.retention.Stickiness;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten thousand small histories, each in a project of its own: events late and out of order, of one
 * moment, sent twice; restarts; people who are erased and come back. Whatever is asked, the sets
 * and the log answer as a naive recount does. Another seed: {@code -Drivulet.test.seed=7}.
 */
@ExtendWith(RealRedis.Shared.class)
class RetentionCasesIT {
  private static final int CASES = 2_000;
  private static final int AT_ONCE = 25;
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final String[] NAMES = {"a", "b", "c:*"};
  private static final String[] PLANS = {"free", "pro", "team"};

  /** Holds for every event, but sets of people per name cannot know that. */
  private static final NaiveCondition ALWAYS = NaiveCondition.absent("never");

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_123);

  @ParameterizedTest
  @CsvSource({
    "UTC, 2024-02-20T00:00:00Z",
    "Europe/Berlin, 2023-03-20T00:00:00Z",
    "America/St_Johns, 1996-10-15T00:00:00Z", // clocks go back over midnight
    "Pacific/Apia, 2011-12-20T00:00:00Z", // a day is left out
    "Australia/Lord_Howe, 2025-03-20T00:00:00Z" // clocks move by half an hour
  })
  void answers_ofAnyHistory_equalTheRecount(String zone, Instant start, RealRedis redis) {
    for (int done = 0; done < CASES; done += AT_ONCE) {
      var random = new Random(seed * 31 + zone.hashCode() * 17L + done);
      try {
        run(redis, ZoneId.of(zone), start.toEpochMilli(), random);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", " + zone + ", cases from " + done + ": " + e.getMessage(), e);
      }
    }
  }

  private static void run(RealRedis redis, ZoneId zone, long start, Random random) {
    redis.flush();
    long[] memory = {2_000, 30_000, 10_000_000};
    var view = new RetentionView(memory[random.nextInt(memory.length)]);
    try (var driver =
        RivuletDriver.open(redis.address(), 1 + random.nextInt(3), zone, List.of(view))) {
      List<History> histories = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        histories.add(new History("p" + i, start, random));
      }
      int rounds = 1 + random.nextInt(4);
      for (int round = 0; round < rounds; round++) {
        for (History history : histories) {
          driver.append(history.share(round, rounds));
        }
        driver.foldAll();
        if (random.nextBoolean()) {
          driver.restart();
        }
      }
      if (random.nextInt(10) == 0) {
        driver.rebuild("retention");
      }
      assertEquals(0, driver.poisoned(), "records that cannot be folded");
      for (History history : histories) {
        driver.at(history.now);
        var habits = new Habits(history.counted(), driver, zone, history.now);
        history.queries(habits, random).forEach(habits::assertAgrees);
      }
    }
  }

  /** What happened in one project. */
  private static final class History {
    private final String project;
    private final long start;
    private final long span;
    private final long now;
    private final List<NaiveEvent> arrived = new ArrayList<>();

    /** By place in the order of arrival: who is erased before that event. */
    private final Map<Integer, String> erasures = new HashMap<>();

    private History(String project, long start, Random random) {
      this.project = project;
      this.start = start;
      this.span = new long[] {2 * DAY, 20 * DAY, 70 * DAY, 300 * DAY}[random.nextInt(4)];
      this.now = start + (long) (span * (0.5 + random.nextDouble()));
      int people = 1 + random.nextInt(6);
      int count = random.nextInt(40);
      for (int i = 0; i < count; i++) {
        if (random.nextInt(12) == 0 && !arrived.isEmpty()) {
          arrived.add(again(arrived.get(random.nextInt(arrived.size())), i));
        } else {
          arrived.add(event(i, people, random));
        }
        if (random.nextInt(25) == 0) {
          erasures.put(i, "u" + random.nextInt(people));
        }
      }
    }

    private NaiveEvent event(int arrival, int people, Random random) {
      long time = start + (long) (random.nextDouble() * span);
      if (random.nextInt(3) == 0) {
        time = time / DAY * DAY + random.nextInt(3) * HOUR / 2; // many of one moment
      }
      Map<String, Object> properties =
          random.nextInt(4) == 0 ? Map.of() : Map.of("plan", PLANS[random.nextInt(PLANS.length)]);
      return new NaiveEvent(
          time,
          NAMES[random.nextInt(NAMES.length)],
          "u" + random.nextInt(people),
          properties,
          "id-" + arrival,
          arrival);
    }

    private static NaiveEvent again(NaiveEvent event, int arrival) {
      return new NaiveEvent(
          event.time(), event.event(), event.user(), event.properties(), event.id(), arrival);
    }

    /** The records of one of several rounds. */
    private List<Event> share(int round, int rounds) {
      List<Event> records = new ArrayList<>();
      for (int i = round * arrived.size() / rounds;
          i < (round + 1) * arrived.size() / rounds;
          i++) {
        long receivedAt = start + 400 * DAY + i;
        String erased = erasures.get(i);
        if (erased != null) {
          records.add(
              new Event(
                  project,
                  Kind.ERASURE,
                  "erasure",
                  erased,
                  "erasure-" + project + "-" + i, // as random ids are: unique in all
                  receivedAt,
                  receivedAt,
                  Properties.NONE));
        }
        records.add(arrived.get(i).recorded(project, receivedAt));
      }
      return records;
    }

    /** What counts in the end. */
    private List<NaiveEvent> counted() {
      List<NaiveEvent> counted = NaiveEvent.distinct(arrived);
      erasures.forEach(
          (place, user) ->
              counted.removeIf(event -> event.user().equals(user) && event.arrival() < place));
      return counted;
    }

    private List<Query<?>> queries(Habits habits, Random random) {
      List<Query<?>> queries = new ArrayList<>();
      Period period = Period.values()[random.nextInt(3)];
      Range range = random.nextInt(4) == 0 ? null : range(period, random);
      NaiveActivity first = activity(random);
      NaiveActivity returning = activity(random);
      for (boolean log : new boolean[] {false, true}) {
        EventMatch one = habits.match(log ? conditional(first, random) : first);
        EventMatch other = habits.match(log ? conditional(returning, random) : returning);
        ZoneId shown = log && random.nextInt(3) == 0 ? ZoneId.of("Asia/Kathmandu") : null;
        String by = log && random.nextBoolean() ? "plan" : null;
        var type = Retention.Type.values()[random.nextInt(2)];
        var mode = Retention.Mode.values()[random.nextInt(2)];
        queries.add(new Retention(project, one, other, period, type, mode, range, by, shown));
        queries.add(new Lifecycle(project, one, period, range, shown));
        if (period != Period.DAY) {
          queries.add(new Stickiness(project, other, period, range, shown));
        }
      }
      return queries;
    }

    private static NaiveActivity activity(Random random) {
      return switch (random.nextInt(4)) {
        case 0 -> NaiveActivity.ANY;
        case 1 -> NaiveActivity.of("nobody did this");
        default -> NaiveActivity.of(NAMES[random.nextInt(NAMES.length)]);
      };
    }

    private static NaiveActivity conditional(NaiveActivity activity, Random random) {
      NaiveCondition condition =
          switch (random.nextInt(4)) {
            case 0 -> NaiveCondition.is("plan", PLANS[0]);
            case 1 -> NaiveCondition.isNot("plan", PLANS[1]);
            default -> ALWAYS;
          };
      return new NaiveActivity(activity.event(), condition);
    }

    private Range range(Period period, Random random) {
      if (random.nextInt(5) == 0) {
        return Range.last(Duration.ofDays(1 + random.nextInt(60)));
      }
      long most = period == Period.DAY ? Math.min(span, 40 * DAY) : span;
      long from = start + (long) ((random.nextDouble() * 1.2 - 0.1) * span);
      return Range.between(from, from + 1 + (long) (random.nextDouble() * most));
    }
  }
}
