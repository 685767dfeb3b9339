package dev.rivulet.views.performance;

import dev.rivulet.measure.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a heat map: stretches of duration, each a few tenths longer than the one below. A bin
 * of the sketch goes to the row that its middle is in, so a value is in the wrong row only if it is
 * within {@link Summary#ALPHA} of a bound.
 */
final class LatencyRows {
  /** Rows of a heat map; where they would be more, the quickest requests share the lowest. */
  static final int MOST = 64;

  /** Bounds within a decade, from fine to coarse. */
  private static final double[][] DECADES = {{1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1}};

  private final double[] bounds;

  private LatencyRows(double[] bounds) {
    this.bounds = bounds;
  }

  /**
   * Rows for bins.
   *
   * @param zeros whether there are values that are 0
   * @param low the lowest bin
   * @param high the highest bin
   */
  static LatencyRows of(boolean zeros, int low, int high) {
    List<Double> edges = List.of();
    for (double[] decade : DECADES) {
      edges = edges(decade, Summary.BINS.value(low), Summary.BINS.value(high));
      if (edges.size() <= MOST) {
        break;
      }
    }
    int cut = Math.max(0, edges.size() - MOST);
    List<Double> kept = new ArrayList<>(edges.subList(cut, edges.size()));
    if (zeros || cut > 0) {
      kept.add(0, 0.0);
    }
    return new LatencyRows(kept.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Rows for values that are all 0. */
  static LatencyRows ofZeros() {
    return new LatencyRows(new double[] {0, 1});
  }

  /** Edges of the rows in milliseconds, ascending, one more than rows. */
  double[] bounds() {
    return bounds;
  }

  int count() {
    return bounds.length - 1;
  }

  /** The row of a bin. */
  int row(int bin) {
    int found = Arrays.binarySearch(bounds, Summary.BINS.value(bin));
    int row = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(count() - 1, row));
  }

  /** The bounds of a kind that hold the values from {@code low} to {@code high}. */
  private static List<Double> edges(double[] decade, double low, double high) {
    List<Double> edges = new ArrayList<>();
    int first = (int) Math.floor(Math.log10(low)) - 1;
    int last = (int) Math.floor(Math.log10(high)) + 1;
    for (int power = first; power <= last; power++) {
      for (double mantissa : decade) {
        double edge = Math.min(Double.parseDouble(mantissa + "e" + power), Double.MAX_VALUE);
        if (edge <= low) {
          edges.clear(); // the last of those not over the lowest value is the first edge
        }
        edges.add(edge);
        if (edge > high || edge == Double.MAX_VALUE) {
          return edges;
        }
      }
    }
    return edges;
  }
}
