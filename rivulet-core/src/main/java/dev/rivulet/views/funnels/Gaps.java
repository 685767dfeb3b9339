package dev.rivulet.views.funnels;

import dev.rivulet.view.Distribution;
import java.util.Arrays;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The times between two steps, of an answer in the making. Up to {@value #MOST_EXACT} they are kept
 * as they are; past that, and where stored {@link Bins} are added, as bins with an error of {@link
 * Distribution#ERROR}. Not thread-safe.
 */
final class Gaps {
  static final int MOST_EXACT = 100_000;

  private final LongArrayList exact = new LongArrayList();
  private long[] sorted = {};
  private long @Nullable [] bins;

  /** Adds a time in milliseconds. */
  void add(long millis) {
    if (bins == null && exact.size() < MOST_EXACT) {
      exact.addLong(millis);
    } else {
      bins()[(int) Distribution.bin(millis)]++;
    }
  }

  /** The counts per bin, for adding to; from now on they are all there is. */
  long[] bins() {
    long[] known = bins;
    if (known == null) {
      known = new long[Bins.MOST];
      for (int i = 0; i < exact.size(); i++) {
        known[(int) Distribution.bin(exact.getLong(i))]++;
      }
      exact.clear();
      bins = known;
    }
    return known;
  }

  boolean isExact() {
    return bins == null;
  }

  /**
   * The time in seconds below which the part {@code q} lies, interpolated linearly between the
   * closest ranks while exact; null of nothing.
   */
  @Nullable Double quantileSeconds(double q) {
    long[] counts = bins;
    if (counts != null) {
      long all = Arrays.stream(counts).sum();
      if (all == 0) {
        return null;
      }
      long rank = Math.round(q * (all - 1));
      int bin = 0;
      for (rank -= counts[0]; rank >= 0; rank -= counts[bin]) {
        bin++;
      }
      return Distribution.middle(bin) / 1_000;
    }
    if (exact.isEmpty()) {
      return null;
    }
    if (sorted.length != exact.size()) {
      sorted = exact.toLongArray();
      Arrays.sort(sorted);
    }
    double rank = q * (sorted.length - 1);
    int below = (int) rank;
    double part = rank - below;
    double low = sorted[below];
    return (part == 0 ? low : low + part * (sorted[below + 1] - low)) / 1_000;
  }

  /**
   * How many lie between each two of {@code edges}, in milliseconds and rising; the end included.
   */
  long[] histogram(long[] edges) {
    long[] counts = new long[edges.length - 1];
    long[] binned = bins;
    if (binned == null) {
      for (int i = 0; i < exact.size(); i++) {
        counts[place(edges, exact.getLong(i))]++;
      }
    } else {
      for (int bin = 0; bin < binned.length; bin++) {
        if (binned[bin] != 0) {
          counts[place(edges, Math.round(Distribution.middle(bin)))] += binned[bin];
        }
      }
    }
    return counts;
  }

  private static int place(long[] edges, long millis) {
    int found = Arrays.binarySearch(edges, millis);
    int place = found >= 0 ? found : -found - 2;
    return Math.min(place, edges.length - 2);
  }
}
