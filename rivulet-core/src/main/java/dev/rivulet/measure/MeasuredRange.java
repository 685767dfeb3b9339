package dev.rivulet.measure;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What series measured over a range, bucket by bucket. The range is widened outwards to whole
 * minutes where these are kept, else to whole quarter-hours.
 *
 * @param range the widened range
 * @param step width of a bucket
 * @param zone zone of days, weeks and months
 * @param series those with values in the range
 */
public record MeasuredRange(
    TimeRange range, Step step, ZoneId zone, Buckets buckets, List<Measured> series) {
  /** The longest range that is read by the minute. */
  private static final long MOST_MINUTES_RANGE = 4L * 86_400_000;

  /** Stored summaries of one answer: about 80 MB. */
  private static final int MOST_SUMMARIES = 400_000;

  private static final int MINUTES = 15;

  /**
   * Reads {@code series} in one round trip, or two where minutes were let go.
   *
   * @param room whose state they are
   * @param step null takes one that fits the range
   * @param zone null takes the project's
   * @throws IllegalArgumentException when that is too much to read, saying what would be less
   */
  public static MeasuredRange read(
      Asking asking,
      String room,
      List<MetricSeries> series,
      Range range,
      @Nullable Step step,
      @Nullable ZoneId zone) {
    TimeRange asked = range.at(asking.now());
    Step width = step == null ? Step.fitting(asked) : step;
    ZoneId days = zone == null ? asking.zone() : zone;
    boolean minutesKept = asked.from() >= asking.now() - Grain.MINUTE.keptMillis;
    if ((minutesKept || width == Step.MINUTE) && asked.millis() <= MOST_MINUTES_RANGE) {
      TimeRange whole = asked.widened(Step.MINUTE, days);
      var reading = new Reading(Buckets.of(whole, width, days), true);
      List<Measured> found = reading.read(asking, room, series);
      if (!reading.gone) {
        return new MeasuredRange(whole, width, days, reading.buckets, found);
      }
    }
    TimeRange whole = asked.widened(Step.QUARTER, days);
    Step kept = width == Step.MINUTE ? Step.QUARTER : width;
    var reading = new Reading(Buckets.of(whole, kept, days), false);
    List<Measured> found = reading.read(asking, room, series);
    return new MeasuredRange(whole, kept, days, reading.buckets, found);
  }

  /** One pass over the stored series. */
  private static final class Reading {
    private final Buckets buckets;
    private final boolean byMinute;
    private boolean gone;
    private int summaries;

    private Reading(Buckets buckets, boolean byMinute) {
      this.buckets = buckets;
      this.byMinute = byMinute;
    }

    private List<Measured> read(Asking asking, String room, List<MetricSeries> series) {
      long from = buckets.start(0);
      long to = buckets.end(buckets.count() - 1);
      Map<Integer, List<Measured>> byPartition = new HashMap<>();
      List<Measured> all = new ArrayList<>();
      for (MetricSeries one : series) {
        if (one.stats().touches(from, to)) {
          var measured = new Measured(one, buckets.count());
          all.add(measured);
          byPartition.computeIfAbsent(one.partition(), p -> new ArrayList<>()).add(measured);
        }
      }
      asking.scatter(
          room,
          (scope, reads) ->
              byPartition
                  .getOrDefault(scope.partition(), List.of())
                  .forEach(measured -> read(scope, measured, from, to, reads)));
      all.removeIf(measured -> measured.count() == 0);
      return all;
    }

    private void read(Scope scope, Measured measured, long from, long to, Reads reads) {
      SeriesStats stats = measured.series().stats();
      long first = Grain.QUARTER.slot(Math.max(from, stats.first()));
      long last = Grain.QUARTER.slot(Math.min(to - 1, stats.latest()));
      Map<Long, Fields> days = new HashMap<>();
      Map<Long, Fields> hours = new HashMap<>();
      for (long quarter = first; quarter <= last; quarter++) {
        long start = quarter * Grain.QUARTER.slotMillis;
        int bucket = buckets.indexOf(start);
        boolean whole = bucket >= 0 && start + Grain.QUARTER.slotMillis <= buckets.end(bucket);
        if (whole || (!byMinute && bucket >= 0)) {
          fields(days, Grain.QUARTER, quarter).add(quarter, bucket, null);
        } else if (byMinute) {
          var check = new Check();
          fields(days, Grain.QUARTER, quarter).add(quarter, -1, check);
          for (int i = 0; i < MINUTES; i++) {
            long minute = quarter * MINUTES + i;
            int own = buckets.indexOf(minute * Grain.MINUTE.slotMillis);
            fields(hours, Grain.MINUTE, minute).add(minute, own, check);
          }
        }
      }
      // The quarter-hours first: what is folded in between is then in the minutes at least.
      days.forEach((day, fields) -> fields.read(scope, measured, day, reads));
      hours.forEach((hour, fields) -> fields.read(scope, measured, hour, reads));
    }

    private Fields fields(Map<Long, Fields> blocks, Grain grain, long slot) {
      if (++summaries > MOST_SUMMARIES) {
        throw new IllegalArgumentException(
            "this reads more than "
                + MOST_SUMMARIES
                + " stored summaries: ask for a shorter range, or for fewer series by a tag");
      }
      return blocks.computeIfAbsent(grain.block(slot), block -> new Fields(grain));
    }

    /**
     * Values of a quarter-hour by both grains. Fewer in the minutes mean that these were let go
     * since, even if a late sample began them anew.
     */
    private final class Check {
      private long inQuarter;
      private long inMinutes;
      private int minutes;

      private void count(Grain grain, long values) {
        if (grain == Grain.QUARTER) {
          inQuarter += values;
          return;
        }
        inMinutes += values;
        if (++minutes == MINUTES) {
          gone |= inMinutes < inQuarter;
        }
      }
    }

    /** What is read of one hash. */
    private static final class Fields {
      private final Grain grain;
      private final List<byte[]> names = new ArrayList<>();
      private final List<Integer> bucketOf = new ArrayList<>();
      private final List<@Nullable Check> checks = new ArrayList<>();

      private Fields(Grain grain) {
        this.grain = grain;
      }

      private void add(long slot, int bucket, @Nullable Check check) {
        names.add(grain.field(slot));
        bucketOf.add(bucket);
        checks.add(check);
      }

      private void read(Scope scope, Measured measured, long block, Reads reads) {
        reads.hash(
            grain.key(scope, measured.series().place(), block),
            names,
            stored -> {
              for (int i = 0; i < names.size(); i++) {
                byte[] found = stored.get(i);
                Check check = checks.get(i);
                if (check != null) {
                  check.count(grain, found == null ? 0 : Summary.count(found));
                }
                if (found != null && bucketOf.get(i) >= 0) {
                  measured.put(bucketOf.get(i), found);
                }
              }
            });
      }
    }
  }
}
