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
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells that this node lives and reads who else does. A sorted set says when each was heard last,
 * by the store's clock; its members begin with the time of joining, which makes the order of
 * seniority. What a node tells of itself is a key that goes by itself. Not thread-safe, except for
 * {@link #all}.
 */
final class RedisHeartbeat {
  private static final byte[] ZADD = bytes("ZADD");
  private static final byte[] ZREM = bytes("ZREM");
  private static final byte[] ZRANGE = bytes("ZRANGE");
  private static final byte[] ZRANGEBYSCORE = bytes("ZRANGEBYSCORE");
  private static final byte[] ZREMRANGEBYSCORE = bytes("ZREMRANGEBYSCORE");
  private static final byte[] WITHSCORES = bytes("WITHSCORES");
  private static final byte[] MGET = bytes("MGET");
  private static final byte[] SET = bytes("SET");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] PX = bytes("PX");
  private static final byte[] TIME = bytes("TIME");
  private static final double MILLIS = 1e3;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final RedisNodes nodes;
  private final StoreClock clock;
  private final Supplier<NodeReport> report;
  private @Nullable String member;

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
    NodeReport own = report.get();
    if (member == null) {
      member = String.format("%013d %s", now, own.node());
    }
    redis.send(ZADD, Keys.nodes(), seconds(now), bytes(member));
    redis.send(ZREMRANGEBYSCORE, Keys.nodes(), bytes("-inf"), before(now, Leases.REMEMBERED));
    // Where the store's clock was set back, those who have died since would live on.
    redis.send(ZREMRANGEBYSCORE, Keys.nodes(), after(now, Leases.LENGTH), bytes("+inf"));
    redis.send(ZRANGEBYSCORE, Keys.nodes(), before(now, Leases.LENGTH), bytes("+inf"));
    byte[] kept = bytes(Leases.REMEMBERED.toMillis());
    redis.send(SET, Keys.node(own.node()), bytes(own.encode()), PX, kept);
    List<@Nullable Object> replies = redis.receive(5);
    for (Object reply : replies) {
      if (reply instanceof RedisError refused) {
        throw refused;
      }
    }
    List<String> living = new ArrayList<>();
    list(replies.get(3)).forEach(member -> living.add(text(member)));
    living.sort(Comparator.naturalOrder()); // by the time of joining
    return living.stream().map(RedisHeartbeat::id).toList();
  }

  /** Takes this node's name off the list. */
  void leave() {
    String own = member;
    if (own == null) {
      return;
    }
    nodes.call(
        "0",
        redis -> {
          redis.timeout(PATIENCE);
          redis.send(ZREM, Keys.nodes(), bytes(own));
          redis.send(DEL, Keys.node(id(own)));
          return redis.receive(2);
        });
  }

  /** Who was heard lately, seniors first. */
  static List<NodeStatus> all(RedisNodes nodes) {
    return nodes.callIdempotent("0", RedisHeartbeat::all);
  }

  private static List<NodeStatus> all(RedisConnection redis) {
    redis.send(TIME);
    redis.send(ZRANGE, Keys.nodes(), bytes("0"), bytes("-1"), WITHSCORES);
    long now = millis(redis.receive());
    List<?> flat = list(redis.receive());
    record Heard(String member, long at) {}
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      long at = Math.round(Double.parseDouble(text(flat.get(i + 1))) * MILLIS);
      if (now - at <= Leases.REMEMBERED.toMillis() && at - now <= Leases.LENGTH.toMillis()) {
        heard.add(new Heard(text(flat.get(i)), at));
      }
    }
    if (heard.isEmpty()) {
      return List.of();
    }
    heard.sort(Comparator.comparing(Heard::member));
    byte[][] words = new byte[heard.size() + 1][];
    words[0] = MGET;
    for (int i = 0; i < heard.size(); i++) {
      words[i + 1] = Keys.node(id(heard.get(i).member));
    }
    List<?> told = list(redis.ask(words));
    List<NodeStatus> all = new ArrayList<>();
    for (int i = 0; i < heard.size(); i++) {
      Heard one = heard.get(i);
      all.add(new NodeStatus(id(one.member), Math.max(0, now - one.at), decode(told.get(i))));
    }
    return all;
  }

  /** What a node of another version tells may not be understood; it lives all the same. */
  private static @Nullable NodeReport decode(@Nullable Object stored) {
    try {
      return stored == null ? null : NodeReport.decode(text(stored));
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

  private static String id(String member) {
    return member.substring(member.indexOf(' ') + 1);
  }

  private static byte[] seconds(long millis) {
    return bytes(Double.toString(millis / MILLIS));
  }

  private static byte[] before(long now, Duration length) {
    return bytes("(" + (now - length.toMillis()) / MILLIS);
  }

  private static byte[] after(long now, Duration length) {
    return bytes("(" + (now + length.toMillis()) / MILLIS);
  }
}
