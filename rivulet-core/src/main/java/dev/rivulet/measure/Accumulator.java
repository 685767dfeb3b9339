package dev.rivulet.measure;

import com.datadoghq.sketch.ddsketch.DDSketch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values of one series on their way into a {@link Summary}. Adding takes some nanoseconds and
 * allocates nothing once the series has shown how its values spread; what it comes to is the same,
 * down to the bytes, as if each value had been added to the summary.
 *
 * <p>Counts stand in a window of bins that grows with the values up to {@value #MOST_BINS}, nine
 * orders of magnitude, 4 KB. Values outside of it and below 0 take the slow way into a sketch. Not
 * thread-safe.
 */
public final class Accumulator {
  /** Bins by which the window grows: values within a factor of 3.6. */
  private static final int GRAIN = 64;

  private static final int MOST_BINS = 1_024;
  private static final int APART = Integer.MIN_VALUE;
  private static final double LEAST = Summary.BINS.minIndexableValue();
  private static final double MOST = Summary.BINS.maxIndexableValue();

  private final ExactSum sum = new ExactSum();
  private int[] bins = new int[0];
  private int first;
  private long count;
  private long zeros;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double last;

  /** Bins that have no place in the window; null while there are none. */
  private @Nullable DDSketch rest;

  /** Values that took the slow way. */
  private long apart;

  /** The bin of a finite value, for {@link #add(double, int)}: to be found out outside of locks. */
  public static int bin(double value) {
    return value > LEAST && value <= MOST ? Summary.BINS.index(value) : APART;
  }

  /**
   * Adds one finite value, which is not -0.0.
   *
   * @param bin what {@link #bin} says of it
   */
  public void add(double value, int bin) {
    int place = bin == APART ? -1 : place(bin);
    sum.add(value);
    if (place >= 0) {
      if (++bins[place] == Integer.MAX_VALUE) {
        rest().getPositiveValueStore().add(bin, bins[place]);
        bins[place] = 0;
      }
    } else if (value == 0) {
      zeros++;
    } else {
      rest().accept(Summary.indexable(value));
      apart++;
    }
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
    last = value;
    count++;
  }

  /** How many values it holds. */
  public long count() {
    return count;
  }

  /**
   * Moves all values over to {@code other}. Which of two accumulators got its last value later is
   * not known; the greater one becomes the last.
   */
  public void moveTo(Accumulator other) {
    if (count == 0) {
      return;
    }
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] != 0) {
        other.addBin(first + i, bins[i]);
      }
    }
    if (rest != null) {
      other.rest().mergeWith(rest);
    }
    other.sum.add(sum);
    other.zeros += zeros;
    other.min = Math.min(other.min, min);
    other.max = Math.max(other.max, max);
    other.last = other.count == 0 ? last : Math.max(other.last, last);
    other.count += count;
    clear();
  }

  /**
   * What the values come to; it may be empty.
   *
   * @param at when they were measured, in epoch milliseconds
   */
  public Summary summary(long at) {
    if (count < 2) {
      var one = new Summary();
      if (count == 1) {
        one.add(last, at);
      }
      return one;
    }
    var sketch = new DDSketch(Summary.BINS, Summary::store);
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] != 0) {
        sketch.getPositiveValueStore().add(first + i, bins[i]);
      }
    }
    if (zeros > 0) {
      sketch.accept(0, (double) zeros);
    }
    if (rest != null) {
      sketch.mergeWith(rest);
    }
    return Summary.gathered(count, sum, min, max, last, at, sketch);
  }

  private void addBin(int bin, int values) {
    int place = place(bin);
    if (place >= 0 && bins[place] < Integer.MAX_VALUE - values) {
      bins[place] += values;
    } else {
      rest().getPositiveValueStore().add(bin, values);
    }
  }

  /** The place of a bin in the window, which grows if it may; below 0 when it has none. */
  private int place(int bin) {
    int place = bin - first;
    return place >= 0 && place < bins.length ? place : widen(bin);
  }

  private int widen(int bin) {
    int from = Math.floorDiv(bin, GRAIN) * GRAIN;
    int to = from + GRAIN;
    if (bins.length > 0) {
      from = Math.min(from, first);
      to = Math.max(to, first + bins.length);
      if (to - from > MOST_BINS) {
        return -1;
      }
    }
    int[] wider = new int[to - from];
    System.arraycopy(bins, 0, wider, bins.length == 0 ? 0 : first - from, bins.length);
    bins = wider;
    first = from;
    return bin - from;
  }

  private DDSketch rest() {
    DDSketch sketch = rest;
    if (sketch == null) {
      sketch = new DDSketch(Summary.BINS, Summary::store);
      rest = sketch;
    }
    return sketch;
  }

  private void clear() {
    if (apart > count / 2) { // the window stands where few values are
      bins = new int[0];
    } else {
      Arrays.fill(bins, 0);
    }
    apart = 0;
    rest = null;
    sum.clear();
    count = 0;
    zeros = 0;
    min = Double.POSITIVE_INFINITY;
    max = Double.NEGATIVE_INFINITY;
  }
}
