package dev.rivulet.views.breakdowns;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many events per value of a property, as totals and as series. The range is widened outwards
 * to whole quarter-hours, and so is a finer step.
 *
 * @param property the property to break down by
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 * @param limit groups listed, 1 to 1,000; the others count together as {@code other}
 */
public record EventCountBy(
    String project,
    String event,
    String property,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone,
    int limit)
    implements Query<EventCountBy.Answer> {
  /**
   * The counts: {@code total = groups + other}.
   *
   * @param other events with a value that is not listed
   * @param exact true when no count may be wrong
   * @param error else by how much, as in {@link TopValues.Answer}
   */
  public record Answer(
      String event,
      String by,
      String from,
      String to,
      String step,
      String timezone,
      long total,
      List<Point> series,
      List<Group> groups,
      long other,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable Double error) {}

  /**
   * One value.
   *
   * @param group the value, null for events without the property
   * @param value the same
   */
  public record Group(
      @Nullable Object group, @Nullable Object value, long total, List<Point> series) {}

  /** One bucket; see the counts' series. */
  public record Point(
      String time,
      @Nullable Long count,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  public EventCountBy {
    TopValues.checkLimit(limit);
  }

  @Override
  public Answer answer(Asking asking) {
    ZoneId days = zone == null ? asking.zone() : zone;
    TimeRange whole = range.at(asking.now()).widened(Step.QUARTER, days);
    Step width = step == null ? Step.fitting(whole) : step;
    width = width == Step.MINUTE ? Step.QUARTER : width;
    Buckets buckets = Buckets.of(whole, width, days);
    var read = new BreakdownRead(project, event, property, whole);
    read.read(asking);
    long[] totals = read.totals(buckets);
    List<Group> groups = groups(read, buckets, totals, asking.now());
    long total = read.total();
    long grouped = groups.stream().mapToLong(Group::total).sum();
    boolean exact = read.isExact();
    List<Value> listed = read.values().stream().limit(limit).toList();
    return new Answer(
        event,
        property,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        days.getId(),
        total,
        points(totals, buckets, read.earliest(), asking.now()),
        groups,
        total - grouped,
        exact ? Boolean.TRUE : null,
        exact ? null : (Double) read.worstError(listed));
  }

  private List<Group> groups(BreakdownRead read, Buckets buckets, long[] totals, long now) {
    List<Value> listed = read.values().stream().limit(limit).toList();
    Map<Value, long[]> series = read.series(listed, buckets);
    List<Group> groups = new ArrayList<>();
    for (Value value : listed) {
      long[] counts = series.getOrDefault(value, new long[buckets.count()]);
      groups.add(
          new Group(
              value.value(),
              value.value(),
              value.total,
              points(counts, buckets, read.earliest(), now)));
    }
    long[] absent = totals.clone();
    long[] present = read.present(buckets);
    long without = 0;
    for (int i = 0; i < absent.length; i++) {
      absent[i] -= present[i];
      without += absent[i];
    }
    if (without > 0) {
      groups.add(new Group(null, null, without, points(absent, buckets, read.earliest(), now)));
      groups.sort(Comparator.comparingLong(Group::total).reversed());
    }
    return groups.size() > limit ? groups.subList(0, limit) : groups;
  }

  private static List<Point> points(long[] counts, Buckets buckets, long first, long now) {
    List<Point> points = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      Boolean partial = buckets.end(i) > now ? Boolean.TRUE : null;
      boolean noData = counts[i] == 0 && (buckets.end(i) <= first || buckets.start(i) > now);
      points.add(new Point(Times.iso(buckets.start(i)), noData ? null : (Long) counts[i], partial));
    }
    return points;
  }
}
