package dev.rivulet.server.cli.imports;

/**
 * A 64-bit rolling digest of all lines so far.
 *
 * <p>The digest after a line, together with the line's number, names that line: the same file gives
 * the same ids however often it is read, and so does a file that has grown since, up to where it
 * grew. Two files that begin with the same lines are therefore taken for one file that grew.
 *
 * <p>Each step is a bijection of the state, so two different beginnings can only meet again by a
 * 64-bit accident. It is no defence against someone who writes collisions on purpose: they would
 * hide lines of their own log only. Not safe for use by several threads.
 */
final class ContentDigest {
  private static final long SEED = 0x9E6C63D0676A9A99L;

  private long state = SEED;

  /**
   * Takes in one line and returns the digest of everything up to its end.
   *
   * @param kept the bytes of the line that are present, at most {@link LineBlock#MAX_LINE_BYTES}
   * @param fullLength the length of the whole line; more than {@code kept} when it was cut
   */
  long absorb(byte[] bytes, int from, int kept, long fullLength) {
    var hash = state;
    var at = from;
    var end = from + kept;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) Scan.WORDS.get(bytes, at));
    }
    var tail = 0L;
    for (var shift = 0; at < end; at++, shift += Byte.SIZE) {
      tail |= (bytes[at] & 0xFFL) << shift;
    }
    hash = mix(hash ^ tail);
    hash = mix(hash + fullLength + 1);
    state = hash;
    return finish(hash);
  }

  /** A well-spread 64-bit digest of one piece of text, for example a user agent. */
  static long of(byte[] bytes, int from, int to) {
    return new ContentDigest().absorb(bytes, from, to - from, to - (long) from);
  }

  private static long mix(long value) {
    var product = value * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  /** The finaliser of MurmurHash3: every bit of the state reaches every bit of the digest. */
  private static long finish(long value) {
    var hash = value;
    hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return hash ^ (hash >>> 33);
  }
}
