package dev.rivulet.views.counts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Filter;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many events pass a filter, as a total and as a series. Counted from the log itself, so it is
 * exact as far back as the log goes. The range is not widened, except to whole minutes.
 *
 * @param event the name, or null for all events
 * @param where what their properties must be
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 */
public record FilteredCount(
    String project,
    @Nullable String event,
    Filter where,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone)
    implements Query<FilteredCount.Answer> {
  /**
   * The counts.
   *
   * @param completeSince where the log no longer reaches back to the start of the range: since when
   *     it is complete, ISO-8601
   * @param exact whether the log reaches back that far
   */
  public record Answer(
      @Nullable String event,
      String from,
      String to,
      String step,
      String timezone,
      long total,
      List<CountPoint> series,
      boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable String completeSince) {}

  @Override
  public Answer answer(Asking asking) {
    ZoneId days = zone == null ? asking.zone() : zone;
    TimeRange whole = range.at(asking.now()).widened(Step.MINUTE, days);
    Step width = step == null ? Step.fitting(whole) : step;
    Buckets buckets = Buckets.of(whole, width, days);
    long[] counts = new long[buckets.count()];
    long[] first = {Long.MAX_VALUE};
    long completeSince =
        asking.scan(
            whole.from(),
            found -> {
              if (found.project().equals(project) && found.kind() == Kind.EVENT) {
                first[0] = Math.min(first[0], found.occurredAt());
                int bucket = buckets.indexOf(found.occurredAt());
                if (bucket >= 0 && passes(found)) {
                  counts[bucket]++;
                }
              }
            });
    boolean exact = completeSince <= whole.from();
    return new Answer(
        event,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        days.getId(),
        java.util.Arrays.stream(counts).sum(),
        series(counts, buckets, exact ? first[0] : completeSince, asking.now()),
        exact,
        exact ? null : Times.iso(completeSince));
  }

  private boolean passes(Event found) {
    return (event == null || event.equals(found.name())) && where.test(found.properties());
  }

  private static List<CountPoint> series(long[] counts, Buckets buckets, long first, long now) {
    List<CountPoint> series = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      boolean noData = counts[i] == 0 && (buckets.end(i) <= first || buckets.start(i) > now);
      Boolean partial = buckets.end(i) > now ? Boolean.TRUE : null;
      series.add(
          new CountPoint(Times.iso(buckets.start(i)), noData ? null : (Long) counts[i], partial));
    }
    return series;
  }
}
