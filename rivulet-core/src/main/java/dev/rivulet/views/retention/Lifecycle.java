package dev.rivulet.views.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * Where the people of each period come from, and whom it lost. Exact; answered from stored sets or
 * from the log as {@link Retention} is.
 *
 * @param active what makes somebody active
 * @param range widened outwards to whole periods; null takes 14 days, 12 weeks or 12 months
 * @param zone whose days; null takes the project's
 */
public record Lifecycle(
    String project, EventMatch active, Period period, @Nullable Range range, @Nullable ZoneId zone)
    implements Query<Lifecycle.Answer> {
  /**
   * The series.
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
      List<Point> series,
      boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable String completeFrom) {}

  /**
   * One period. The first three add up to the people who were active in it; all four are null
   * before the project's first event.
   *
   * @param time its start, ISO-8601
   * @param fresh active for the first time ever
   * @param returning active in the period before too
   * @param resurrecting active before, but not in the period before
   * @param dormant active in the period before, not in this one
   * @param partial true while it is unfinished, else absent
   */
  public record Point(
      String time,
      @JsonProperty("new") @Nullable Long fresh,
      @Nullable Long returning,
      @Nullable Long resurrecting,
      @Nullable Long dormant,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  /**
   * @throws IllegalArgumentException when the range has more than 400 periods, or more of the log
   *     has to be read than one question may
   */
  @Override
  public Answer answer(Asking asking) {
    Periods shown = Periods.of(range, period, zone == null ? asking.zone() : zone, asking.now());
    Periods periods = shown.withOneBefore();
    long[][] sums = new long[shown.count()][4];
    People people =
        People.of(asking, project, List.of(active), periods, true, part -> add(part.get(0), sums));
    List<Point> series = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      boolean told = shown.end(i) > people.earliest();
      series.add(
          new Point(
              Times.iso(shown.start(i)),
              told ? sums[i][0] : null,
              told ? sums[i][1] : null,
              told ? sums[i][2] : null,
              told ? sums[i][3] : null,
              shown.isFinished(i) ? null : Boolean.TRUE));
    }
    return new Answer(
        active.event(),
        period.word(),
        Times.iso(shown.start()),
        Times.iso(shown.end()),
        shown.zone().getId(),
        series,
        people.reachesBackTo(0),
        people.completeFrom(0));
  }

  private static void add(PeopleByPeriod people, long[][] sums) {
    RoaringBitmap ever = people.before().clone();
    for (int i = 0; i < sums.length; i++) {
      RoaringBitmap previous = people.in().get(i);
      RoaringBitmap here = people.in().get(i + 1);
      ever.or(previous);
      long all = here.getLongCardinality();
      long known = RoaringBitmap.andCardinality(here, ever);
      long returning = RoaringBitmap.andCardinality(here, previous);
      sums[i][0] += all - known;
      sums[i][1] += returning;
      sums[i][2] += known - returning;
      sums[i][3] += previous.getLongCardinality() - returning;
    }
  }
}
