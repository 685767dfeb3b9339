package dev.rivulet.testkit.erasure;

import static dev.rivulet.redis.RedisConnection.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rivulet.event.Event;
import dev.rivulet.event.Hashing;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.view.LogEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for a person in every key and value of a Redis, knowing of keys no more than their type.
 */
final class ByteSearch {
  private final List<byte[]> wanted = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private int looked;

  private ByteSearch(String project, String user) {
    long hash = Hashing.hash(user, Hashing.seed(project));
    wanted.add(user.getBytes(UTF_8));
    wanted.add(ByteBuffer.allocate(Long.BYTES).putLong(hash).array());
    wanted.add(
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(hash).array());
    wanted.add(Long.toString(hash).getBytes(UTF_8));
    wanted.add(Long.toHexString(hash).getBytes(UTF_8));
  }

  /** Where the id of a person, or its hash, stands in the keys of one server. */
  static List<String> of(RedisConnection redis, String project, String user) {
    var search = new ByteSearch(project, user);
    String cursor = "0";
    do {
      List<?> page = (List<?>) ask(redis, "SCAN", cursor, "COUNT", "1000");
      cursor = text(page.get(0));
      for (Object key : (List<?>) page.get(1)) {
        search.key(redis, (byte[]) key);
      }
    } while (!cursor.equals("0"));
    if (search.looked == 0) {
      throw new AssertionError("there is nothing to search");
    }
    return search.found;
  }

  /** Whether {@code bytes} hold {@code part}. */
  static boolean holds(byte[] bytes, byte[] part) {
    for (int from = 0; from + part.length <= bytes.length; from++) {
      int same = 0;
      while (same < part.length && bytes[from + same] == part[same]) {
        same++;
      }
      if (same == part.length) {
        return true;
      }
    }
    return false;
  }

  private void key(RedisConnection redis, byte[] key) {
    String name = new String(key, UTF_8);
    look(name, key);
    redis.send(bytes("TYPE"), key);
    switch (text(redis.receive())) {
      case "string" -> look(name, value(redis, bytes("GET"), key));
      case "hash" -> look(name, value(redis, bytes("HGETALL"), key));
      case "list" -> look(name, value(redis, bytes("LRANGE"), key, bytes("0"), bytes("-1")));
      case "set" -> look(name, value(redis, bytes("SMEMBERS"), key));
      case "zset" -> look(name, value(redis, bytes("ZRANGE"), key, bytes("0"), bytes("-1")));
      case "stream" -> stream(name, value(redis, bytes("XRANGE"), key, bytes("-"), bytes("+")));
      default -> {} // it expired meanwhile
    }
  }

  private void stream(String name, Object value) {
    look(name, value);
    for (LogEntry entry : LogEntry.list(value)) {
      try {
        for (Event event : RecordBatch.decode(entry.batch())) {
          String all =
              String.join(" ", event.user(), event.name(), event.id(), event.properties().toJson());
          look(name + " " + entry.id() + " " + event.kind(), all.getBytes(UTF_8));
        }
      } catch (RecordBatch.CorruptEntry e) {
        look(name, entry.batch());
      }
    }
  }

  private void look(String where, Object value) {
    if (value instanceof byte[] bytes) {
      looked++;
      if (wanted.stream().anyMatch(part -> holds(bytes, part))) {
        found.add(where);
      }
    } else if (value instanceof List<?> values) {
      values.forEach(one -> look(where, one));
    }
  }

  private static Object value(RedisConnection redis, byte[]... words) {
    redis.send(words);
    Object value = redis.receive();
    return value == null ? List.of() : value;
  }

  private static Object ask(RedisConnection redis, String... words) {
    byte[][] all = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      all[i] = bytes(words[i]);
    }
    return value(redis, all);
  }

  private static String text(Object reply) {
    return new String((byte[]) reply, UTF_8);
  }
}
