package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.list;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.PartitionStatus;
import dev.rivulet.engine.StatusStore;
import dev.rivulet.engine.Tally;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads each partition's books in one transaction, so that they add up at every moment. */
final class RedisStatusStore implements StatusStore {
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");
  private static final byte[] GET = bytes("GET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] XLEN = bytes("XLEN");
  private static final byte[] XRANGE = bytes("XRANGE");
  private static final byte[] ZRANGE = bytes("ZRANGE");
  private static final byte[] INFO = bytes("INFO");
  private static final int READS = 5;
  private static final List<String> TOLD =
      List.of(
          "redis_version",
          "valkey_version",
          "uptime_in_seconds",
          "used_memory",
          "maxmemory",
          "maxmemory_policy",
          "mem_allocator",
          "aof_enabled",
          "aof_last_write_status",
          "connected_clients",
          "connected_slaves",
          "instantaneous_ops_per_sec");

  private final RedisNodes nodes;

  RedisStatusStore(RedisNodes nodes) {
    this.nodes = nodes;
  }

  @Override
  public List<PartitionStatus> partitions(int partitions) {
    var all = new ArrayList<PartitionStatus>();
    for (int partition = 0; partition < partitions; partition++) {
      int own = partition;
      all.add(nodes.callIdempotent(Integer.toString(own), redis -> read(redis, own)));
    }
    return all;
  }

  @Override
  public List<String> nodes() {
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(ZRANGE, Keys.of(0, "nodes"), bytes("0"), bytes("-1"));
          var names = new ArrayList<String>();
          list(redis.receive()).forEach(name -> names.add(text(name)));
          return names;
        });
  }

  @Override
  public Map<String, Object> store() {
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(INFO);
          var told = new LinkedHashMap<String, Object>();
          for (String line : text(redis.receive()).split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && TOLD.contains(line.substring(0, colon))) {
              told.put(camel(line.substring(0, colon)), value(line.substring(colon + 1)));
            }
          }
          told.put("nodes", nodes.primaries());
          told.put("cluster", nodes.cluster());
          return told;
        });
  }

  private static PartitionStatus read(RedisConnection redis, int partition) {
    redis.send(MULTI);
    sendReads(redis, partition);
    redis.send(EXEC);
    List<@Nullable Object> replies = redis.receive(READS + 2);
    Object executed = replies.get(READS + 1);
    if (!(executed instanceof RedisError)) {
      return status(redis, partition, list(executed));
    }
    for (Object reply : replies) { // a command refused while queueing says more than EXECABORT
      if (reply instanceof RedisError refused) {
        if (refused.outOfMemory()) {
          return readWhileFull(redis, partition);
        }
        throw refused;
      }
    }
    throw (RedisError) executed;
  }

  /**
   * A full Redis refuses every command inside MULTI, also reads. Nothing is appended or folded
   * then, so the same reads add up without it.
   */
  private static PartitionStatus readWhileFull(RedisConnection redis, int partition) {
    sendReads(redis, partition);
    List<@Nullable Object> replies = redis.receive(READS);
    for (Object reply : replies) {
      if (reply instanceof RedisError refused) {
        throw refused;
      }
    }
    return status(redis, partition, replies);
  }

  private static void sendReads(RedisConnection redis, int partition) {
    redis.send(HGETALL, Keys.folded(partition)); // first: what is folded was appended before
    redis.send(HGETALL, Keys.appended(partition));
    redis.send(GET, Keys.offset(partition));
    redis.send(XLEN, Keys.log(partition));
    redis.send(GET, Keys.of(partition, "lease"));
  }

  private static PartitionStatus status(RedisConnection redis, int partition, List<?> values) {
    var appended = new TreeMap<String, Long>();
    Replies.hash(values.get(1))
        .forEach((project, n) -> appended.put(project, Long.valueOf(text(n))));
    var folded = new TreeMap<String, Tally>();
    Replies.hash(values.get(0))
        .forEach((project, tally) -> folded.put(project, Tally.decode(tally)));
    Offset offset = RedisFoldStore.decode((byte[]) values.get(2));
    long pending =
        appended.values().stream().mapToLong(Long::longValue).sum()
            - folded.values().stream().mapToLong(Tally::folded).sum();
    long entries = values.get(3) instanceof Long length ? length : 0;
    byte[] owner = (byte[]) values.get(4);
    return new PartitionStatus(
        partition,
        appended,
        folded,
        offset,
        entries,
        pending == 0 ? 0 : oldestPending(redis, partition, offset),
        owner == null ? null : text(owner));
  }

  private static long oldestPending(RedisConnection redis, int partition, @Nullable Offset offset) {
    EntryId folded = offset == null ? EntryId.START : offset.entry();
    redis.send(
        XRANGE, Keys.log(partition), bytes("(" + folded), bytes("+"), bytes("COUNT"), bytes("1"));
    List<LogEntry> oldest = LogEntry.list(redis.receive());
    return oldest.isEmpty() ? 0 : oldest.get(0).id().millis();
  }

  private static Object value(String text) {
    return text.matches("\\d{1,18}") ? (Object) Long.valueOf(text) : text;
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
