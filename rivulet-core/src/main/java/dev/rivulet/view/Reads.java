package dev.rivulet.view;

import static dev.rivulet.view.Command.bytes;

import dev.rivulet.event.EntryId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The reads of one partition, gathered to make one round trip. The consumers run after all replies
 * arrived, in order, on the thread that asked. Not thread-safe.
 */
public final class Reads {
  private static final byte[] GET = bytes("GET");
  private static final byte[] GETRANGE = bytes("GETRANGE");
  private static final byte[] HMGET = bytes("HMGET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] XRANGE = bytes("XRANGE");
  private static final byte[] XREVRANGE = bytes("XREVRANGE");
  private static final byte[] XLEN = bytes("XLEN");
  private static final byte[] LRANGE = bytes("LRANGE");

  private final List<Command> commands = new ArrayList<>();
  private final List<Consumer<@Nullable Object>> consumers = new ArrayList<>();

  /** The value of {@code key}, or null when it is absent. */
  public void get(byte[] key, Consumer<byte @Nullable []> consumer) {
    add(reply -> consumer.accept((byte[]) reply), GET, key);
  }

  /** Bytes {@code first} to {@code last}, both included; shorter or empty where the value ends. */
  public void range(byte[] key, int first, int last, Consumer<byte[]> consumer) {
    add(
        reply -> consumer.accept(reply == null ? new byte[0] : (byte[]) reply),
        GETRANGE,
        key,
        bytes(first),
        bytes(last));
  }

  /** The values of {@code fields} in order, null where one is absent. */
  public void hash(byte[] key, List<byte[]> fields, Consumer<List<byte @Nullable []>> consumer) {
    if (fields.isEmpty()) {
      return;
    }
    byte[][] words = new byte[fields.size() + 2][];
    words[0] = HMGET;
    words[1] = key;
    for (int i = 0; i < fields.size(); i++) {
      words[i + 2] = fields.get(i);
    }
    add(reply -> consumer.accept(byteList(reply)), words);
  }

  /** All fields and values of a hash that is known to be bounded. */
  public void wholeHash(byte[] key, Consumer<Map<String, byte[]>> consumer) {
    add(
        reply -> {
          List<byte @Nullable []> flat = byteList(reply);
          var map = new LinkedHashMap<String, byte[]>();
          for (int i = 0; i + 1 < flat.size(); i += 2) {
            byte[] field = flat.get(i);
            byte[] value = flat.get(i + 1);
            if (field != null && value != null) {
              map.put(new String(field, java.nio.charset.StandardCharsets.UTF_8), value);
            }
          }
          consumer.accept(map);
        },
        HGETALL,
        key);
  }

  /** The elements of a list that is known to be bounded. */
  public void list(byte[] key, Consumer<List<byte @Nullable []>> consumer) {
    add(reply -> consumer.accept(byteList(reply)), LRANGE, key, bytes(0), bytes(-1));
  }

  /** The record batch at {@code id} of the stream {@code key}, or null when it was trimmed. */
  public void entry(byte[] key, EntryId id, Consumer<byte @Nullable []> consumer) {
    byte[] at = bytes(id.toString());
    add(reply -> consumer.accept(LogEntry.onlyBatch(reply)), XRANGE, key, at, at);
  }

  /** Up to {@code most} entries of a stream from {@code first} on. */
  public void entries(byte[] key, EntryId first, int most, Consumer<List<LogEntry>> consumer) {
    add(
        reply -> consumer.accept(LogEntry.list(reply)),
        XRANGE,
        key,
        bytes(first.toString()),
        bytes("+"),
        bytes("COUNT"),
        bytes(most));
  }

  /** Up to {@code most} entries of a stream from {@code last} back, the newest first. */
  public void entriesBack(byte[] key, EntryId last, int most, Consumer<List<LogEntry>> consumer) {
    add(
        reply -> consumer.accept(LogEntry.list(reply)),
        XREVRANGE,
        key,
        bytes(last.toString()),
        bytes("-"),
        bytes("COUNT"),
        bytes(most));
  }

  /** The number of entries of a stream. */
  public void streamLength(byte[] key, LongConsumer consumer) {
    add(reply -> consumer.accept(reply == null ? 0 : (Long) reply), XLEN, key);
  }

  /** These reads and {@code others} behind them; for sending, each delivers its own replies. */
  public Reads followedBy(Reads others) {
    var both = new Reads();
    both.commands.addAll(commands);
    both.commands.addAll(others.commands);
    both.consumers.addAll(consumers);
    both.consumers.addAll(others.consumers);
    return both;
  }

  public boolean isEmpty() {
    return commands.isEmpty();
  }

  /** The commands, in order. */
  public List<Command> commands() {
    return commands;
  }

  /** Hands every reply to its consumer; {@code replies} are in the order of the commands. */
  public void deliver(List<@Nullable Object> replies) {
    for (int i = 0; i < commands.size(); i++) {
      if (replies.get(i) instanceof RuntimeException failure) {
        throw failure;
      }
    }
    for (int i = 0; i < commands.size(); i++) {
      consumers.get(i).accept(replies.get(i));
    }
  }

  private void add(Consumer<@Nullable Object> consumer, byte[]... words) {
    commands.add(new Command(words));
    consumers.add(consumer);
  }

  private static List<byte @Nullable []> byteList(@Nullable Object reply) {
    var list = new ArrayList<byte @Nullable []>();
    if (reply instanceof List<?> values) {
      for (Object value : values) {
        list.add((byte[]) value);
      }
    }
    return list;
  }
}
