package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many events, as a total and as a series. Exact, but for a name that came after the most a
 * partition tells apart: that one's counts are too low, and {@link ThoroughCount} has the rest from
 * the log. Ranges are widened outwards to whole minutes where these are kept, else to whole
 * quarter-hours.
 *
 * @param event the name, or null for all events together
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 */
public record EventCount(
    String project, @Nullable String event, Range range, @Nullable Step step, @Nullable ZoneId zone)
    implements Query<EventCount.Answer> {
  /**
   * The counts.
   *
   * @param from first moment counted, ISO-8601
   * @param to first moment after
   * @param step width of a bucket
   * @param timezone zone of days, weeks and months
   * @param exact false when events of this name may be counted as {@link Limits#OTHER} instead
   */
  public record Answer(
      @Nullable String event,
      String from,
      String to,
      String step,
      String timezone,
      long total,
      List<CountPoint> series,
      boolean exact) {}

  @Override
  public Answer answer(Asking asking) {
    TimeRange asked = range.at(asking.now());
    Step width = step == null ? Step.fitting(asked) : step;
    boolean minutesKept = asked.from() >= asking.now() - CountsLayout.MINUTES.keptMillis;
    var minutes = new CountsRead(project, subject(), CountsLayout.MINUTES);
    if ((minutesKept || width == Step.MINUTE) && asked.millis() <= CountsRead.MOST_MINUTES_RANGE) {
      TimeRange whole = asked.widened(Step.MINUTE, zone(asking));
      if (minutes.read(asking, whole)) {
        return answer(asking, whole, width, minutes);
      }
    }
    TimeRange whole = asked.widened(Step.QUARTER, zone(asking));
    var quarters = new CountsRead(project, subject(), CountsLayout.QUARTERS);
    quarters.read(asking, whole);
    return answer(asking, whole, width == Step.MINUTE ? Step.QUARTER : width, quarters);
  }

  private Answer answer(Asking asking, TimeRange whole, Step width, CountsRead read) {
    ZoneId zone = zone(asking);
    Buckets buckets = Buckets.of(whole, width, zone);
    long[] counts = read.sums(buckets);
    long total = 0;
    List<CountPoint> series = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      total += counts[i];
      boolean noData =
          counts[i] == 0
              && (buckets.end(i) <= read.firstOfProject() || buckets.start(i) > asking.now());
      Boolean partial = buckets.end(i) > asking.now() ? Boolean.TRUE : null;
      series.add(
          new CountPoint(Times.iso(buckets.start(i)), noData ? null : (Long) counts[i], partial));
    }
    return new Answer(
        event,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        zone.getId(),
        total,
        series,
        !read.mayBeInOther());
  }

  private String subject() {
    return event == null ? Limits.EVERY : event;
  }

  private ZoneId zone(Asking asking) {
    return zone == null ? asking.zone() : zone;
  }
}
