package dev.rivulet.measure;

import dev.rivulet.time.Buckets;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the stored summaries of series, each part of a bucket by the longest {@link Grain}
 * that is stored of it. Which ones are sealed is known from the statistics, which were read before:
 * what was sealed then stays. One use.
 */
final class RangeReading {
  /**
   * Summaries of one answer, a second or two of CPU: 90 days of 500 series by day in any zone of
   * whole or half hours.
   */
  static final int MOST_SUMMARIES = 600_000;

  /** Summaries that one round trip reads. */
  private static final int AT_ONCE = 50_000;

  /** Stored bytes in memory before those of each bucket are merged. */
  private static final long MERGED_BYTES = 64L << 20;

  /** Stored bytes of one answer that memory holds, merged: only wide sketches come to that. */
  private static final long MOST_BYTES = 128L << 20;

  private static final int MINUTES = 15;

  private final Buckets buckets;
  private final boolean byMinute;
  private boolean gone;

  /**
   * @param byMinute whether quarter-hours that a bucket cuts are read by the minute
   */
  RangeReading(Buckets buckets, boolean byMinute) {
    this.buckets = buckets;
    this.byMinute = byMinute;
  }

  /** What is read of a series. */
  private interface Plan {
    void slot(Grain grain, long slot, int bucket);

    void minutes(long quarter);
  }

  /** Whether some minutes of the range were let go. */
  boolean gone() {
    return gone;
  }

  /** The series with values in the buckets. */
  List<Measured> read(Asking asking, String room, List<MetricSeries> series) {
    List<Measured> all = new ArrayList<>();
    var total = new Count();
    for (MetricSeries one : series) {
      if (one.touches(buckets.start(0), buckets.end(buckets.count() - 1))) {
        all.add(measured(one));
        plan(one, total);
      }
    }
    List<Measured> some = new ArrayList<>();
    var ofSome = new Count();
    for (Measured measured : all) {
      some.add(measured);
      plan(measured.series(), ofSome);
      if (ofSome.summaries >= AT_ONCE) {
        readAtOnce(asking, room, some);
        mergeIfLarge(all);
        some.clear();
        ofSome = new Count();
      }
    }
    readAtOnce(asking, room, some);
    mergeIfLarge(all);
    all.removeIf(measured -> measured.count() == 0);
    return all;
  }

  /** Of earlier holders of places, which may be many, only their own buckets. */
  private Measured measured(MetricSeries series) {
    long from = Math.max(series.tenure().from(), buckets.start(0));
    long last = Math.min(series.tenure().to(), buckets.end(buckets.count() - 1)) - 1;
    return new Measured(series, buckets.indexOf(from), buckets.indexOf(last) + 1);
  }

  private void readAtOnce(Asking asking, String room, List<Measured> series) {
    Map<Integer, List<Measured>> byPartition = new HashMap<>();
    for (Measured one : series) {
      byPartition.computeIfAbsent(one.series().partition(), p -> new ArrayList<>()).add(one);
    }
    if (!byPartition.isEmpty()) {
      asking.scatter(
          room,
          (scope, reads) ->
              byPartition
                  .getOrDefault(scope.partition(), List.of())
                  .forEach(measured -> new SeriesReading(measured).read(scope, reads)));
    }
  }

