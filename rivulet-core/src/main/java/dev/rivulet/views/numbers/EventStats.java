package dev.rivulet.views.numbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.Measured;
import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.SeriesPlace;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.measure.Summary;
import dev.rivulet.measure.Tenure;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers in a property of an event come to over a range. The range is widened outwards to
 * whole minutes where these are kept, else to whole quarter-hours.
 *
 * @param step width of a bucket; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 */
public record EventStats(
    String project,
    String event,
    String property,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone)
    implements Query<EventStats.Answer> {
  /**
   * The numbers. All but the percentiles are exact.
   *
   * @param count events whose property is a number; all else is null when there are none
   * @param sum null also when it is larger than any number
   * @param last the number of the event that happened last
   * @param error relative error of the percentiles
   * @param incomplete true when numbers of this property may not have been kept, because the
   *     project has too many different ones: they are missing here
   */
  public record Answer(
      String event,
      String property,
      String from,
      String to,
      String step,
      String timezone,
      long count,
      @Nullable Double sum,
      @Nullable Double mean,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double last,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99,
      @Nullable Double p999,
      double error,
      List<Point> series,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean incomplete) {}

  /**
   * One bucket.
   *
   * @param count events whose property is a number; null, as all else, when there are none
   * @param partial true while the bucket is not over
   */
  public record Point(
      String time,
      @Nullable Long count,
      @Nullable Double sum,
      @Nullable Double mean,
      @Nullable Double min,
      @Nullable Double max,
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double p99,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial) {}

  @Override
  public Answer answer(Asking asking) {
    List<MetricSeries> stored = new ArrayList<>();
    boolean[] incomplete = new boolean[1];
    readPair(asking, stored, incomplete);
    MeasuredRange read = MeasuredRange.read(asking, NumbersView.ROOM, stored, range, step, zone);
    var whole = new Summary();
    List<Point> series = new ArrayList<>();
    for (int i = 0; i < read.buckets().count(); i++) {
      Summary values = Measured.bucket(read.series(), i, true);
      whole.add(values);
      series.add(point(read, i, values, asking.now()));
    }
    return new Answer(
        event,
        property,
        Times.iso(read.range().from()),
        Times.iso(read.range().to()),
        read.step().text(),
        read.zone().getId(),
        whole.count(),
        finite(whole, whole.sum()),
        finite(whole, whole.mean()),
        finite(whole, whole.min()),
        finite(whole, whole.max()),
        finite(whole, whole.last()),
        finite(whole, whole.percentile(0.5)),
        finite(whole, whole.percentile(0.9)),
        finite(whole, whole.percentile(0.95)),
        finite(whole, whole.percentile(0.99)),
        finite(whole, whole.percentile(0.999)),
        whole.error(),
        series,
        incomplete[0] ? Boolean.TRUE : null);
  }

  private void readPair(Asking asking, List<MetricSeries> stored, boolean[] incomplete) {
    List<byte[]> fields =
        List.of(
            Command.bytes(ProjectNumbers.field(event, property)),
            Command.bytes(ProjectNumbers.field("", "")));
    asking.scatter(
        NumbersView.ROOM,
        (scope, reads) ->
            reads.hash(
                scope.key(project),
                fields,
                found -> {
                  byte[] own = found.get(0);
                  if (own != null) {
                    stored.add(
                        new MetricSeries(
                            scope.partition(),
                            new SeriesPlace(project, event, property),
                            Collections.emptySortedMap(),
                            "",
                            false,
                            Tenure.ALWAYS,
                            SeriesStats.decode(own)));
                  } else {
                    incomplete[0] |= found.get(1) != null;
                  }
                }));
  }

  private static Point point(MeasuredRange read, int bucket, Summary values, long now) {
    return new Point(
        Times.iso(read.buckets().start(bucket)),
        values.count() == 0 ? null : (Long) values.count(),
        finite(values, values.sum()),
        finite(values, values.mean()),
        finite(values, values.min()),
        finite(values, values.max()),
        finite(values, values.percentile(0.5)),
        finite(values, values.percentile(0.95)),
        finite(values, values.percentile(0.99)),
        read.buckets().end(bucket) > now ? Boolean.TRUE : null);
  }

  private static @Nullable Double finite(Summary values, double number) {
    return values.count() == 0 || !Double.isFinite(number) ? null : (Double) (number + 0.0);
  }
}
