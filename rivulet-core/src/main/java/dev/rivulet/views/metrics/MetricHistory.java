package dev.rivulet.views.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.Measured;
import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a metric's values came to over a range, as one number and as a series, of all nodes and tags
 * together or by one of them. Percentiles are those of all values together, never means of
 * percentiles.
 *
 * @param tags what the tags of samples must be
 * @param by a tag, or {@value MetricSeries#NODE}; null for no groups
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 */
public record MetricHistory(
    String project,
    String metric,
    Stat stat,
    Map<String, String> tags,
    @Nullable String by,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone)
    implements Query<MetricHistory.Answer> {
  /** Groups that are listed. */
  public static final int MOST_GROUPS = 100;

  /**
   * The history.
   *
   * @param from first moment, ISO-8601
   * @param to first moment after
   * @param value over the whole range; null when there is no value in it
   * @param groups those with the most values, the largest first; absent when nothing is grouped
   * @param other the groups past {@value #MOST_GROUPS} together
   * @param exact true, or absent when {@code error} tells how far off a percentile may be
   * @param error relative error of each number
   * @param overflow true when some series that may have values in the range came past a bound, or
   *     gave their places away so often since, and count as {@code $other}
   * @param explanation why numbers are null although there are values
   */
  @JsonInclude(Include.NON_NULL)
  public record Answer(
      String metric,
      String stat,
      String from,
      String to,
      String step,
      String timezone,
      @JsonInclude(Include.ALWAYS) @Nullable Double value,
      List<Point> series,
      @Nullable List<Group> groups,
      @Nullable Rest other,
      @Nullable Boolean exact,
      @Nullable Double error,
      @Nullable Boolean overflow,
      @Nullable String explanation) {}

  /**
   * One bucket.
   *
   * @param value null when there is no value in it
   * @param partial true while the bucket is not over
   */
  public record Point(
      String time,
      @Nullable Double value,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  /**
   * One value of the tag.
   *
   * @param group null where samples do not have it
   */
  public record Group(@Nullable String group, @Nullable Double value, List<Point> series) {}

  /** The groups that are not listed. */
  public record Rest(int groups, @Nullable Double value, List<Point> series) {}

  @Override
  public Answer answer(Asking asking) {
    List<MetricSeries> known = MetricSeries.all(asking, project, metric);
    if (known.isEmpty()) {
      throw new UnknownMetric(metric);
    }
    return answer(asking, known);
  }

  /** Answers from the series of the metric, none if it was never seen. */
  Answer answer(Asking asking, List<MetricSeries> known) {
    List<MetricSeries> wanted = known.stream().filter(one -> one.has(tags)).toList();
    MeasuredRange read = MeasuredRange.read(asking, MetricSeries.ROOM, wanted, range, step, zone);
    var line = new Line(stat, read, asking.now());
    Line.Drawn all = line.draw(read.series());
    List<Group> groups = null;
    Rest other = null;
    if (by != null) {
      groups = new ArrayList<>();
      List<Gathered> gathered = gather(read.series(), by);
      for (Gathered one : gathered.subList(0, Math.min(MOST_GROUPS, gathered.size()))) {
        Line.Drawn drawn = line.draw(one.series);
        groups.add(new Group(one.group, drawn.value(), drawn.points()));
      }
      if (gathered.size() > MOST_GROUPS) {
        List<Measured> rest = new ArrayList<>();
        List<Gathered> past = gathered.subList(MOST_GROUPS, gathered.size());
        past.forEach(one -> rest.addAll(one.series));
        Line.Drawn drawn = line.draw(rest);
        other = new Rest(past.size(), drawn.value(), drawn.points());
      }
    }
    return new Answer(
        metric,
        stat.word(),
        Times.iso(read.range().from()),
        Times.iso(read.range().to()),
        read.step().text(),
        read.zone().getId(),
        all.value(),
        all.points(),
        groups,
        other,
        stat.exact() ? Boolean.TRUE : null,
        stat.exact() ? null : (Double) line.error(),
        known.stream().anyMatch(one -> one.overflow() && touches(one, read)) ? Boolean.TRUE : null,
        line.explanation());
  }

  private static boolean touches(MetricSeries series, MeasuredRange read) {
    return series.touches(read.range().from(), read.range().to());
  }

  private static final class Gathered {
    private final @Nullable String group;
    private final List<Measured> series = new ArrayList<>();
    private long count;

    private Gathered(@Nullable String group) {
      this.group = group;
    }
  }

  /** The groups, those with the most values first. */
  private static List<Gathered> gather(List<Measured> all, String by) {
    Map<@Nullable String, Gathered> groups = new HashMap<>();
    for (Measured measured : all) {
      String group = measured.series().group(by);
      Gathered own = groups.computeIfAbsent(group, Gathered::new);
      own.series.add(measured);
      own.count += measured.count();
    }
    List<Gathered> sorted = new ArrayList<>(groups.values());
    sorted.sort(
        Comparator.comparingLong((Gathered one) -> -one.count)
            .thenComparing(one -> one.group, Comparator.nullsFirst(Comparator.naturalOrder())));
    return sorted;
  }
}
