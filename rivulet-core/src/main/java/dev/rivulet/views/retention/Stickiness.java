package dev.rivulet.views.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Range;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * On how many days of a week or month people are active: how many of them on exactly one day, on
 * two, and so on. Exact; answered from stored sets or from the log as {@link Retention} is.
 *
 * @param active what makes somebody active
 * @param period {@link Period#WEEK} or {@link Period#MONTH}
 * @param range widened outwards to whole periods; null takes 12 weeks or 12 months
 * @param zone whose days; null takes the project's
 */
public record Stickiness(
    String project, EventMatch active, Period period, @Nullable Range range, @Nullable ZoneId zone)
    implements Query<Stickiness.Answer> {
  /** Days of one question: two years. */
  private static final int MOST_DAYS = 750;

  public Stickiness {
    if (period == Period.DAY) {
      throw new IllegalArgumentException("period 'day' is not one of week, month");
    }
  }

  /**
   * The weeks or months.
   *
   * @param event the event, null for any
   * @param exact whether nothing is missing
   * @param completeFrom when something is: since when the log has everything, ISO-8601
   */
  public record Answer(
      @Nullable String event,
      String period,
      String from,
      String to,
      String timezone,
      List<Interval> intervals,
      boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable String completeFrom) {}

  /**
   * One week or month.
   *
   * @param start its start, ISO-8601
   * @param people active on a day or more; null before the project's first event
   * @param days how many were active on exactly 1 day, 2 days, … all days of it; null likewise
   * @param partial true while it is unfinished, else absent
   */
  public record Interval(
      String start,
      @Nullable Long people,
      @Nullable List<Long> days,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  /**
   * @throws IllegalArgumentException when the range has more than 750 days, or more of the log has
   *     to be read than one question may
   */
  @Override
  public Answer answer(Asking asking) {
    Periods intervals =
        Periods.of(range, period, zone == null ? asking.zone() : zone, asking.now());
    Periods days = intervals.days();
    if (days.count() > MOST_DAYS) {
      throw new IllegalArgumentException(
          "the range has "
              + days.count()
              + " days, more than the "
              + MOST_DAYS
              + " that are looked at: take a shorter range");
    }
    long[][] counts = new long[intervals.count()][];
    int[] firstDay = new int[intervals.count() + 1];
    for (int i = 0; i < intervals.count(); i++) {
      firstDay[i] = days.indexOf(intervals.start(i));
    }
    firstDay[intervals.count()] = days.count();
    for (int i = 0; i < intervals.count(); i++) {
      counts[i] = new long[firstDay[i + 1] - firstDay[i]];
    }
    People people =
        People.of(
            asking,
            project,
            List.of(active),
            days,
            false,
            part -> {
              for (int i = 0; i < intervals.count(); i++) {
                count(part.get(0).in().subList(firstDay[i], firstDay[i + 1]), counts[i]);
              }
            });
    return new Answer(
        active.event(),
        period.word(),
        Times.iso(intervals.start()),
        Times.iso(intervals.end()),
        intervals.zone().getId(),
        intervals(intervals, counts, people.earliest()),
        people.reachesBackTo(intervals.start()),
        people.completeFrom(intervals.start()));
  }

  /**
   * Counts for each person the days that have them, in binary: bit {@code b} of the counts of all
   * people is one set, and a day is added by carrying from set to set.
   */
  private static void count(List<RoaringBitmap> days, long[] counts) {
    List<RoaringBitmap> bits = new ArrayList<>();
    for (RoaringBitmap day : days) {
      RoaringBitmap carry = day;
      for (int bit = 0; !carry.isEmpty(); bit++) {
        if (bit == bits.size()) {
          bits.add(new RoaringBitmap());
        }
        RoaringBitmap sum = bits.get(bit);
        RoaringBitmap next = RoaringBitmap.and(sum, carry);
        sum.xor(carry);
        carry = next;
      }
    }
    for (int number = 1; number <= counts.length; number++) {
      counts[number - 1] += exactly(number, bits);
    }
  }

  private static long exactly(int number, List<RoaringBitmap> bits) {
    if (number >= 1 << bits.size()) {
      return 0;
    }
    RoaringBitmap people = null;
    for (int bit = 0; bit < bits.size(); bit++) {
      if ((number & 1 << bit) != 0) {
        people = people == null ? bits.get(bit).clone() : RoaringBitmap.and(people, bits.get(bit));
      }
    }
    if (people == null) {
      return 0;
    }
    for (int bit = 0; bit < bits.size(); bit++) {
      if ((number & 1 << bit) == 0) {
        people.andNot(bits.get(bit));
      }
    }
    return people.getLongCardinality();
  }

  private static List<Interval> intervals(Periods periods, long[][] counts, long earliest) {
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      boolean told = periods.end(i) > earliest;
      long people = 0;
      List<Long> days = new ArrayList<>();
      for (long count : counts[i]) {
        people += count;
        days.add(count);
      }
      intervals.add(
          new Interval(
              Times.iso(periods.start(i)),
              told ? people : null,
              told ? days : null,
              periods.isFinished(i) ? null : Boolean.TRUE));
    }
    return intervals;
  }
}
