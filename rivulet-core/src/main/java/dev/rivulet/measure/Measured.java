package dev.rivulet.measure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored values of one series over the buckets of a range. They are merged when asked for, so
 * that many series and buckets cost little more than their stored bytes. Not thread-safe.
 */
public final class Measured {
  private final MetricSeries series;
  private final int first;
  private final @Nullable List<byte[]>[] buckets;
  private long count;
  private long bytes;

  /**
   * @param first the first bucket it may have values in
   * @param end the first one after those
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Measured(MetricSeries series, int first, int end) {
    this.series = series;
    this.first = first;
    this.buckets = new List[end - first];
  }

  /** Whose values they are. */
  public MetricSeries series() {
    return series;
  }

  /** How many values there are in the whole range. */
  public long count() {
    return count;
  }

  /**
   * Adds the values of one bucket to {@code target}.
   *
   * @param binned whether percentiles or bins will be asked of it; without it costs a quarter
   */
  public void addTo(Summary target, int bucket, boolean binned) {
    int own = bucket - first;
    List<byte[]> stored = own < 0 || own >= buckets.length ? null : buckets[own];
    if (stored != null) {
      for (byte[] bytes : stored) {
        target.addStored(bytes, binned);
      }
    }
  }

  /** What the values of several series in one bucket come to. */
  public static Summary bucket(Iterable<Measured> several, int bucket, boolean binned) {
    var sum = new Summary();
    several.forEach(one -> one.addTo(sum, bucket, binned));
    return sum;
  }

  /** Merges the values of each bucket, which saves memory where it was read in several parts. */
  void merge() {
    for (List<byte[]> stored : buckets) {
      if (stored != null && stored.size() > 1) {
        var sum = new Summary();
        stored.forEach(bytes -> sum.addStored(bytes, true));
        for (byte[] merged : stored) {
          bytes -= merged.length;
        }
        stored.clear();
        stored.add(sum.encode());
        bytes += stored.get(0).length;
      }
    }
  }

  /** The stored bytes that it holds. */
  long bytes() {
    return bytes;
  }

  void put(int bucket, byte[] stored) {
    List<byte[]> known = buckets[bucket - first];
    if (known == null) {
      known = new ArrayList<>(4);
      buckets[bucket - first] = known;
    }
    known.add(stored);
    bytes += stored.length;
    count += Summary.count(stored);
  }
}
