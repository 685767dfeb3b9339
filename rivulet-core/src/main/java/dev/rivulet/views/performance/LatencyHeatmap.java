package dev.rivulet.views.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.Summary;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many requests took how long when. Counts are exact but for requests within one per cent of a
 * bound, which may be counted on its other side.
 *
 * @param endpoint a route template, null for all
 * @param method null for all
 * @param step width of a column; null takes one that fits the range
 * @param zone zone of days, weeks and months; null takes the project's
 */
public record LatencyHeatmap(
    String project,
    @Nullable String endpoint,
    @Nullable String method,
    Range range,
    @Nullable Step step,
    @Nullable ZoneId zone)
    implements Query<LatencyHeatmap.Answer> {
  /** Columns of an answer. */
  private static final int MOST_COLUMNS = 2_000;

  /**
   * The counts.
   *
   * @param from first moment counted, ISO-8601 in UTC
   * @param to first moment after
   * @param step width of a column
   * @param timezone zone of days, weeks and months
   * @param requests all that are counted
   * @param times where the columns begin
   * @param bounds edges of the rows in milliseconds, ascending, one more than rows; empty without
   *     data
   * @param counts by column, then by row; null for a column without requests
   * @param partial true when the last column is not over
   * @param error requests nearer than this to a bound, relatively, may be in the row beside; null
   *     without data
   */
  public record Answer(
      String from,
      String to,
      String step,
      String timezone,
      long requests,
      List<String> times,
      List<Double> bounds,
      List<@Nullable List<Long>> counts,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial,
      @Nullable Double error) {}

  @Override
  public Answer answer(Asking asking) {
    MeasuredRange read = new StoredTimes(asking, project, endpoint, method).read(range, step, zone);
    Buckets buckets = read.buckets();
    if (buckets.count() > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "step "
              + read.step().text()
              + " makes "
              + buckets.count()
              + " columns over this range, more than "
              + MOST_COLUMNS
              + ": take a wider step or a shorter range");
    }
    var found = new Tally(buckets.count(), true, null);
    read.series().forEach(found::add);
    LatencyRows rows = rows(found.all().times());
    List<String> times = new ArrayList<>();
    List<@Nullable List<Long>> counts = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      times.add(Times.iso(buckets.start(i)));
      counts.add(column(found.series()[i].times(), rows));
    }
    List<Double> bounds = new ArrayList<>();
    if (rows != null) {
      for (double bound : rows.bounds()) {
        bounds.add(bound);
      }
    }
    return new Answer(
        Times.iso(read.range().from()),
        Times.iso(read.range().to()),
        read.step().text(),
        read.zone().getId(),
        found.all().count(),
        times,
        bounds,
        counts,
        read.range().to() > asking.now() ? Boolean.TRUE : null,
        rows == null ? null : (Double) Math.max(Summary.ALPHA, found.all().times().error()));
  }

  private static @Nullable LatencyRows rows(Summary all) {
    if (all.count() == 0) {
      return null;
    }
    int[] bins = {Integer.MAX_VALUE, Integer.MIN_VALUE};
    all.bins(
        (bin, n) -> {
          bins[0] = Math.min(bins[0], bin);
          bins[1] = Math.max(bins[1], bin);
        });
    return bins[1] < bins[0]
        ? LatencyRows.ofZeros()
        : LatencyRows.of(all.notOverZero() > 0, bins[0], bins[1]);
  }

  private static @Nullable List<Long> column(Summary times, @Nullable LatencyRows rows) {
    if (rows == null || times.count() == 0) {
      return null;
    }
    long[] column = new long[rows.count()];
    column[0] += times.notOverZero();
    times.bins((bin, n) -> column[rows.row(bin)] += n);
    return Arrays.stream(column).boxed().toList();
  }
}
