package dev.rivulet.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.testkit.redis.RealRedis;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The laws that every view keeps, on a real Redis. A view's test says what the view is, what to ask
 * and, best of all, how a naive recount agrees:
 *
 * <pre>{@code
 * class MyViewIT extends ViewContract {
 *   @Override protected View view() { return new MyView(); }
 *   @Override protected List<Query<?>> queries() { return List.of(new MyQuery("default")); }
 *   @Override protected void agrees(RivuletDriver driver, Recount recount) {
 *     assertEquals(recount.count("view", from(), to()), driver.ask(new MyQuery("default")).total());
 *   }
 * }
 * }</pre>
 *
 * Another seed: {@code -Drivulet.test.seed=7}. Every failure names the seed.
 */
@ExtendWith(RealRedis.Shared.class)
public abstract class ViewContract {
  /** The project of {@link #events}. */
  protected static final String PROJECT = "default";

  private static final long HOUR = 3_600_000;
  private static final int PARTITIONS = 4;

  private final long seed = Long.getLong("rivulet.test.seed", 20_261_122);

  /** Looked up once, since midnight may pass while a test runs. */
  private final long twoDaysAgo =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(2, ChronoUnit.DAYS).toEpochMilli();

  /** The view, new at each call. */
  protected abstract View view();

  /** The views that the questions need, this one among them, new at each call. */
  protected List<View> views() {
    return List.of(view());
  }

  /** Questions whose answers the laws are about. */
  protected abstract List<Query<?>> queries();

  /** Called before anything is appended: the place to define what the queries ask about. */
  protected void opened(RivuletDriver driver) {}

  /** Asserts that the view answers as {@code recount} does. */
  protected void agrees(RivuletDriver driver, Recount recount) {}

  /** What of an answer has to be the same however the events are spread over partitions. */
  protected Object comparable(Object answer) {
    return answer;
  }

  /** Whether the order of arrival is part of what the view tells. */
  protected boolean tellsArrival() {
    return false;
  }

  /**
   * First moment of the events: by default a midnight two days ago, since the store lets old state
   * go by its own clock.
   */
  protected long from() {
    return twoDaysAgo;
  }

  /** First moment after the events. */
  protected long to() {
    return from() + 50 * HOUR;
  }

  /** The clock that the queries see. */
  protected long now() {
    return to();
  }

  protected ZoneId zone() {
    return ZoneOffset.UTC;
  }

  /** Records to fold, in order of arrival: samples where the view folds them, else events. */
  protected List<Event> events(long seed) {
    return foldsSamples()
        ? new SampleTraffic(seed, PROJECT).between(from(), to(), 600)
        : new Traffic(seed, PROJECT, 60).between(from(), to(), 600);
  }

  private boolean foldsSamples() {
    return view().folds(Kind.SAMPLE) || view().folds(Kind.SKETCH);
  }

  @Test
  void fold_sameLogTwice_sameAnswers(RealRedis redis) {
    assertLaw("folding is not deterministic", redis, PARTITIONS, live(events(), 100));
  }

  @Test
  void fold_anySplit_sameAnswers(RealRedis redis) {
    for (int size : new int[] {1, 7, 599}) {
      assertLaw("batches of " + size, redis, PARTITIONS, live(events(), size));
    }
  }

  @Test
  void fold_severalBatchesAtOnce_sameAnswers(RealRedis redis) {
    assertLaw(
        "folded in one go",
        redis,
        PARTITIONS,
        driver -> {
          batches(events(), 20).forEach(driver::append);
          driver.foldAll();
        });
  }

  @Test
  void merge_anyPartitions_equalsTheWhole(RealRedis redis) {
    for (int partitions : new int[] {1, 2, 9}) {
      assertLaw(partitions + " partitions", redis, partitions, live(events(), 100));
    }
  }

  @Test
  void restart_betweenBatches_keepsState(RealRedis redis) {
    assertLaw(
        "restarts",
        redis,
        PARTITIONS,
        driver -> {
          for (List<Event> batch : batches(events(), 50)) {
            driver.append(batch);
            driver.foldAll();
            driver.restart();
          }
        });
  }

  @Test
  void rebuild_fromTheLog_equalsLive(RealRedis redis) {
    assertLaw(
        "rebuild",
        redis,
        PARTITIONS,
        driver -> {
          List<List<Event>> batches = batches(withRetries(events()), 50);
          for (int i = 0; i < batches.size(); i++) {
            driver.append(batches.get(i));
            driver.foldAll();
            if (i == batches.size() / 2) {
              driver.rebuild(view().name());
            }
          }
          driver.rebuild(view().name());
        });
  }

  @Test
  void rebuild_dyingAtEveryPoint_equalsLive(RealRedis redis) {
    everyPoint(
        redis,
        (driver, few, plan) -> {
          live(few, 20).accept(driver);
          driver.crashing(plan);
          driver.rebuild(view().name());
        });
  }

