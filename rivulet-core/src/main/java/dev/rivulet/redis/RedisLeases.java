package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leases as keys that Redis lets go by itself. A node takes at most its fair share of the nodes
 * that announced themselves lately.
 */
final class RedisLeases implements Leases {
  private static final byte[] SET = bytes("SET");
  private static final byte[] GET = bytes("GET");
  private static final byte[] NX = bytes("NX");
  private static final byte[] XX = bytes("XX");
  private static final byte[] PX = bytes("PX");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] ZADD = bytes("ZADD");
  private static final byte[] ZREM = bytes("ZREM");
  private static final byte[] ZCARD = bytes("ZCARD");
  private static final byte[] ZREMRANGEBYSCORE = bytes("ZREMRANGEBYSCORE");
  private static final byte[] TIME = bytes("TIME");
  private static final byte[] NODES = Keys.of(0, "nodes");

  private final RedisNodes nodes;
  private final int partitions;
  private final String node;
  private final Set<Integer> mine = new HashSet<>();
  private int living = 1;

  RedisLeases(RedisNodes nodes, int partitions, String node) {
    this.nodes = nodes;
    this.partitions = partitions;
    this.node = node;
  }

  @Override
  public Set<Integer> renew(Duration length) {
    RuntimeException failure = null;
    try {
      living = announce(length);
    } catch (RedisUnavailable | RedisError e) {
      failure = e; // as many as lately, then
    }
    int fairShare = (partitions + living - 1) / living;
    int reached = 0;
    for (int partition = 0; partition < partitions; partition++) {
      try {
        renew(partition, fairShare, length);
        reached++;
      } catch (RedisUnavailable | RedisError e) {
        failure = e; // one primary that is down must not let the leases at the others run out
      }
    }
    if (reached == 0 && failure != null) {
      throw failure;
    }
    return Set.copyOf(mine);
  }

  private void renew(int partition, int fairShare, Duration length) {
    if (mine.contains(partition) && mine.size() > fairShare) {
      giveBack(partition);
    } else if (mine.contains(partition) || mine.size() < fairShare) {
      take(partition, length);
    }
  }

  @Override
  public void close() {
    for (int partition : Set.copyOf(mine)) {
      giveBack(partition);
    }
    nodes.call("0", redis -> redis.ask(ZREM, NODES, bytes(node)));
  }

  /** Tells that this node lives; returns how many do. */
  private int announce(Duration length) {
    return nodes.call(
        "0",
        redis -> {
          long now = Long.parseLong(Replies.text(Replies.list(redis.ask(TIME)).get(0)));
          redis.send(ZADD, NODES, bytes(now), bytes(node));
          redis.send(
              ZREMRANGEBYSCORE, NODES, bytes("-inf"), bytes("(" + (now - length.toSeconds())));
          redis.send(ZCARD, NODES);
          List<@Nullable Object> replies = redis.receive(3);
          for (Object reply : replies) {
            if (reply instanceof RedisError refused) {
              throw refused;
            }
          }
          return replies.get(2) instanceof Long count ? Math.max(1, count.intValue()) : 1;
        });
  }

  private void take(int partition, Duration length) {
    byte[] key = Keys.of(partition, "lease");
    byte[] millis = bytes(length.toMillis());
    boolean held =
        nodes.call(
            Integer.toString(partition),
            redis -> {
              if (redis.ask(SET, key, bytes(node), NX, PX, millis) != null) {
                return true;
              }
              if (!isMine(redis.ask(GET, key))) {
                return false;
              }
              return redis.ask(SET, key, bytes(node), XX, PX, millis) != null;
            });
    if (held) {
      mine.add(partition);
    } else {
      mine.remove(partition);
    }
  }

  private void giveBack(int partition) {
    byte[] key = Keys.of(partition, "lease");
    mine.remove(partition);
    nodes.call(
        Integer.toString(partition),
        redis -> isMine(redis.ask(GET, key)) ? redis.ask(DEL, key) : null);
  }

  private boolean isMine(@Nullable Object owner) {
    return owner instanceof byte[] name && new String(name, StandardCharsets.UTF_8).equals(node);
  }
}
