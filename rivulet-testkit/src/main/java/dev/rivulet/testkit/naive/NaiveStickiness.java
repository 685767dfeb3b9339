package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaivePeriod.Span;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** On how many days of a week or month people are active, over a plain list of events. */
public final class NaiveStickiness {
  private NaiveStickiness() {}

  /**
   * One week or month.
   *
   * @param start in epoch milliseconds
   * @param people active on a day or more
   * @param days how many were active on 1 day, 2 days, … up to all days of it
   * @param partial whether it is unfinished
   */
  public record Interval(long start, int people, List<Integer> days, boolean partial) {}

  /** Of the whole periods that overlap the range and have begun by {@code now}. */
  public static List<Interval> report(
      List<NaiveEvent> arrived,
      NaiveActivity activity,
      NaivePeriod period,
      ZoneId zone,
      long from,
      long to,
      long now) {
    List<Interval> intervals = new ArrayList<>();
    for (Span span : period.covering(from, to, zone)) {
      if (span.start() > now) {
        continue;
      }
      List<Span> days = NaivePeriod.DAY.covering(span.start(), span.end(), zone);
      int people = 0;
      Integer[] onSoMany = days.stream().map(day -> 0).toArray(Integer[]::new);
      for (List<NaiveEvent> events : NaiveEvent.byPerson(arrived).values()) {
        List<NaiveEvent> active = activity.among(events);
        int count =
            (int)
                days.stream()
                    .filter(day -> active.stream().anyMatch(event -> day.holds(event.time())))
                    .count();
        if (count > 0) {
          people++;
          onSoMany[count - 1]++;
        }
      }
      intervals.add(new Interval(span.start(), people, List.of(onSoMany), span.end() > now));
    }
    return intervals;
  }
}
