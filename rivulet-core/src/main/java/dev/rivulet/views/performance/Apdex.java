package dev.rivulet.views.performance;

import dev.rivulet.measure.Summary;

/**
 * How content those are who wait (Apdex Alliance, "Application Performance Index", version 1.1,
 * 2007): requests of up to T milliseconds count in full, those of up to 4 T by half, slower ones
 * not at all. T and 4 T lie inside bins of the sketch; how many requests of such a bin are on which
 * side is not known, so it is shared out evenly and the most that may be wrong is told.
 *
 * @param score from 0 to 1
 * @param error the true score is no further away than this; 0 when it is exact
 */
record Apdex(double score, double error) {
  /** Where a bin ends is computed with logarithms: so near to its edge a value may be in either. */
  private static final double EDGE = 1e-9;

  /**
   * @param values at least one
   * @param target T in milliseconds, over 0
   */
  static Apdex of(Summary values, double target) {
    Within satisfied = Within.of(values, target);
    Within tolerated = Within.of(values, 4 * target);
    double twice = 2.0 * values.count();
    return new Apdex(
        (satisfied.count + tolerated.count) / twice, (satisfied.error + tolerated.error) / twice);
  }

  /** How many values are not over a limit. */
  private record Within(double count, double error) {
    static Within of(Summary values, double limit) {
      if (values.max() <= limit) {
        return new Within(values.count(), 0);
      }
      if (values.min() > limit) {
        return new Within(0, 0);
      }
      int lowest = lowestOfMerged(values);
      var sure = new long[] {values.notOverZero()};
      var unsure = new long[1];
      var likely = new double[1];
      values.bins(
          (bin, n) -> {
            double low = bin == lowest ? 0 : Summary.BINS.lowerBound(bin);
            double high = Summary.BINS.upperBound(bin);
            if (high < limit * (1 - EDGE)) {
              sure[0] += n;
            } else if (low < limit * (1 + EDGE)) {
              unsure[0] += n;
              likely[0] += n * Math.max(0, Math.min(1, (limit - low) / (high - low)));
            }
          });
      return new Within(sure[0] + likely[0], Math.max(likely[0], unsure[0] - likely[0]));
    }

    /** The bin that holds all lower values too, where bins had to be merged; else none. */
    private static int lowestOfMerged(Summary values) {
      var lowest = new int[] {Integer.MAX_VALUE};
      if (values.error() > Summary.ALPHA) {
        values.bins((bin, n) -> lowest[0] = Math.min(lowest[0], bin));
      }
      return lowest[0];
    }
  }
}
