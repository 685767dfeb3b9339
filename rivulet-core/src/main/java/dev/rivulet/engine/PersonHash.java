package dev.rivulet.engine;

import dev.rivulet.event.Hashing;
import java.nio.ByteBuffer;

/** The 64-bit hash by which a person is known, 8 bytes in the order of their numbers. */
public final class PersonHash {
  /** Bytes of one hash. */
  public static final int BYTES = Long.BYTES;

  /** Stands where an erased person's hash stood; nobody has this hash. */
  static final long ERASED = 0;

  private PersonHash() {}

  /** The hashes of a project's persons. */
  public static byte[] key(int partition, String project) {
    return Keys.of(partition, "persons", project);
  }

  /**
   * @param seed {@link Hashing#seed} of the project
   */
  public static long of(String user, long seed) {
    return of(Hashing.hash(user, seed));
  }

  /**
   * @param hash {@link Hashing#hash} of the person's id
   */
  static long of(long hash) {
    return hash == ERASED ? 1 : hash;
  }

  /** Whether {@code hashes}, whole ones, hold {@code hash}. */
  public static boolean isIn(byte[] hashes, long hash) {
    var buffer = ByteBuffer.wrap(hashes);
    while (buffer.remaining() >= BYTES) {
      if (buffer.getLong() == hash) {
        return true;
      }
    }
    return false;
  }
}
