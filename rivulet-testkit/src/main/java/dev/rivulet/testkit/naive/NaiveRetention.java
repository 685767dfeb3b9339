package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaivePeriod.Span;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who comes back, over a plain list of events. The range is widened outwards to whole periods;
 * nothing after its last period, or after the period of {@code now}, is looked at.
 *
 * @param first what makes somebody part of a cohort
 * @param returning what counts as coming back
 * @param period days, weeks or months
 * @param recurring whether one is of the cohort of every period in which one did {@code first}, not
 *     of the very first only
 * @param onOrAfter whether coming back later than in a period counts for it too
 * @param zone whose days
 */
public record NaiveRetention(
    NaiveActivity first,
    NaiveActivity returning,
    NaivePeriod period,
    boolean recurring,
    boolean onOrAfter,
    ZoneId zone) {

  /**
   * The people of one period.
   *
   * @param start of the period, in epoch milliseconds
   * @param size how many
   * @param returned how many came back in period 1, 2, … after it
   * @param partial whether the period is unfinished
   * @param partialPeriods the numbers of the unfinished periods after it
   */
  public record Cohort(
      long start,
      int size,
      List<Integer> returned,
      boolean partial,
      List<Integer> partialPeriods) {}

  /**
   * @param cohorts one for each period of the range, empty ones too
   * @param mean per period 1, 2, … the share of all people who came back, of the cohorts for which
   *     that period is finished; null where these have no people
   */
  public record Report(List<Cohort> cohorts, List<@Nullable Double> mean) {}

  /** The cohorts of the range. */
  public Report report(List<NaiveEvent> arrived, long from, long to, long now) {
    return cohorts(members(NaiveEvent.byPerson(arrived), periods(from, to, now)), from, to, now);
  }

  /**
   * The report of each value of a property of the event by which somebody is part of a cohort: the
   * first of the period. Null is absent.
   */
  public Map<@Nullable Object, Report> groups(
      List<NaiveEvent> arrived, String property, long from, long to, long now) {
    Map<@Nullable Object, List<Member>> groups = new HashMap<>();
    for (Member member : members(NaiveEvent.byPerson(arrived), periods(from, to, now))) {
      Object value = member.by.properties().get(property);
      groups.computeIfAbsent(value, group -> new ArrayList<>()).add(member);
    }
    Map<@Nullable Object, Report> reports = new HashMap<>();
    groups.forEach((value, members) -> reports.put(value, cohorts(members, from, to, now)));
    return reports;
  }

  /** Somebody's part in the cohort {@code cohort}, by the event {@code by}. */
  private record Member(int cohort, NaiveEvent by, List<NaiveEvent> returns) {}

  private List<Span> periods(long from, long to, long now) {
    return period.covering(from, to, zone).stream().filter(span -> span.start() <= now).toList();
  }

  private List<Member> members(Map<String, List<NaiveEvent>> people, List<Span> periods) {
    List<Member> members = new ArrayList<>();
    for (List<NaiveEvent> events : people.values()) {
      List<NaiveEvent> firsts = first.among(events);
      List<NaiveEvent> returns = returning.among(events);
      for (int cohort = 0; cohort < periods.size(); cohort++) {
        Span span = periods.get(cohort);
        List<NaiveEvent> eligible = recurring || firsts.isEmpty() ? firsts : List.of(firsts.get(0));
        Optional<NaiveEvent> by =
            eligible.stream().filter(event -> span.holds(event.time())).findFirst();
        if (by.isPresent()) {
          members.add(new Member(cohort, by.get(), returns));
        }
      }
    }
    return members;
  }

  private Report cohorts(List<Member> members, long from, long to, long now) {
    List<Span> periods = periods(from, to, now);
    List<Cohort> cohorts = new ArrayList<>();
    for (int cohort = 0; cohort < periods.size(); cohort++) {
      int number = cohort;
      List<Member> own = members.stream().filter(member -> member.cohort == number).toList();
      List<Integer> returned = new ArrayList<>();
      List<Integer> partial = new ArrayList<>();
      for (int after = 1; cohort + after < periods.size(); after++) {
        Span wanted = periods.get(cohort + after);
        Span last = onOrAfter ? periods.get(periods.size() - 1) : wanted;
        Span counted = new Span(wanted.start(), last.end());
        returned.add((int) own.stream().filter(member -> returnedIn(member, counted)).count());
        if (wanted.end() > now) {
          partial.add(after);
        }
      }
      Span span = periods.get(cohort);
      cohorts.add(new Cohort(span.start(), own.size(), returned, span.end() > now, partial));
    }
    return new Report(cohorts, mean(cohorts));
  }

  private static boolean returnedIn(Member member, Span span) {
    return member.returns.stream().anyMatch(event -> span.holds(event.time()));
  }

  private static List<@Nullable Double> mean(List<Cohort> cohorts) {
    List<@Nullable Double> mean = new ArrayList<>();
    for (int after = 1; after < cohorts.size(); after++) {
      long returned = 0;
      long size = 0;
      for (Cohort cohort : cohorts) {
        if (cohort.returned.size() >= after && !cohort.partialPeriods.contains(after)) {
          returned += cohort.returned.get(after - 1);
          size += cohort.size;
        }
      }
      mean.add(size == 0 ? null : returned / (double) size);
    }
    return mean;
  }
}
