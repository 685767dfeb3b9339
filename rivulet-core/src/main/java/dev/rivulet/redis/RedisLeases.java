package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import dev.rivulet.engine.Shares;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leases as keys that Redis lets go by itself: in each round one look at all of them and one
 * pipeline of changes per primary. Holding one is no promise: between the look and the change
 * another node may come, and both believe to hold it until the next round. The fold's transaction
 * bears that.
 */
final class RedisLeases implements Leases {
  private static final byte[] SET = bytes("SET");
  private static final byte[] GET = bytes("GET");
  private static final byte[] NX = bytes("NX");
  private static final byte[] PX = bytes("PX");
  private static final byte[] DEL = bytes("DEL");
  private static final byte[] PEXPIRE = bytes("PEXPIRE");

  /** One primary that hangs must not let the leases at the others run out. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RedisNodes nodes;
  private final int partitions;
  private final String node;
  private final RedisHeartbeat heartbeat;
  private final Shares shares;
  private final Set<Integer> mine = new HashSet<>();
  private List<String> living;

  RedisLeases(RedisNodes nodes, int partitions, String node, RedisHeartbeat heartbeat) {
    this.nodes = nodes;
    this.partitions = partitions;
    this.node = node;
    this.heartbeat = heartbeat;
    this.shares = new Shares(partitions, node);
    this.living = List.of(node);
  }

  @Override
  public Set<Integer> renew() {
    RuntimeException failure = null;
    try {
      living = heartbeat.beat();
    } catch (RuntimeException e) {
      failure = e; // as many as lately, then; the leases go on in any case
    }
    Map<Integer, @Nullable String> owners = look();
    if (owners.isEmpty()) {
      throw failure != null ? failure : new RedisUnavailable("no lease can be looked at");
    }
    var unseen = new TreeSet<>(mine);
    unseen.removeAll(owners.keySet());
    Shares.Plan plan = shares.plan(living, owners, unseen, System.nanoTime());
    mine.clear();
    mine.addAll(unseen);
    mine.addAll(plan.renew());
    carryOut(plan);
    return Set.copyOf(mine);
  }

  @Override
  public void close() {
    try {
      Map<Integer, @Nullable String> owners = look();
      mine.removeIf(partition -> !node.equals(owners.get(partition)));
      carryOut(new Shares.Plan(Set.of(), Set.copyOf(mine), Set.of()));
      mine.clear();
    } finally {
      heartbeat.leave();
    }
  }

  /** Who holds what; partitions whose primary does not answer are left out. */
  private Map<Integer, @Nullable String> look() {
    var owners = new TreeMap<Integer, @Nullable String>();
    for (List<Integer> together : nodes.byPrimary(all()).values()) {
      pipeline(
          together,
          partition -> new byte[][] {GET, Keys.lease(partition)},
          (partition, owner) -> owners.put(partition, owner == null ? null : Replies.text(owner)));
    }
    return owners;
  }

  private void carryOut(Shares.Plan plan) {
    byte[] millis = bytes(LENGTH.toMillis());
    var all = new TreeSet<>(plan.renew());
    all.addAll(plan.giveBack());
    all.addAll(plan.take());
    for (List<Integer> together : nodes.byPrimary(all).values()) {
      pipeline(
          together,
          partition -> {
            byte[] key = Keys.lease(partition);
            if (plan.take().contains(partition)) {
              return new byte[][] {SET, key, bytes(node), NX, PX, millis};
            }
            return plan.renew().contains(partition)
                ? new byte[][] {PEXPIRE, key, millis}
                : new byte[][] {DEL, key};
          },
          (partition, reply) -> {
            if (plan.take().contains(partition) && reply != null) {
              mine.add(partition);
            }
          });
    }
  }

  private Set<Integer> all() {
    var all = new TreeSet<Integer>();
    for (int partition = 0; partition < partitions; partition++) {
      all.add(partition);
    }
    return all;
  }

  /** One command for each, in one round trip; those that fail are passed over until next time. */
  private void pipeline(List<Integer> together, CommandOf commands, Answer answer) {
    try {
      nodes.call(
          Integer.toString(together.get(0)),
          redis -> {
            redis.timeout(PATIENCE);
            together.forEach(partition -> redis.send(commands.of(partition)));
            List<@Nullable Object> replies = redis.receive(together.size());
            RedisError refused = null;
            for (int i = 0; i < together.size(); i++) {
              if (replies.get(i) instanceof RedisError error) {
                refused = error;
              } else {
                answer.take(together.get(i), replies.get(i));
              }
            }
            if (refused != null) {
              throw refused; // so that a slot that moved is looked up
            }
            return Boolean.TRUE;
          });
    } catch (RedisUnavailable | RedisError e) {
      // The next round looks again.
    }
  }

  private interface CommandOf {
    byte[][] of(int partition);
  }

  private interface Answer {
    void take(int partition, @Nullable Object reply);
  }
}
