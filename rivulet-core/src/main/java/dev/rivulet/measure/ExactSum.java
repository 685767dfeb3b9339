package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles without rounding, so that it is the same in whatever order and on whatever nodes
 * the values were added: a wide fixed-point number in chunks of 32 bits (R. Neal, "Fast exact
 * summation using small and large superaccumulators", 2015). Adding takes some nanoseconds; values
 * of usual size need two to four chunks. Not thread-safe.
 */
public final class ExactSum {
  /** The lowest bit stands for this power of two: the smallest double is 2^-1074. */
  private static final int LOWEST_EXPONENT = -1074;

  private static final int BITS = 32;
  private static final long MASK = 0xffffffffL;
  private static final int MOST_CHUNKS = 70;

  /** Each adding puts less than 2^32 into a chunk, which has room for 2^31 of them. */
  private static final int MOST_ADDITIONS = 1 << 30;

  private long[] chunks = new long[0];
  private int first;
  private int additions;

  /** Adds a finite value. */
  public void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = bits & 0xfffffffffffffL;
    if (exponent == 0x7ff) {
      throw new IllegalArgumentException(value + " cannot be added: it is not finite");
    }
    if (exponent != 0) {
      mantissa |= 1L << 52;
      exponent--;
    }
    if (mantissa == 0) {
      return;
    }
    if (++additions >= MOST_ADDITIONS) {
      carry();
    }
    int chunk = exponent / BITS;
    int shift = exponent % BITS;
    int at = reach(chunk, chunk + 2);
    long low = mantissa << shift & MASK;
    long middle = shift == 0 ? mantissa >>> BITS : mantissa >>> (BITS - shift) & MASK;
    long high = shift == 0 ? 0 : mantissa >>> (2 * BITS - shift);
    if (bits < 0) {
      chunks[at] -= low;
      chunks[at + 1] -= middle;
      chunks[at + 2] -= high;
    } else {
      chunks[at] += low;
      chunks[at + 1] += middle;
      chunks[at + 2] += high;
    }
  }

  /** Adds all that {@code other} holds. */
  public void add(ExactSum other) {
    if (other.chunks.length == 0) {
      return;
    }
    carry();
    other.carry();
    int at = reach(other.first, other.first + other.chunks.length - 1);
    for (int i = 0; i < other.chunks.length; i++) {
      chunks[at + i] += other.chunks[i];
    }
    additions = 1;
  }

  /** Forgets what was added and keeps the room. */
  void clear() {
    Arrays.fill(chunks, 0);
    additions = 0;
  }

  /** The sum, rounded once; infinite when it is larger than the largest double. */
  public double value() {
    var plain = new Magnitude(this);
    if (plain.length == 0) {
      return 0;
    }
    int top = plain.chunks.length - 1;
    int bottom = Math.max(0, top - 3);
    BigInteger digits = BigInteger.ZERO;
    for (int i = top; i >= bottom; i--) {
      digits = digits.shiftLeft(BITS).or(BigInteger.valueOf(plain.chunks[i]));
    }
    for (int i = bottom - 1; i >= 0; i--) {
      if (plain.chunks[i] != 0) { // what lies below decides a tie
        digits = digits.setBit(0);
        break;
      }
    }
    int exponent = LOWEST_EXPONENT + BITS * (plain.first + bottom);
    double value = Math.scalb(digits.doubleValue(), exponent);
    return plain.negative ? -value : value;
  }

  /** Equal sums give equal bytes. */
  public void write(ByteWriter out) {
    var plain = new Magnitude(this);
    out.varint(plain.length << 1 | (plain.negative ? 1 : 0));
    if (plain.length > 0) {
      out.varint(plain.first);
      for (int i = 0; i < plain.length; i++) {
        for (int shift = 24; shift >= 0; shift -= 8) {
          out.oneByte((int) (plain.chunks[i] >>> shift));
        }
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ExactSum read(ByteReader in) {
    var sum = new ExactSum();
    int head = in.varint();
    int length = head >>> 1;
    if (length > MOST_CHUNKS) {
      throw new IllegalArgumentException("a sum of " + length + " chunks");
    }
    if (length > 0) {
      sum.first = in.varint();
      sum.chunks = new long[length];
      for (int i = 0; i < length; i++) {
        long chunk = 0;
        for (int b = 0; b < 4; b++) {
          chunk = chunk << 8 | (in.oneByte() & 0xff);
        }
        sum.chunks[i] = (head & 1) == 0 ? chunk : -chunk;
      }
    }
    return sum;
  }

  /** Makes room for the chunks {@code from} to {@code to}; returns the place of the first. */
  private int reach(int from, int to) {
    if (chunks.length == 0) {
      first = from;
      chunks = new long[to - from + 2];
    } else if (from < first || to >= first + chunks.length) {
      int newFirst = Math.min(first, from);
      int newEnd = Math.max(first + chunks.length, to + 2);
      long[] wider = new long[newEnd - newFirst];
      System.arraycopy(chunks, 0, wider, first - newFirst, chunks.length);
      chunks = wider;
      first = newFirst;
    }
    return from - first;
  }

  /** Brings every chunk but the highest into [0, 2^32). */
  private void carry() {
    additions = 0;
    for (int i = 0; i < chunks.length; i++) {
      long over = chunks[i] >> BITS;
      if (over != 0 && i == chunks.length - 1) {
        if (over == -1) {
          return; // the sign
        }
        reach(first, first + chunks.length);
      }
      if (over != 0) {
        chunks[i] &= MASK;
        chunks[i + 1] += over;
      }
    }
  }

  /** The sum as sign and digits, the same for equal sums. */
  private static final class Magnitude {
    private final long[] chunks;
    private final int first;
    private final int length;
    private final boolean negative;

    Magnitude(ExactSum sum) {
      sum.carry();
      long[] digits = sum.chunks.clone();
      boolean below = digits.length > 0 && digits[digits.length - 1] < 0;
      if (below) {
        long borrow = 0;
        for (int i = 0; i < digits.length; i++) {
          long digit = -digits[i] + borrow;
          borrow = digit >> BITS;
          digits[i] = digit & MASK;
        }
      }
      int from = 0;
      int to = digits.length;
      while (to > 0 && digits[to - 1] == 0) {
        to--;
      }
      while (from < to && digits[from] == 0) {
        from++;
      }
      negative = below;
      chunks = Arrays.copyOfRange(digits, from, to);
      first = sum.first + from;
      length = chunks.length;
    }
  }
}
