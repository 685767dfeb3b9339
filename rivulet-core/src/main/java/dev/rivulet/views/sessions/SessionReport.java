package dev.rivulet.views.sessions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Distribution;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that began in a range: how many, how long, how many of one event, where they began and
 * ended. Counts are exact; percentiles are while no more than 512 different durations are among
 * them, past that off by at most 1 %. The range is widened outwards to whole quarter-hours.
 *
 * @param step width of a bucket; null takes one that fits the range; minutes become quarter-hours
 * @param zone zone of days, weeks and months; null takes the project's
 * @param limit entry and exit pages listed, at least 1
 */
public record SessionReport(
    String project, Range range, @Nullable Step step, @Nullable ZoneId zone, int limit)
    implements Query<SessionReport.Answer> {
  /**
   * @throws IllegalArgumentException when {@code limit} is less than 1
   */
  public SessionReport {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is less than 1");
    }
  }

  @Override
  public Answer answer(Asking asking) {
    ZoneId own = zone == null ? asking.zone() : zone;
    TimeRange asked = range.at(asking.now());
    Step fitting = step == null ? Step.fitting(asked) : step;
    Step width = fitting == Step.MINUTE ? Step.QUARTER : fitting;
    TimeRange whole = asked.widened(Step.QUARTER, own);
    Buckets buckets = Buckets.of(whole, width, own);
    SessionSums sums = SessionSums.read(asking, project, buckets);
    var all = new SessionSums.Bucket();
    boolean exact = true;
    List<Point> series = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      SessionSums.Bucket bucket = sums.bucket(i);
      all.add(bucket);
      exact &= bucket.durations().isExact();
      boolean noData = buckets.end(i) <= sums.earliest() || buckets.start(i) > asking.now();
      series.add(point(buckets, i, bucket, noData, asking.now()));
    }
    exact &= all.durations().isExact();
    Distribution durations = all.durations();
    long sessions = durations.count();
    List<PageCount> entries = top(sums.entries());
    List<PageCount> exits = top(sums.exits());
    return new Answer(
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        own.getId(),
        sessions,
        all.bounces(),
        share(all.bounces(), sessions),
        seconds(durations.mean()),
        seconds(durations.quantile(0.5)),
        seconds(durations.quantile(0.9)),
        share(all.pages(), sessions),
        series,
        entries,
        rest(sums.entries(), entries) + sums.otherEntries(),
        exits,
        rest(sums.exits(), exits) + sums.otherExits(),
        sums.otherEntries() + sums.otherExits() == 0,
        exact ? Boolean.TRUE : null,
        exact ? null : (Double) Distribution.ERROR);
  }

  private static Point point(
      Buckets buckets, int index, SessionSums.Bucket bucket, boolean noData, long now) {
    Distribution durations = bucket.durations();
    long sessions = durations.count();
    return new Point(
        Times.iso(buckets.start(index)),
        sessions == 0 && noData ? null : (Long) sessions,
        share(bucket.bounces(), sessions),
        seconds(durations.quantile(0.5)),
        seconds(durations.quantile(0.9)),
        buckets.end(index) > now ? Boolean.TRUE : null);
  }

  private List<PageCount> top(Map<String, Long> pages) {
    return pages.entrySet().stream()
        .filter(page -> page.getValue() > 0)
        .map(page -> new PageCount(page.getKey(), page.getValue()))
        .sorted(
            Comparator.comparingLong(PageCount::count).reversed().thenComparing(PageCount::value))
        .limit(limit)
        .toList();
  }

  private static long rest(Map<String, Long> pages, List<PageCount> listed) {
    return pages.values().stream().mapToLong(Long::longValue).sum()
        - listed.stream().mapToLong(PageCount::count).sum();
  }

  private static @Nullable Double share(long part, long whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }

  private static @Nullable Double seconds(@Nullable Double millis) {
    return millis == null ? null : (Double) (millis / 1000);
  }

  /**
   * The sessions. Rates and times are null where there are no sessions.
   *
   * @param from first moment in which a session counted here may begin, ISO-8601
   * @param to first moment after
   * @param step width of a bucket
   * @param timezone zone of days, weeks and months
   * @param bounces sessions of one event
   * @param bounceRate their share, 0 to 1
   * @param meanSeconds mean time from a session's first to its last event
   * @param pagesPerSession page views a session
   * @param entryPages first pages, the most frequent first
   * @param otherEntryPages sessions with another first page
   * @param exitPages last pages, the most frequent first
   * @param otherExitPages sessions with another last page
   * @param pagesExact false when some pages were not told apart: a listed count may then be too
   *     low, by no more than the others
   * @param exact true when every percentile is; else {@code error}
   * @param error largest relative error of a percentile
   */
  public record Answer(
      String from,
      String to,
      String step,
      String timezone,
      long sessions,
      long bounces,
      @Nullable Double bounceRate,
      @Nullable Double meanSeconds,
      @Nullable Double medianSeconds,
      @Nullable Double p90Seconds,
      @Nullable Double pagesPerSession,
      List<Point> series,
      List<PageCount> entryPages,
      long otherEntryPages,
      List<PageCount> exitPages,
      long otherExitPages,
      boolean pagesExact,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable Double error) {}

  /**
   * One bucket.
   *
   * @param time its start, ISO-8601 in UTC
   * @param sessions that began in it; null where there is no data yet
   * @param partial true while the bucket is not over
   */
  public record Point(
      String time,
      @Nullable Long sessions,
      @Nullable Double bounceRate,
      @Nullable Double medianSeconds,
      @Nullable Double p90Seconds,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  /** A page, and the sessions that began or ended there. */
  public record PageCount(String value, long count) {}
}
