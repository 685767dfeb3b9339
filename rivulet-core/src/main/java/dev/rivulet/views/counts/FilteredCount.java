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
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many events pass a filter, as a total and as a series. Counted from the log itself, so it is
 * exact as far back as the log goes. The range is not widened, except to whole minutes.
 *
 * @param event the name, or null for all events
 * @param where what their properties must be
 * @param by the property to break down by, or null
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 * @param limit groups listed, 1 to 1,000; the others count together as {@code other}
 */
public record FilteredCount(
    String project,
    @Nullable String event,
    Filter where,
    @Nullable String by,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone,
    int limit)
    implements Query<FilteredCount.Answer> {
  /**
   * The counts.
   *
   * @param groups by value of the property, the most frequent first; absent without {@code by}
   * @param other events with a value that is not listed; absent without {@code by}
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
      @JsonInclude(Include.NON_NULL) @Nullable List<Group> groups,
      @JsonInclude(Include.NON_NULL) @Nullable Long other,
      boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable String completeSince) {}

  /**
   * One value.
   *
   * @param group the value, null for events without the property
   * @param value the same
   */
  public record Group(
      @Nullable Object group, @Nullable Object value, long total, List<CountPoint> series) {}

  private static final long[] NO_COUNTS = {};
  private static final int MOST_VALUES = 10_000;
  private static final int MOST_GROUPS = 1_000;

  /** Values times buckets: 32 MB. */
  private static final int MOST_COUNTERS = 4_000_000;

  public FilteredCount {
    if (limit < 1 || limit > MOST_GROUPS) {
      throw new IllegalArgumentException("limit " + limit + " is not between 1 and " + MOST_GROUPS);
    }
  }

  @Override
  public Answer answer(Asking asking) {
    ZoneId days = zone == null ? asking.zone() : zone;
    TimeRange whole = range.at(asking.now()).widened(Step.MINUTE, days);
    Step width = step == null ? Step.fitting(whole) : step;
    Buckets buckets = Buckets.of(whole, width, days);
    long[] counts = new long[buckets.count()];
    Map<Optional<Object>, long[]> byValue = new HashMap<>();
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
                  count(byValue, found, bucket, buckets.count());
                }
              }
            });
    boolean exact = completeSince <= whole.from();
    long since = exact ? first[0] : completeSince;
    long total = Arrays.stream(counts).sum();
    List<Group> groups = by == null ? null : groups(byValue, buckets, since, asking.now());
    Long other =
        groups == null ? null : (Long) (total - groups.stream().mapToLong(Group::total).sum());
    return new Answer(
        event,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        width.text(),
        days.getId(),
        total,
        series(counts, buckets, since, asking.now()),
        groups,
        other,
        exact,
        exact ? null : Times.iso(completeSince));
  }

  private void count(
      Map<Optional<Object>, long[]> byValue, Event found, int bucket, int bucketCount) {
    if (by == null) {
      return;
    }
    Optional<Object> value = Optional.ofNullable(found.properties().value(by));
    long[] counts = byValue.get(value);
    if (counts == null) {
      if (byValue.size() >= MOST_VALUES) {
        throw new IllegalArgumentException(
            "property '"
                + by
                + "' has more than "
                + MOST_VALUES
                + " values in this range: filter more, or ask for the top values");
      }
      if ((byValue.size() + 1L) * bucketCount > MOST_COUNTERS) {
        throw new IllegalArgumentException(
            "property '"
                + by
                + "' has "
                + byValue.size()
                + " values and more, of "
                + bucketCount
                + " buckets each: take a wider step or a shorter range");
      }
      counts = new long[bucketCount];
      byValue.put(value, counts);
    }
    counts[bucket]++;
  }

  private List<Group> groups(
      Map<Optional<Object>, long[]> byValue, Buckets buckets, long since, long now) {
    List<Group> groups = new ArrayList<>();
    byValue.forEach(
        (value, counts) -> {
          Object group = value.orElse(null);
          groups.add(new Group(group, group, Arrays.stream(counts).sum(), List.of()));
        });
    groups.sort(
        Comparator.comparingLong(Group::total)
            .reversed()
            .thenComparing(group -> String.valueOf(group.value())));
    return groups.stream()
        .limit(limit)
        .map(
            group -> {
              long[] counts = byValue.getOrDefault(Optional.ofNullable(group.value()), NO_COUNTS);
              List<CountPoint> points = series(counts, buckets, since, now);
              return new Group(group.group(), group.value(), group.total(), points);
            })
        .toList();
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