  @Test
  void fold_shuffledArrival_sameAnswers(RealRedis redis) {
    Assumptions.assumeFalse(tellsArrival(), "order of arrival is part of the answer");
    for (int round = 0; round < 3; round++) {
      List<Event> shuffled = new ArrayList<>(events());
      Collections.shuffle(shuffled, new Random(seed + round));
      assertLaw("shuffled arrival " + round, redis, PARTITIONS, live(shuffled, 40));
    }
  }

  @Test
  void fold_recordsThatItDoesNotFold_changeNothing(RealRedis redis) {
    List<Event> others =
        foldsSamples()
            ? new Traffic(seed, PROJECT, 60).between(from(), to(), 200)
            : new SampleTraffic(seed, PROJECT).between(from(), to(), 200);
    List<Event> mixed = new ArrayList<>(events());
    for (int i = 0; i < others.size(); i++) {
      mixed.add(i * (mixed.size() - i) / others.size() + i, others.get(i));
    }
    assertLaw("other records in between", redis, PARTITIONS, live(mixed, 40));
  }

  @Test
  void fold_retriedEvents_countOnce(RealRedis redis) {
    assertLaw(
        "retries",
        redis,
        PARTITIONS,
        driver -> {
          List<Event> all = withRetries(events());
          live(all, 40).accept(driver);
          assertEquals(all.size() - events().size(), driver.duplicates(), "seed " + seed);
        });
  }

  @Test
  void crash_atEveryPoint_sameAnswers(RealRedis redis) {
    everyPoint(
        redis,
        (driver, few, plan) -> {
          driver.crashing(plan);
          live(few, 20).accept(driver);
        });
  }

  @Test
  void crash_againAndAgain_sameAnswers(RealRedis redis) {
    for (int round = 0; round < 3; round++) {
      CrashPlan plan = CrashPlan.seeded(seed + round, 0.1);
      assertLaw(
          "crashes " + round,
          redis,
          PARTITIONS,
          driver -> {
            driver.crashing(plan);
            live(withRetries(events()), 60).accept(driver);
            driver.crashing(CrashPlan.never());
          });
      assertTrue(plan.crashes() > 0, "nothing crashed, seed " + seed);
    }
  }

  /** Dies at the first point of {@code run}, then at the second, and so on to the last. */
  private void everyPoint(RealRedis redis, DyingRun run) {
    List<Event> few = events().subList(0, 60);
    List<Object> expected = answers(redis, 1, few, live(few, 20));
    int point = 0;
    CrashPlan plan;
    do {
      plan = CrashPlan.at(point);
      CrashPlan dying = plan;
      List<Object> found =
          answers(
              redis,
              1,
              few,
              driver -> {
                run.accept(driver, few, dying);
                driver.crashing(CrashPlan.never());
              });
      assertEquals(expected, found, "crash at point " + point + ", seed " + seed);
      point++;
    } while (plan.crashes() > 0);
    assertTrue(point > 12, "only " + point + " points were passed");
  }

  private interface DyingRun {
    void accept(RivuletDriver driver, List<Event> few, CrashPlan plan);
  }

  /** Folds batch by batch as events come in. */
  private static Consumer<RivuletDriver> live(List<Event> events, int size) {
    return driver -> {
      for (List<Event> batch : batches(events, size)) {
        driver.append(batch);
        driver.foldAll();
      }
    };
  }

  private void assertLaw(String law, RealRedis redis, int partitions, Consumer<RivuletDriver> run) {
    List<Object> expected = answers(redis, PARTITIONS, events(), live(events(), 100));
    List<Object> found = answers(redis, partitions, events(), run);
    assertEquals(expected, found, law + ", seed " + seed);
  }

  private List<Object> answers(
      RealRedis redis, int partitions, List<Event> arrived, Consumer<RivuletDriver> run) {
    redis.flush();
    try (var driver = RivuletDriver.open(redis.address(), partitions, zone(), views())) {
      driver.at(now());
      opened(driver);
      driver.fillAll();
      run.accept(driver);
      assertEquals(driver.appended(), driver.folded(), "appended = folded, seed " + seed);
      assertEquals(0, driver.poisoned(), "records that cannot be folded, seed " + seed);
      try {
        agrees(driver, new Recount(PROJECT, arrived));
      } catch (AssertionError e) {
        throw new AssertionError("the recount differs, seed " + seed + ": " + e.getMessage(), e);
      }
      List<Object> answers = new ArrayList<>();
      queries().forEach(query -> answers.add(comparable(driver.ask(query))));
      return answers;
    }
  }

  private List<Event> events() {
    return events(seed);
  }

  private List<Event> withRetries(List<Event> events) {
    return Retries.among(events, seed);
  }

  private static List<List<Event>> batches(List<Event> events, int size) {
    List<List<Event>> batches = new ArrayList<>();
    for (int i = 0; i < events.size(); i += size) {
      batches.add(events.subList(i, Math.min(i + size, events.size())));
    }
    return batches;
  }
}
