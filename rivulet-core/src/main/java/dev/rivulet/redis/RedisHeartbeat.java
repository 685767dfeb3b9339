package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;
import static dev.rivulet.redis.Replies.list;
import static dev.rivulet.redis.Replies.text;

import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import dev.rivulet.engine.NodeReport;
import dev.rivulet.engine.NodeStatus;
import dev.rivulet.time.StoreClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells that this node lives and reads who else does. What a node tells of itself is a key that
 * goes by itself {@link Leases#REMEMBERED} after the last beat; how long it has left says when that
 * was, by the store's clock. A full store refuses the newest report, but lets the last one live on.
 * A sorted set lists the nodes by the time of joining, which makes the order of seniority. Not
 * thread-safe, except for {@link #all}.
 */
final class RedisHeartbeat {
  private static final byte[] ZADD = bytes("ZADD");
  private static final byte[] ZREM = bytes("ZREM");
  private static final byte[] ZRANGE = bytes("ZRANGE");
  private static final byte[] PTTL = bytes("PTTL");
  private static final byte[] PEXPIRE = bytes("PEXPIRE");
  private static final byte[] GET = bytes("GET");
  private static final byte[] SET = bytes("SET");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] PX = bytes("PX");
  private static final byte[] TIME = bytes("TIME");
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisNodes nodes;
  private final StoreClock clock;
  private final Supplier<NodeReport> report;
  private long joinedAt;

  RedisHeartbeat(RedisNodes nodes, StoreClock clock, Supplier<NodeReport> report) {
    this.nodes = nodes;
    this.clock = clock;
    this.report = report;
  }

  /** One beat; returns the ids of those who live, seniors first. */
  List<String> beat() {
    return nodes.call("0", this::beat);
  }

  private List<String> beat(RedisConnection redis) {
    redis.timeout(PATIENCE);
    long now = measure(redis, clock);
    joinedAt = joinedAt == 0 ? now : joinedAt;
    NodeReport own = report.get();
    byte[] key = Keys.node(own.node());
    byte[] kept = bytes(Leases.REMEMBERED.toMillis());
    redis.send(ZADD, Keys.nodes(), bytes(joinedAt), bytes(own.node()));
    redis.send(SET, key, bytes(own.encode()), PX, kept);
    redis.send(PEXPIRE, key, kept);
    for (Object reply : redis.receive(3)) {
      if (reply instanceof RedisError refused && !refused.outOfMemory()) {
        throw refused;
      }
    }
    List<String> living = new ArrayList<>();
    List<byte[]> gone = new ArrayList<>();
    for (Heard node : heard(redis)) {
      if (node.silentMillis == null) {
        gone.add(bytes(node.id));
      } else if (node.silentMillis < Leases.LENGTH.toMillis()) {
        living.add(node.id);
      }
    }
    if (!gone.isEmpty()) {
      gone.add(0, Keys.nodes());
      gone.add(0, ZREM);
      redis.ask(gone.toArray(new byte[0][]));
    }
    return living;
  }

  /** Takes this node off the list. */
  void leave() {
    String own = report.get().node();
    nodes.call(
        "0",
        redis -> {
          redis.timeout(PATIENCE);
          redis.send(ZREM, Keys.nodes(), bytes(own));
          redis.send(DEL, Keys.node(own));
          return redis.receive(2);
        });
  }

  /** Who was heard lately, seniors first. */
  static List<NodeStatus> all(RedisNodes nodes) {
    return nodes.callIdempotent("0", RedisHeartbeat::all);
  }

  private static List<NodeStatus> all(RedisConnection redis) {
    List<Heard> heard = heard(redis);
    heard.forEach(node -> redis.send(GET, Keys.node(node.id)));
    List<@Nullable Object> told = redis.receive(heard.size());
    List<NodeStatus> all = new ArrayList<>();
    for (int i = 0; i < heard.size(); i++) {
      Heard node = heard.get(i);
      if (node.silentMillis != null) {
        all.add(new NodeStatus(node.id, node.silentMillis, decode(told.get(i))));
      }
    }
    return all;
  }

  /** Each node of the list, seniors first, and since when it was not heard; null: too long. */
  private static List<Heard> heard(RedisConnection redis) {
    redis.send(ZRANGE, Keys.nodes(), bytes("0"), bytes("-1"));
    List<String> ids = new ArrayList<>();
    list(redis.receive()).forEach(id -> ids.add(text(id)));
    ids.forEach(id -> redis.send(PTTL, Keys.node(id)));
    List<@Nullable Object> left = redis.receive(ids.size());
    long kept = Leases.REMEMBERED.toMillis();
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      // More is left than there ever was when the store's clock was set back.
      boolean known = left.get(i) instanceof Long millis && millis >= 0 && millis <= kept;
      heard.add(new Heard(ids.get(i), known ? (Long) (kept - (Long) left.get(i)) : null));
    }
    return heard;
  }

  private record Heard(String id, @Nullable Long silentMillis) {}

  /** What a node of another version tells may not be understood; it lives all the same. */
  private static @Nullable NodeReport decode(@Nullable Object stored) {
    try {
      return stored instanceof byte[] told ? NodeReport.decode(text(told)) : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Reads the store's clock and corrects ours; returns the store's, in epoch milliseconds. */
  static long measure(RedisConnection redis, StoreClock clock) {
    long sent = clock.machineMillis();
    long began = System.nanoTime();
    long store = millis(redis.ask(TIME));
    var trip = Duration.ofNanos(System.nanoTime() - began);
    clock.measured(sent, store, clock.machineMillis(), trip);
    return store;
  }

  private static long millis(@Nullable Object time) {
    List<?> parts = list(time);
    return Long.parseLong(text(parts.get(0))) * 1_000 + Long.parseLong(text(parts.get(1))) / 1_000;
  }
}
