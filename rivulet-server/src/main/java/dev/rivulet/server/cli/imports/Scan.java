package dev.rivulet.server.cli.imports;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for bytes eight at a time: an import reads every byte of a file several times over, and
 * this is where its time goes. The tests for "any byte of a word" are from S. E. Anderson, Bit
 * Twiddling Hacks; in little-endian order the lowest mark is exact.
 */
final class Scan {
  static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Scan() {}

  /** The first place of {@code wanted} in {@code [from, to)}, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, char wanted) {
    var pattern = wanted * ONES;
    var i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      var marks = zeros((long) WORDS.get(bytes, i) ^ pattern);
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < to && bytes[i] != wanted) {
      i++;
    }
    return i;
  }

  /** The first place of one of two bytes in {@code [from, to)}, or {@code to}. */
  static int indexOf(byte[] bytes, int from, int to, char wanted, char orWanted) {
    var pattern = wanted * ONES;
    var orPattern = orWanted * ONES;
    var i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      var word = (long) WORDS.get(bytes, i);
      var marks = zeros(word ^ pattern) | zeros(word ^ orPattern);
      if (marks != 0) {
        return i + (Long.numberOfTrailingZeros(marks) >>> 3);
      }
    }
    while (i < to && bytes[i] != wanted && bytes[i] != orWanted) {
      i++;
    }
    return i;
  }

  /** Whether none of eight bytes has to be escaped in JSON, or is more than ASCII. */
  static boolean isPlain(long word) {
    var controls = (word - 0x20 * ONES) & ~word;
    var special = zeros(word ^ '"' * ONES) | zeros(word ^ '\\' * ONES);
    return ((word | controls | special) & HIGHS) == 0;
  }

  /** Marks at least the lowest byte that is zero, and none when none is. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGHS;
  }
}
