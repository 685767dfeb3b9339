package dev.rivulet.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What replies say. */
final class Replies {
  private Replies() {}

  /** The text of a string reply that cannot be absent. */
  static String text(@Nullable Object bytes) {
    return new String((byte[]) Objects.requireNonNull(bytes), StandardCharsets.UTF_8);
  }

  /** The elements of a reply; none when it is absent. */
  static List<?> list(@Nullable Object reply) {
    return reply instanceof List<?> values ? values : List.of();
  }

  /** A whole hash. */
  static Map<String, byte[]> hash(@Nullable Object reply) {
    if (reply instanceof RedisError error) {
      throw error;
    }
    var hash = new TreeMap<String, byte[]>();
    List<?> flat = list(reply);
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      hash.put(text(flat.get(i)), (byte[]) Objects.requireNonNull(flat.get(i + 1)));
    }
    return hash;
  }
}
