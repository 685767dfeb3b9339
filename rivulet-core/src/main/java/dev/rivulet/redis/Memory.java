package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of the server that has a partition.
 *
 * @param used bytes
 * @param most bytes it may use, 0 where no limit is set
 */
record Memory(long used, long most) {
  private static final Pattern USED = Pattern.compile("(?m)^used_memory:(\\d+)");
  private static final Pattern MOST = Pattern.compile("(?m)^maxmemory:(\\d+)");

  static Memory of(RedisNodes nodes, int partition) {
    byte[] info = (byte[]) nodes.ask(partition, bytes("INFO"), bytes("memory"));
    String text = info == null ? "" : new String(info, StandardCharsets.UTF_8);
    return new Memory(number(USED, text), number(MOST, text));
  }

  /** The part of the allowed memory in use; 0 where no limit is set. */
  double part() {
    return most == 0 ? 0 : (double) used / most;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }
}
