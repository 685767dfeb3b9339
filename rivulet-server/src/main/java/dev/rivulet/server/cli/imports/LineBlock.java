package dev.rivulet.server.cli.imports;

/**
 * Up to 2,500 lines of a file with their numbers and digests: what one request carries. Blocks are
 * reused; a block belongs to the thread that holds it.
 */
final class LineBlock {
  /** As many events as the server takes in one request. */
  static final int MAX_LINES = 2_500;

  /** Longer lines are reported: no event may be larger than this, so they could not be kept. */
  static final int MAX_LINE_BYTES = 32 * 1024;

  /** Room for the lines of a block, and for one read beyond them. */
  static final int CAPACITY = 1024 * 1024;

  final byte[] bytes = new byte[CAPACITY];
  final int[] starts = new int[MAX_LINES];
  final int[] ends = new int[MAX_LINES];
  final long[] digests = new long[MAX_LINES];
  final long[] numbers = new long[MAX_LINES];
  final boolean[] cut = new boolean[MAX_LINES];
  int count;

  boolean isFull() {
    return count == MAX_LINES;
  }

  void clear() {
    count = 0;
  }

  /** The number of the block's last line, counted from 1. */
  long lastNumber() {
    return numbers[count - 1];
  }

  /** The digest of the file up to the end of the block's last line. */
  long lastDigest() {
    return digests[count - 1];
  }

  /** Forgets the lines up to {@code number}, which were imported before. */
  void dropThrough(long number) {
    var kept = 0;
    for (var i = 0; i < count; i++) {
      if (numbers[i] > number) {
        starts[kept] = starts[i];
        ends[kept] = ends[i];
        digests[kept] = digests[i];
        numbers[kept] = numbers[i];
        cut[kept] = cut[i];
        kept++;
      }
    }
    count = kept;
  }
}
