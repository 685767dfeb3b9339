package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaiveDefinition.Count;
import dev.rivulet.testkit.naive.NaiveDefinition.Order;
import dev.rivulet.testkit.naive.NaivePeriod.Span;
import dev.rivulet.testkit.naive.NaiveReport.Counted;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A funnel over a plain list of events: all attempts of every person, and of those that began in
 * the range the one that counts. The cost grows with the ways to take a person's events: for tens
 * of events a person and a handful of one moment.
 */
public final class NaiveFunnel {
  private final NaiveDefinition funnel;

  /** The attempts of each unit that is counted, a person or a person's session. */
  private final List<Unit> units = new ArrayList<>();

  /** A funnel over what arrived; of events with one id the first counts. */
  public NaiveFunnel(NaiveDefinition funnel, List<NaiveEvent> arrived) {
    if (funnel.order() == Order.ANY && funnel.count() == Count.ENTRIES) {
      throw new IllegalArgumentException("in any order there are no entries to count");
    }
    this.funnel = funnel;
    NaiveEvent.byPerson(arrived)
        .forEach(
            (user, events) -> {
              if (funnel.count() == Count.SESSIONS) {
                for (List<NaiveEvent> session : NaiveSessions.split(events)) {
                  units.add(new Unit(user, attempts(session)));
                }
              } else {
                units.add(new Unit(user, attempts(events)));
              }
            });
  }

  /** Of the attempts that began from {@code from} on and before {@code to}. */
  public NaiveReport report(long from, long to) {
    List<Counted> counted = new ArrayList<>();
    for (Unit unit : units) {
      List<NaiveAttempt> begun =
          unit.attempts.stream()
              .filter(attempt -> from <= attempt.entry() && attempt.entry() < to)
              .toList();
      List<NaiveAttempt> candidates =
          funnel.count() == Count.ENTRIES
              ? begun
              : begun.stream().min(preference()).stream().toList();
      for (NaiveAttempt candidate : candidates) {
        if (!candidate.tainted()) {
          counted.add(new Counted(unit.user, candidate));
        }
      }
    }
    return new NaiveReport(funnel, counted);
  }

  /** A report of each period of the range, by its start; who has entries in two counts in both. */
  public Map<Long, NaiveReport> series(long from, long to, NaivePeriod step, ZoneId zone) {
    Map<Long, NaiveReport> series = new TreeMap<>();
    for (Span bucket : step.cutting(from, to, zone)) {
      series.put(bucket.start(), report(bucket.start(), bucket.end()));
    }
    return series;
  }

  /** The range's report cut by a property of the event an attempt begins with; null is absent. */
  public Map<@Nullable Object, NaiveReport> groups(long from, long to, String property) {
    Map<@Nullable Object, List<Counted>> counted = new LinkedHashMap<>();
    for (Counted each : report(from, to).counted()) {
      Object value = each.attempt().first().properties().get(property);
      counted.computeIfAbsent(value, group -> new ArrayList<>()).add(each);
    }
    Map<@Nullable Object, NaiveReport> groups = new LinkedHashMap<>();
    counted.forEach((value, group) -> groups.put(value, new NaiveReport(funnel, group)));
    return groups;
  }

  private List<NaiveAttempt> attempts(List<NaiveEvent> events) {
    return switch (funnel.order()) {
      case ORDERED -> OrderedAttempts.of(funnel, events);
      case STRICT -> StrictAttempts.of(funnel, events);
      case ANY -> AnySets.of(funnel, events);
    };
  }

  private Comparator<NaiveAttempt> preference() {
    return funnel.order() == Order.ANY ? NaiveAttempt.PREFERRED_SET : NaiveAttempt.PREFERRED;
  }

  private record Unit(String user, List<NaiveAttempt> attempts) {}
}
