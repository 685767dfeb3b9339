package dev.rivulet.view;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each of many whole numbers ≥ 0 occurs, for example durations in milliseconds: counts,
 * sum and quantiles. Up to {@value #MOST_EXACT} different values it is exact. Past that it keeps
 * bins that grow by a constant factor, as DDSketch does (Masson, Rim, Lee: VLDB 2019), and a
 * quantile is off by at most {@link #ERROR} of its value; count and sum stay exact. What was added
 * can be taken out again. Not thread-safe.
 *
 * <p>Two distributions merge to the one that adding all their values would have made, except that
 * one which was binned stays so.
 */
public final class Distribution {
  /** Different values that are kept as they are. */
  public static final int MOST_EXACT = 512;

  /** Largest relative error of a quantile once values are binned. */
  public static final double ERROR = 0.01;

  private static final double LOG_GAMMA = Math.log((1 + ERROR) / (1 - ERROR));
  private static final byte EXACT = 1;
  private static final byte BINNED = 2;

  /** The values, or bins once binned, in rising order. A bin is its index plus one; 0 is 0. */
  private long[] keys = new long[4];

  /** How often each of {@link #keys}; never 0. */
  private long[] counts = new long[4];

  private int size;

  private boolean binned;
  private long count;
  private long sum;

  /** Adds {@code value} once. */
  public void add(long value) {
    add(value, 1);
  }

  /** Takes out {@code value}, which was added before. */
  public void remove(long value) {
    add(value, -1);
  }

  /**
   * Adds {@code value} so many times; a negative number takes it out again.
   *
   * @throws IllegalArgumentException when {@code value} is negative
   * @throws IllegalStateException when more is taken out than was added
   */
  public void add(long value, long times) {
    if (value < 0) {
      throw new IllegalArgumentException("value " + value + " is negative");
    }
    put(binned ? bin(value) : value, times);
    count += times;
    sum += value * times;
    if (!binned && size > MOST_EXACT) {
      toBins();
    }
  }

  /** Adds all of {@code other}. */
  public void merge(Distribution other) {
    if (other.binned && !binned) {
      toBins();
    }
    for (int i = 0; i < other.size; i++) {
      put(binned && !other.binned ? bin(other.keys[i]) : other.keys[i], other.counts[i]);
    }
    count += other.count;
    sum += other.sum;
    if (!binned && size > MOST_EXACT) {
      toBins();
    }
  }

  /** How many values there are. */
  public long count() {
    return count;
  }

  /** The sum of all values. */
  public long sum() {
    return sum;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether quantiles are exact. */
  public boolean isExact() {
    return !binned;
  }

  /** The mean, or null of nothing. */
  public @Nullable Double mean() {
    return count == 0 ? null : (double) sum / count;
  }

  /**
   * The value below which the part {@code q} of all values lies, or null of nothing. While exact it
   * is interpolated linearly between the closest ranks, so that the median of an even number is the
   * mean of the middle two.
   *
   * @param q from 0 to 1
   */
  public @Nullable Double quantile(double q) {
    if (count == 0) {
      return null;
    }
    double rank = q * (count - 1);
    long below = (long) Math.floor(rank);
    if (binned) {
      return at(Math.round(rank));
    }
    double low = at(below);
    double part = rank - below;
    return part == 0 ? low : low + part * (at(below + 1) - low);
  }

  /** Every value, in a bin's stead its middle, with how often it occurs, in rising order. */
  public void forEach(Each each) {
    for (int i = 0; i < size; i++) {
      each.value(binned ? middle(keys[i]) : keys[i], counts[i]);
    }
  }

  /** Takes a value. */
  @FunctionalInterface
  public interface Each {
    /**
     * @param value the value, or the middle of a bin
     * @param times how often it occurs
     */
    void value(double value, long times);
  }

  /** Roughly the bytes of memory that this takes. */
  public int bytes() {
    return 64 + keys.length * 16;
  }

  /** Appends the bytes that {@link #decode} reads. */
  public void encodeTo(ByteWriter out) {
    out.oneByte(binned ? BINNED : EXACT);
    out.varint(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      out.zigzag(keys[i] - before);
      out.zigzag(counts[i]);
      before = keys[i];
    }
    out.zigzag(sum);
  }

  /**
   * Reads what {@link #encodeTo} wrote.
   *
   * @throws IllegalStateException when the bytes are of another format
   */
  public static Distribution decode(ByteReader in) {
    var read = new Distribution();
    int format = in.oneByte();
    if (format != EXACT && format != BINNED) {
      throw new IllegalStateException(
          "a distribution is stored in format " + format + ", this version reads 1 and 2");
    }
    read.binned = format == BINNED;
    int entries = in.varint();
    long key = 0;
    for (int i = 0; i < entries; i++) {
      key += in.zigzag();
      long times = in.zigzag();
      read.put(key, times);
      read.count += times;
    }
    read.sum = in.zigzag();
    return read;
  }

  private void put(long key, long times) {
    int found = Arrays.binarySearch(keys, 0, size, key);
    long now = (found < 0 ? 0 : counts[found]) + times;
    if (now < 0) {
      throw new IllegalStateException("more is taken out of a distribution than was added");
    }
    if (found >= 0 && now > 0) {
      counts[found] = now;
    } else if (found >= 0) {
      size--;
      System.arraycopy(keys, found + 1, keys, found, size - found);
      System.arraycopy(counts, found + 1, counts, found, size - found);
    } else if (now > 0) {
      insert(-found - 1, key, now);
    }
  }

  private void insert(int place, long key, long times) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(keys, place, keys, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    keys[place] = key;
    counts[place] = times;
    size++;
  }

  private void toBins() {
    long[] values = keys;
    long[] times = counts;
    int exact = size;
    keys = new long[values.length];
    counts = new long[values.length];
    size = 0;
    binned = true;
    for (int i = 0; i < exact; i++) {
      put(bin(values[i]), times[i]);
    }
  }

  private double at(long rank) {
    long passed = 0;
    for (int i = 0; i < size; i++) {
      passed += counts[i];
      if (passed > rank) {
        return binned ? middle(keys[i]) : (double) keys[i];
      }
    }
    throw new IllegalStateException("rank " + rank + " of " + count + " values");
  }

  /** The bin that a value ≥ 0 falls into: 0 for 0, else from 1 and rising with the value. */
  public static long bin(long value) {
    return value == 0 ? 0 : 1 + (long) Math.ceil(Math.log((double) value) / LOG_GAMMA);
  }

  /** The value that stands for those of a bin, off by at most {@link #ERROR}. */
  public static double middle(long bin) {
    return bin == 0 ? 0 : 2 * Math.exp((bin - 1) * LOG_GAMMA) / (Math.exp(LOG_GAMMA) + 1);
  }
}
