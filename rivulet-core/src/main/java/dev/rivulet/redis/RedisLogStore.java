package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.event.EntryId;
import dev.rivulet.log.LogStore;
import dev.rivulet.view.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends record batches to the streams: per batch one transaction of XADD and the counts of
 * records by project, one pipeline per primary, and where replicas are asked for a WAIT at its end.
 */
final class RedisLogStore implements LogStore {
  private static final byte[] MULTI = bytes("MULTI");
  private static final byte[] EXEC = bytes("EXEC");
  private static final byte[] XADD = bytes("XADD");
  private static final byte[] HINCRBY = bytes("HINCRBY");
  private static final byte[] WAIT = bytes("WAIT");
  private static final byte[] NEXT_ID = bytes("*");
  private static final byte[] FIELD = bytes(LogEntry.FIELD);

  private final RedisNodes nodes;
  private final int replicas;
  private final Map<String, RedisConnection> connections = new HashMap<>();

  RedisLogStore(RedisNodes nodes, int replicas) {
    this.nodes = nodes;
    this.replicas = replicas;
  }

  @Override
  public List<Outcome> append(List<PartitionBatch> batches) {
    Outcome[] outcomes = new Outcome[batches.size()];
    Map<String, List<Integer>> byPrimary = new LinkedHashMap<>();
    for (int i = 0; i < batches.size(); i++) {
      String tag = Integer.toString(batches.get(i).partition());
      byPrimary.computeIfAbsent(nodes.primaryOf(tag), node -> new ArrayList<>()).add(i);
    }
    byPrimary.forEach((node, mine) -> appendTo(node, mine, batches, outcomes));
    return List.of(outcomes);
  }

  @Override
  public void close() {
    connections.values().forEach(RedisConnection::close);
    connections.clear();
  }

  private void appendTo(
      String node, List<Integer> mine, List<PartitionBatch> batches, Outcome[] outcomes) {
    try {
      RedisConnection redis = connection(node, batches.get(mine.get(0)).partition());
      for (int i : mine) {
        send(redis, batches.get(i));
      }
      if (replicas > 0) {
        redis.send(WAIT, bytes(replicas), bytes(RedisConnection.REPLICA_MILLIS));
      }
      for (int i : mine) {
        outcomes[i] = outcome(redis.receive(3 + batches.get(i).events().size()));
      }
      if (replicas > 0) {
        confirm(node, redis.receive(1).get(0), mine, outcomes);
      }
    } catch (RuntimeException e) {
      forget(node);
      for (int i : mine) {
        if (outcomes[i] == null || replicas > 0) {
          outcomes[i] = Outcome.failed("the log cannot be reached: " + e.getMessage());
        }
      }
    }
  }

  /** What too few replicas have confirmed may be lost with its primary: it was not appended. */
  private void confirm(
      String node, @Nullable Object reply, List<Integer> mine, Outcome[] outcomes) {
    if (reply instanceof Long confirmed && confirmed >= replicas) {
      return;
    }
    String had = reply instanceof Long confirmed ? confirmed + " did" : String.valueOf(reply);
    var unconfirmed =
        Outcome.failed(
            "an append to %s must be confirmed by replicas: %d; %s".formatted(node, replicas, had));
    for (int i : mine) {
      outcomes[i] = outcomes[i].id() == null ? outcomes[i] : unconfirmed;
    }
  }

  private static void send(RedisConnection redis, PartitionBatch batch) {
    int partition = batch.partition();
    redis.send(MULTI);
    redis.send(XADD, Keys.log(partition), NEXT_ID, FIELD, batch.entry());
    batch
        .events()
        .forEach(
            (project, count) ->
                redis.send(HINCRBY, Keys.appended(partition), bytes(project), bytes(count)));
    redis.send(EXEC);
  }

  private Outcome outcome(List<@Nullable Object> replies) {
    Object executed = replies.get(replies.size() - 1);
    if (executed instanceof List<?> results && results.get(0) instanceof byte[] id) {
      return Outcome.appended(EntryId.parse(new String(id, StandardCharsets.US_ASCII)));
    }
    for (Object reply : replies) {
      if (reply instanceof RedisError error) {
        if (error.moved() || error.readOnly()) {
          nodes.refresh();
        }
        return Outcome.failed(
            error.outOfMemory()
                ? "the store is out of memory: " + error.getMessage()
                : "the log refused the append: " + error.getMessage());
      }
    }
    return Outcome.failed("the log refused the append: " + executed);
  }

  private RedisConnection connection(String node, int partition) {
    RedisConnection known = connections.get(node);
    if (known != null && !known.broken()) {
      return known;
    }
    RedisConnection opened = nodes.open(Integer.toString(partition));
    if (!opened.node().equals(node)) { // the partition moved meanwhile, perhaps alone
      opened.close();
      throw new RedisUnavailable("The log has just moved from " + node + " to " + opened.node());
    }
    connections.put(node, opened);
    return opened;
  }

  private void forget(String node) {
    RedisConnection broken = connections.remove(node);
    if (broken != null) {
      broken.close();
    }
    try {
      nodes.refresh();
    } catch (RedisUnavailable e) {
      // It stays unreachable; the next append finds out.
    }
  }
}
