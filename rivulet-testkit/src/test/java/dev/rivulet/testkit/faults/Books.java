package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.Rivulet;
import dev.rivulet.Status;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.Recount;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.views.breakdowns.EventCountBy;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.uniques.UniquePeople;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Audits the answers of Rivulet against a plain list of events. */
final class Books {
  private static final long HOUR = 60L * 60 * 1000;

  private Books() {}

  /** The range that holds what {@link Visitors} draw until {@code end}. */
  static Range range(long end) {
    return Range.between(from(end), end + HOUR);
  }

  static EventCount total(@Nullable String name, long end) {
    return new EventCount(Project.DEFAULT, name, range(end), Step.HOUR, null);
  }

  static EventCountBy byPlan(String name, long end) {
    return new EventCountBy(Project.DEFAULT, name, Visitors.PLAN, range(end), Step.HOUR, null, 100);
  }

  /** Waits until everything appended is folded and no view is being filled. */
  static Status settled(Rivulet rivulet) {
    var last = new Status[1];
    Patience.until(
        "everything is folded",
        () -> {
          last[0] = rivulet.status();
          assertAddUp(last[0]);
          return last[0].pending() == 0 && last[0].filling().isEmpty();
        });
    return last[0];
  }

  /** The identities that hold at every moment. */
  static void assertAddUp(Status status) {
    assertEquals(status.appended(), status.folded() + status.pending(), "appended");
    assertTrue(status.pending() >= 0, () -> "pending of " + status);
    long rejected = status.rejected().values().stream().mapToLong(Long::longValue).sum();
    assertEquals(status.received(), status.accepted() + status.duplicates() + rejected, "received");
  }

  /** Recounts every number over {@code truth}, once all is folded. */
  static void assertExact(Rivulet rivulet, List<Event> truth, long end) {
    Status status = settled(rivulet);
    assertEquals(0, status.poisonous(), "poisonous");
    assertEquals(truth.size(), status.accepted(), () -> "accepted, of " + status);
    assertAnswers(rivulet, truth, end);
  }

  /** Recounts every number over {@code truth}. */
  static void assertAnswers(Rivulet rivulet, List<Event> truth, long end) {
    var recount = new Recount(Project.DEFAULT, truth);
    List<@Nullable String> names = new ArrayList<>(Visitors.NAMES);
    names.add(null);
    for (String name : names) {
      counts(rivulet, recount, name, end);
      uniques(rivulet, recount, name, end);
      if (name != null) {
        breakdown(rivulet, recount, name, end);
      }
    }
  }

  private static void counts(Rivulet rivulet, Recount recount, @Nullable String name, long end) {
    var answer = rivulet.ask(total(name, end));
    assertEquals(recount.count(name, from(end), end + HOUR), answer.total(), "count of " + name);
    answer
        .series()
        .forEach(
            point -> {
              long start = Instant.parse(point.time()).toEpochMilli();
              long counted = point.count() == null ? 0 : point.count();
              assertEquals(
                  recount.count(name, start, start + HOUR),
                  counted,
                  () -> "count of " + name + " at " + point.time());
            });
  }

  private static void uniques(Rivulet rivulet, Recount recount, @Nullable String name, long end) {
    var answer = rivulet.ask(new UniquePeople(Project.DEFAULT, name, range(end), Step.HOUR, null));
    assertEquals(
        recount.uniques(name, from(end), end + HOUR), answer.total(), "uniques of " + name);
    answer
        .series()
        .forEach(
            point -> {
              long start = Instant.parse(point.time()).toEpochMilli();
              long people = point.uniques() == null ? 0 : point.uniques();
              assertEquals(
                  recount.uniques(name, start, start + HOUR),
                  people,
                  () -> "uniques of " + name + " at " + point.time());
            });
  }

  private static void breakdown(Rivulet rivulet, Recount recount, String name, long end) {
    var answer = rivulet.ask(byPlan(name, end));
    assertAddsUp(answer);
    assertEquals(0, answer.other(), "other");
    Map<Object, Long> groups = new HashMap<>();
    answer
        .groups()
        .forEach(
            group -> {
              if (group.value() != null) {
                groups.put(group.value(), group.total());
              }
            });
    assertEquals(
        recount.values(name, Visitors.PLAN, from(end), end + HOUR), groups, "plans of " + name);
    assertEquals(recount.count(name, from(end), end + HOUR), answer.total(), "total of plans");
  }

  /** Sum of a breakdown plus other equals its total, at every moment. */
  static void assertAddsUp(EventCountBy.Answer answer) {
    long sum = answer.groups().stream().mapToLong(EventCountBy.Group::total).sum();
    assertEquals(answer.total(), sum + answer.other(), "groups and other");
    assertTrue(answer.other() >= 0, () -> "other of " + answer);
  }

  /** Whole hours, so that nothing before is counted in. */
  private static long from(long end) {
    return Math.floorDiv(Visitors.start(end), HOUR) * HOUR;
  }
}
