package dev.rivulet.views.uniques;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many people did something, over a range and per step of it. Sets are kept per hour of the
 * project's zone, so the range is widened outwards to whole hours and a finer step becomes an hour;
 * the answer says so. Whole hours and days are answered from stored sizes, anything else by the
 * union of the hours' sets: 4 bytes read per person and hour.
 *
 * @param event the event, or null for any event
 * @param step the series' step; null for one that fits the range
 * @param zone the zone of the series' days; null for the project's. It must differ from the
 *     project's by whole hours
 */
public record UniquePeople(
    String project, @Nullable String event, Range range, @Nullable Step step, @Nullable ZoneId zone)
    implements Query<UniquePeople.Answer> {

  /**
   * @throws IllegalArgumentException when the range is longer than 800 days or touches more than 64
   *     million people and hours, or when a bucket of {@code zone} begins inside an hour of the
   *     project's zone
   */
  @Override
  public Answer answer(Asking asking) {
    return new UniquesReport(this, asking).answer();
  }

  /**
   * People of the range.
   *
   * @param event the event, absent for any
   * @param from start of the range, widened to a whole hour
   * @param to end of the range, likewise
   * @param step step of the series, at least an hour
   * @param timezone zone of days, weeks and months
   * @param total different people in the whole range
   * @param series people per step
   * @param exact true: sets are exact; false when people of this event may be counted with {@link
   *     dev.rivulet.event.Limits#OTHER} instead
   */
  public record Answer(
      @JsonInclude(Include.NON_NULL) @Nullable String event,
      String from,
      String to,
      String step,
      String timezone,
      long total,
      List<Point> series,
      boolean exact) {}

  /**
   * One bucket.
   *
   * @param time its start
   * @param uniques different people inside; null in the future and before the project's first data
   * @param partial true when it is not over yet, else absent
   */
  public record Point(
      String time,
      @JsonInclude(Include.ALWAYS) @Nullable Long uniques,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}
}
