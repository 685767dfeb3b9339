package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.list;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Keys;
import dev.rivulet.engine.NodeStatus;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.PartitionAsides;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads each partition's books in one transaction, so that they add up at every moment. */
final class RedisStatusStore implements StatusStore {
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");
  private static final byte[] GET = bytes("GET");
  private static final byte[] HGETALL = bytes("HGETALL");
  private static final byte[] XLEN = bytes("XLEN");
  private static final byte[] XRANGE = bytes("XRANGE");
  private static final byte[] ZREVRANGE = bytes("ZREVRANGE");
  private static final byte[] HMGET = bytes("HMGET");
  private static final byte[] MEMORY = bytes("MEMORY");
  private static final byte[] USAGE = bytes("USAGE");
  private static final int READS = 5;

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
  public List<PartitionAsides> asides(int partitions) {
    List<Integer> wanted = IntStream.range(0, partitions).boxed().toList();
    var all = new ArrayList<PartitionAsides>();
    wanted.forEach(partition -> all.add(new PartitionAsides(partition, Map.of(), null)));
    for (List<Integer> together : nodes.byPrimary(wanted).values()) {
      List<PartitionAsides> read =
          nodes.callIdempotent(
              Integer.toString(together.get(0)), redis -> readAsides(redis, together));
      read.forEach(asides -> all.set(asides.partition(), asides));
    }
    return all;
  }

  /** Of partitions that have the same primary. */
  private static List<PartitionAsides> readAsides(RedisConnection redis, List<Integer> partitions) {
    for (int partition : partitions) {
      redis.send(ZREVRANGE, Keys.newestPoison(partition), bytes("0"), bytes("-1"));
      redis.send(MEMORY, USAGE, Keys.log(partition));
    }
    List<@Nullable Object> replies = redis.receive(2 * partitions.size());
    for (Object reply : replies) {
      if (reply instanceof RedisError refused && refused.asksForRefresh()) {
        throw refused;
      }
    }
    List<PartitionAsides> all = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      int partition = partitions.get(i);
      List<?> places = list(replies.get(2 * i));
      // A hosted store may not let us ask.
      Long bytes = replies.get(2 * i + 1) instanceof Long told ? told : null;
      all.add(new PartitionAsides(partition, reasons(redis, partition, places), bytes));
    }
    return all;
  }

  private static Map<String, String> reasons(RedisConnection redis, int partition, List<?> places) {
    var poison = new LinkedHashMap<String, String>();
    if (places.isEmpty()) {
      return poison;
    }
    byte[][] words = new byte[places.size() + 2][];
    words[0] = HMGET;
    words[1] = Keys.poison(partition);
    for (int i = 0; i < places.size(); i++) {
      words[i + 2] = (byte[]) places.get(i);
    }
    List<?> reasons = list(redis.ask(words));
    for (int i = 0; i < places.size(); i++) {
      if (reasons.get(i) != null) { // else it was erased with a person
        poison.put(text(places.get(i)), text(reasons.get(i)));
      }
    }
    return poison;
  }

  @Override
  public List<NodeStatus> nodes() {
    return RedisHeartbeat.all(nodes);
  }

  @Override
  public Map<String, Object> store(int partitions) {
    return RedisTold.all(nodes, partitions);
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
    redis.send(GET, Keys.lease(partition));
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
}
