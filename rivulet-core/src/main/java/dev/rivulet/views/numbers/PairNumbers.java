package dev.rivulet.views.numbers;

import dev.rivulet.measure.HotBuckets.SeriesBuckets;
import dev.rivulet.measure.SeriesStats;
import dev.rivulet.view.Command;
import org.jspecify.annotations.Nullable;

/** The numbers of one property of one event; adding one allocates nothing. */
final class PairNumbers {
  private final byte[] field;
  private final @Nullable SeriesBuckets buckets;
  private long count;
  private long first = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;
  private double value;
  private long receivedAt = Long.MIN_VALUE;
  private long sealedFrom = SeriesStats.ALWAYS;
  private boolean changed;

  /**
   * @param buckets null when its values are only counted
   */
  PairNumbers(String field, @Nullable SeriesBuckets buckets) {
    this.field = Command.bytes(field);
    this.buckets = buckets;
  }

  void restore(SeriesStats stats) {
    count = stats.count();
    first = stats.first();
    latest = stats.latest();
    value = stats.value();
    receivedAt = stats.receivedAt();
    sealedFrom = stats.sealedFrom();
  }

  /** Says that the batch adds a value at {@code time}. */
  void want(long time) {
    if (buckets != null) {
      buckets.want(time, latest, sealedFrom);
    }
  }

  /** Adds one finite value; returns whether it is the first since it was encoded. */
  boolean add(double number, long at, long arrivedAt) {
    double plain = number + 0.0; // which makes of -0 a 0
    if (buckets != null) {
      buckets.add(plain, at, arrivedAt);
    }
    if (count == 0 || at > latest || (at == latest && plain > value)) {
      value = plain;
    }
    count++;
    first = Math.min(first, at);
    latest = Math.max(latest, at);
    receivedAt = Math.max(receivedAt, arrivedAt);
    boolean isFirst = !changed;
    changed = true;
    return isFirst;
  }

  byte[] field() {
    return field;
  }

  byte[] encode() {
    changed = false;
    return new SeriesStats(count, first, latest, latest, value, receivedAt, sealedFrom).encode();
  }
}
