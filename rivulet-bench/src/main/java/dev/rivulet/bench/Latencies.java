package dev.rivulet.bench;

import java.util.Arrays;

/**
 * Every latency of one measurement, kept exactly: a run has at most a few hundred thousand. Not
 * safe for use by several threads.
 */
final class Latencies {
  private long[] nanos = new long[1024];
  private int size;
  private boolean sorted;

  void add(long latencyNanos) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, size * 2);
    }
    nanos[size++] = latencyNanos;
    sorted = false;
  }

  int size() {
    return size;
  }

  /** The nearest-rank percentile in milliseconds, 0 &lt; percent ≤ 100; NaN if there is none. */
  double millis(double percent) {
    if (size == 0) {
      return Double.NaN;
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    int rank = (int) Math.ceil(percent / 100 * size);
    return nanos[Math.max(rank, 1) - 1] / 1e6;
  }
}
