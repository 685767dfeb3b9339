package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.view.Distribution;
import java.util.Arrays;

/**
 * How many durations fall into each bin of {@link Distribution#bin}, sparse: 8 bytes a bin that is
 * not empty, about 2 when stored. The bins depend on the durations alone, not on the order in which
 * they came. A count may be negative in changes that wait to be added. Not thread-safe.
 */
final class Bins {
  /** More than the bins up to the longest window. */
  static final int MOST = (int) Distribution.bin(2 * Funnel.LONGEST_WINDOW_MILLIS);

  private static final int[] NONE = {};

  private int[] bins = NONE;
  private int[] counts = NONE;
  private int size;

  /** Counts a duration in milliseconds {@code times} more; a negative number takes it out. */
  void add(long millis, int times) {
    addBin((int) Distribution.bin(millis), times);
  }

  void addAll(Bins other) {
    for (int i = 0; i < other.size; i++) {
      addBin(other.bins[i], other.counts[i]);
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Bytes of memory. */
  int bytes() {
    return 48 + 8 * bins.length;
  }

  void encodeTo(ByteWriter out) {
    out.varint(size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      out.varint(bins[i] - before);
      out.zigzag(counts[i]);
      before = bins[i];
    }
  }

  static Bins decode(ByteReader in) {
    var read = new Bins();
    read.size = in.varint();
    read.bins = new int[read.size];
    read.counts = new int[read.size];
    int bin = 0;
    for (int i = 0; i < read.size; i++) {
      bin += in.varint();
      read.bins[i] = bin;
      read.counts[i] = (int) in.zigzag();
    }
    return read;
  }

  /** Adds stored bins to each of {@code totals}, which have a place per bin; returns their sum. */
  static long addStored(ByteReader in, long[][] totals) {
    long sum = 0;
    int size = in.varint();
    int bin = 0;
    for (int i = 0; i < size; i++) {
      bin += in.varint();
      long count = in.zigzag();
      sum += count;
      for (long[] total : totals) {
        total[bin] += count;
      }
    }
    return sum;
  }

  private void addBin(int bin, int times) {
    int at = Arrays.binarySearch(bins, 0, size, bin);
    if (at >= 0) {
      counts[at] += times;
      if (counts[at] == 0) {
        size--;
        System.arraycopy(bins, at + 1, bins, at, size - at);
        System.arraycopy(counts, at + 1, counts, at, size - at);
      }
      return;
    }
    at = -at - 1;
    if (size == bins.length) {
      bins = Arrays.copyOf(bins, Math.max(4, size + size / 2));
      counts = Arrays.copyOf(counts, bins.length);
    }
    System.arraycopy(bins, at, bins, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    bins[at] = bin;
    counts[at] = times;
    size++;
  }
}
