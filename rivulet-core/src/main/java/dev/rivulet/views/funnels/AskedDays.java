package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.time.TimeRange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of a report as whole days, to which stored cells are added. For each row of a cell:
 * {@link #select}, then its numbers in their order. Not thread-safe.
 */
final class AskedDays {
  private static final int MOST_DAYS = 40_000;

  private final FunnelTally tally;
  private final int first;
  private final int end;
  private final int firstBefore;
  private final int[] bucketStarts;
  private final int[] bucketOf;
  private boolean inMain;
  private boolean inBefore;
  private int bucket;

  private AskedDays(FunnelTally tally, Days days) {
    this.tally = tally;
    this.first = days.of(tally.range().from());
    this.end = days.of(tally.range().to());
    TimeRange before = tally.before();
    this.firstBefore = before == null ? first : days.of(before.from());
    var buckets = tally.buckets();
    int count = buckets == null ? 0 : buckets.count();
    this.bucketStarts = new int[count + 1];
    this.bucketOf = new int[count == 0 ? 0 : end - first];
    for (int i = 0; i < count && buckets != null; i++) {
      bucketStarts[i] = days.of(buckets.start(i));
      bucketStarts[i + 1] = days.of(buckets.end(i));
      Arrays.fill(bucketOf, bucketStarts[i] - first, bucketStarts[i + 1] - first, i);
    }
  }

  /** The ranges of {@code tally} as days; null when they are not whole days, or too many. */
  static @Nullable AskedDays of(FunnelTally tally, Days days) {
    TimeRange range = tally.range();
    if (!days.isStart(range.from())
        || !days.isStart(range.to())
        || days.of(range.to()) - days.of(range.from()) > MOST_DAYS) {
      return null;
    }
    TimeRange before = tally.before();
    if (before != null && (!days.isStart(before.from()) || before.to() != range.from())) {
      return null;
    }
    var buckets = tally.buckets();
    for (int i = 0; buckets != null && i < buckets.count(); i++) {
      if (!days.isStart(buckets.start(i))) {
        return null;
      }
    }
    return new AskedDays(tally, days);
  }

  /** The first day to be read. */
  int first() {
    return firstBefore;
  }

  /** The day after the last to be read. */
  int end() {
    return end;
  }

  /**
   * Begins a row that counts in the days [a, b) when {@code lo < a ≤ day < b ≤ hi}; returns whether
   * any range asks for it.
   */
  boolean select(int day, int lo, int hi) {
    inMain = day >= first && day < end && lo < first && end <= hi;
    inBefore =
        tally.before() != null
            && day >= firstBefore
            && day < first
            && lo < firstBefore
            && first <= hi;
    bucket = -1;
    if (bucketOf.length > 0 && day >= first && day < end) {
      int own = bucketOf[day - first];
      bucket = lo < bucketStarts[own] && bucketStarts[own + 1] <= hi ? own : -1;
    }
    return inMain || inBefore || bucket >= 0;
  }

  void entered(long count) {
    if (inMain) {
      tally.main().add(0, count);
    }
    if (inBefore) {
      tally.compared().add(0, count);
    }
    if (bucket >= 0) {
      tally.add(bucket, count, 0);
    }
  }

  void gap(int step, ByteReader in) {
    long count = Bins.addStored(in, totals(step));
    if (inMain) {
      tally.main().add(step, count);
    }
    if (inBefore) {
      tally.compared().add(step, count);
    }
  }

  void convert(ByteReader in) {
    long count = Bins.addStored(in, totals(-1));
    if (bucket >= 0) {
      tally.add(bucket, 0, count);
    }
  }

  private long[][] totals(int step) {
    long[][] totals = new long[(inMain ? 1 : 0) + (inBefore ? 1 : 0)][];
    int next = 0;
    if (inMain) {
      totals[next++] = bins(tally.main(), step);
    }
    if (inBefore) {
      totals[next] = bins(tally.compared(), step);
    }
    return totals;
  }

  private static long[] bins(StepTally own, int step) {
    return (step < 0 ? own.convert() : own.gaps(step)).bins();
  }
}
