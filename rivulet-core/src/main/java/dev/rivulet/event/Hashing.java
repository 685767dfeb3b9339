package dev.rivulet.event;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/** 64-bit hashes (xxHash64) by which persons and event ids are known inside a partition. */
public final class Hashing {
  private static final XXHash64 XX = XXHashFactory.fastestJavaInstance().hash64();

  private Hashing() {}

  /** Hash of the UTF-8 bytes of {@code text}, scoped by {@code seed}. */
  public static long hash(String text, long seed) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return XX.hash(bytes, 0, bytes.length, seed);
  }

  /** A seed that keeps the ids of one project apart from those of another. */
  public static long seed(String project) {
    return hash(project, 0x7269_7675_6c65_74L);
  }
}