  private static void mergeIfLarge(List<Measured> all) {
    if (bytes(all) > MERGED_BYTES) {
      all.forEach(Measured::merge);
      if (bytes(all) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "what is stored of these series over this range takes more than "
                + (MOST_BYTES >> 20)
                + " MB: ask for a shorter range, a wider step, or fewer series by a tag");
      }
    }
  }

  private static long bytes(List<Measured> all) {
    return all.stream().mapToLong(Measured::bytes).sum();
  }

  /** A tenure begins and ends with a UTC day, so none of the slots is cut by it. */
  private void plan(MetricSeries series, Plan plan) {
    SeriesStats stats = series.stats();
    long own = Math.max(stats.first(), series.tenure().from());
    long first = Math.max(buckets.start(0), Grain.DAY.start(Grain.DAY.slot(own)));
    long latest = Math.min(stats.latest(), series.tenure().to() - 1);
    long end = Math.min(buckets.end(buckets.count() - 1) - 1, latest);
    long at = Grain.QUARTER.start(Grain.QUARTER.slot(first));
    while (at <= end) {
      int bucket = buckets.indexOf(at);
      long bucketEnd = bucket < 0 ? at : buckets.end(bucket);
      Grain grain = longest(at, bucketEnd, stats);
      long slot = grain.slot(at);
      if (grain.end(slot) > stats.first()) {
        if (byMinute && grain.end(slot) > bucketEnd) {
          plan.minutes(slot);
        } else if (bucket >= 0) {
          plan.slot(grain, slot, bucket);
        }
      }
      at = grain.end(slot);
    }
  }

  /** The longest grain with a slot that begins at {@code at}, is sealed and inside the bucket. */
  private static Grain longest(long at, long bucketEnd, SeriesStats stats) {
    Grain longest = Grain.QUARTER;
    for (Grain grain : Grain.SEALED) {
      long end = at + grain.slotMillis;
      if (Math.floorMod(at, grain.slotMillis) != 0
          || end > bucketEnd
          || end > stats.latest()
          || at < stats.sealedFrom()) {
        break;
      }
      longest = grain;
    }
    return longest;
  }

  /** How much is read. */
  private static final class Count implements Plan {
    private int summaries;

    @Override
    public void slot(Grain grain, long slot, int bucket) {
      add(1);
    }

    @Override
    public void minutes(long quarter) {
      add(1 + MINUTES);
    }

    private void add(int more) {
      summaries += more;
      if (summaries > MOST_SUMMARIES) {
        throw new IllegalArgumentException(
            "this reads more than "
                + MOST_SUMMARIES
                + " stored summaries: ask for a shorter range, for whole days,"
                + " or for fewer series by a tag");
      }
    }
  }

  /** The reads of one series. */
  private final class SeriesReading implements Plan {
    private final Measured measured;
    private final Map<Long, Fields> days = new HashMap<>();
    private final Map<Long, Fields> hours = new HashMap<>();

    private SeriesReading(Measured measured) {
      this.measured = measured;
    }

    private void read(Scope scope, Reads reads) {
      plan(measured.series(), this);
      // The quarter-hours first: what is folded in between is then in the minutes at least.
      days.forEach((day, fields) -> fields.read(scope, Grain.QUARTER, day, reads));
      hours.forEach((hour, fields) -> fields.read(scope, Grain.MINUTE, hour, reads));
    }

    @Override
    public void slot(Grain grain, long slot, int bucket) {
      fields(days, grain, slot).add(grain, slot, bucket, null);
    }

    @Override
    public void minutes(long quarter) {
      var check = new Check();
      fields(days, Grain.QUARTER, quarter).add(Grain.QUARTER, quarter, -1, check);
      for (int i = 0; i < MINUTES; i++) {
        long minute = quarter * MINUTES + i;
        int bucket = buckets.indexOf(Grain.MINUTE.start(minute));
        fields(hours, Grain.MINUTE, minute).add(Grain.MINUTE, minute, bucket, check);
      }
    }

    private Fields fields(Map<Long, Fields> blocks, Grain grain, long slot) {
      return blocks.computeIfAbsent(grain.block(slot), block -> new Fields(measured));
    }
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
    private final Measured measured;
    private final List<byte[]> names = new ArrayList<>();
    private final List<Integer> bucketOf = new ArrayList<>();
    private final List<@Nullable Check> checks = new ArrayList<>();

    private Fields(Measured measured) {
      this.measured = measured;
    }

    private void add(Grain grain, long slot, int bucket, @Nullable Check check) {
      names.add(grain.field(slot));
      bucketOf.add(bucket);
      checks.add(check);
    }

    private void read(Scope scope, Grain grain, long block, Reads reads) {
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
