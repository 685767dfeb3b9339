package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaivePeriod.Span;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Who is new, stays, comes back or goes, over a plain list of events. */
public final class NaiveLifecycle {
  private NaiveLifecycle() {}

  /**
   * One period.
   *
   * @param time its start, in epoch milliseconds
   * @param fresh active for the first time ever ({@code new} in the API)
   * @param returning active, and in the period before
   * @param resurrecting active, not in the period before, and not for the first time
   * @param dormant not active, but in the period before
   * @param partial whether it is unfinished
   */
  public record Bucket(
      long time, int fresh, int returning, int resurrecting, int dormant, boolean partial) {}

  /** Of the whole periods that overlap the range and have begun by {@code now}. */
  public static List<Bucket> report(
      List<NaiveEvent> arrived,
      NaiveActivity activity,
      NaivePeriod period,
      ZoneId zone,
      long from,
      long to,
      long now) {
    List<Bucket> buckets = new ArrayList<>();
    for (Span span : period.covering(from, to, zone)) {
      if (span.start() > now) {
        continue;
      }
      Span previous = period.around(span.start() - 1, zone);
      int fresh = 0;
      int returning = 0;
      int resurrecting = 0;
      int dormant = 0;
      for (List<NaiveEvent> events : NaiveEvent.byPerson(arrived).values()) {
        List<NaiveEvent> active = activity.among(events);
        boolean here = active.stream().anyMatch(event -> span.holds(event.time()));
        boolean before = active.stream().anyMatch(event -> previous.holds(event.time()));
        boolean ever = active.stream().anyMatch(event -> event.time() < span.start());
        if (here && !ever) {
          fresh++;
        } else if (here && before) {
          returning++;
        } else if (here) {
          resurrecting++;
        } else if (before) {
          dormant++;
        }
      }
      buckets.add(
          new Bucket(span.start(), fresh, returning, resurrecting, dormant, span.end() > now));
    }
    return buckets;
  }
}
