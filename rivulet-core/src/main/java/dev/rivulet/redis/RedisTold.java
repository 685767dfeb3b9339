package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the servers tell of themselves: version, memory, persistence, load. */
final class RedisTold {
  private static final byte[] INFO = bytes("INFO");
  private static final String USED = "usedMemory";
  private static final String MOST = "maxmemory";
  private static final List<String> TOLD =
      List.of(
          "redis_version",
          "valkey_version",
          "uptime_in_seconds",
          "used_memory",
          "used_memory_peak",
          "used_memory_rss",
          "used_memory_dataset",
          "maxmemory",
          "maxmemory_policy",
          "mem_fragmentation_ratio",
          "mem_allocator",
          "aof_enabled",
          "aof_last_write_status",
          "connected_clients",
          "connected_slaves",
          "instantaneous_ops_per_sec");

  private RedisTold() {}

  /**
   * The fields of the primary that has partition 0, with {@code usedMemory} and {@code maxmemory}
   * (0: no bound) summed over all that have partitions, and each of these in {@code primaries}.
   */
  static Map<String, Object> all(RedisNodes nodes, int partitions) {
    List<Integer> all = IntStream.range(0, partitions).boxed().toList();
    List<Map<String, Object>> primaries = new ArrayList<>();
    nodes.byPrimary(all).forEach((address, own) -> primaries.add(one(nodes, address, own)));
    if (primaries.isEmpty()) {
      throw new RedisUnavailable("no primary is known now");
    }
    var told = new LinkedHashMap<>(primaries.get(0));
    told.remove("address");
    told.remove("partitions");
    told.put(USED, primaries.stream().mapToLong(one -> number(one, USED)).sum());
    boolean bounded = primaries.stream().allMatch(one -> number(one, MOST) > 0);
    told.put(MOST, bounded ? primaries.stream().mapToLong(one -> number(one, MOST)).sum() : 0L);
    told.put("nodes", nodes.primaries());
    told.put("cluster", nodes.cluster());
    told.put("primaries", primaries);
    return told;
  }

  private static Map<String, Object> one(RedisNodes nodes, String address, List<Integer> own) {
    String info =
        nodes.callIdempotent(
            Integer.toString(own.get(0)),
            redis -> {
              redis.send(INFO);
              return Replies.text(redis.receive());
            });
    var told = new LinkedHashMap<String, Object>();
    told.put("address", address);
    told.put("partitions", own);
    for (String line : info.split("\r\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && TOLD.contains(line.substring(0, colon))) {
        String field = line.substring(0, colon);
        told.put(camel(field), value(field, line.substring(colon + 1)));
      }
    }
    return told;
  }

  private static long number(Map<String, Object> told, String field) {
    return told.get(field) instanceof Number number ? number.longValue() : 0;
  }

  private static Object value(String field, String text) {
    if (text.matches("\\d{1,18}")) {
      return Long.valueOf(text);
    }
    return field.endsWith("_ratio") ? (Object) Double.valueOf(text) : text;
  }

  private static String camel(String snake) {
    var camel = new StringBuilder();
    boolean up = false;
    for (char c : snake.toCharArray()) {
      if (c == '_') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }
}
