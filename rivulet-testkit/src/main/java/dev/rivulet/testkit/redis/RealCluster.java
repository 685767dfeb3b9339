package dev.rivulet.testkit.redis;

import static java.util.stream.Collectors.toMap;

import dev.rivulet.redis.HostPort;
import dev.rivulet.redis.LoopbackPort;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisError;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisUnavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A real Redis Cluster on the loopback: three primaries with a replica each, in temporary folders,
 * with append-only files so that a killed node can come back.
 *
 * <p>A primary is replaced only inside {@link #awaitFailover} and {@link #handOver}: one that is
 * merely slow, since the machine is busy, stays, so that nothing is lost unasked.
 *
 * <p>Nodes are named by their "host:port". Not thread-safe.
 */
public final class RealCluster implements AutoCloseable {
  private static final int PRIMARIES = 3;
  private static final int SLOTS = 16_384;
  private static final int BUS_OFFSET = 10_000;
  private static final String NOBODY = "nobody";
  private static final int START_ATTEMPTS = 3;

  /** The machine may be busy; no test asserts a time. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** After so long without an answer a node is taken for lost: while one is to be replaced. */
  private static final int HASTY_MILLIS = 1_500;

  /** And otherwise, since on a busy machine one that lives may be silent for seconds. */
  private static final int CALM_MILLIS = 15_000;

  /** A node that meets another forgets it when the handshake takes too long. */
  private static final Duration MEET_AGAIN = Duration.ofSeconds(3);

  private final Path folder;
  private final Map<String, Node> nodes;
  private final Set<String> paused = new HashSet<>();

  private RealCluster(Path folder, List<Node> nodes) {
    this.folder = folder;
    this.nodes = nodes.stream().collect(toMap(Node::name, Function.identity()));
  }

  /** Starts six servers, joins them and waits until the cluster serves every slot. */
  public static RealCluster start() {
    for (int attempt = 1; ; attempt++) {
      var folder = Folders.create();
      var started = new ArrayList<Node>();
      try {
        for (int i = 0; i < 2 * PRIMARIES; i++) {
          started.add(
              Node.start(folder.resolve("node-" + i), LoopbackPort.free(BUS_OFFSET), options()));
        }
        var cluster = new RealCluster(folder, started);
        cluster.join(started);
        return cluster;
      } catch (RuntimeException e) {
        started.forEach(Node::kill9);
        Folders.delete(folder);
        // Somebody may have taken a port between the look and the start.
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static List<String> options() {
    return List.of(
        "--cluster-enabled", "yes",
        "--cluster-node-timeout", Integer.toString(HASTY_MILLIS),
        "--cluster-replica-no-failover", "yes",
        "--cluster-replica-validity-factor", "0",
        "--repl-diskless-sync-delay", "0",
        "--appendonly", "yes",
        // Not everysec: it makes writes wait while the disk is busy.
        "--appendfsync", "no");
  }

  private void join(List<Node> all) {
    var primaries = all.subList(0, PRIMARIES);
    for (int i = 0; i < PRIMARIES; i++) {
      int first = i * SLOTS / PRIMARIES;
      int last = (i + 1) * SLOTS / PRIMARIES - 1;
      primaries.get(i).ask("CLUSTER", "ADDSLOTSRANGE", first, last);
      // Distinct epochs at once, instead of after rounds of collisions.
      primaries.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
    }
    var meetAt = new long[] {System.nanoTime()};
    await(
        "every node knows the others",
        () -> {
          if (all.stream().allMatch(node -> knowsAll(node, all))) {
            return true;
          }
          if (System.nanoTime() - meetAt[0] >= 0) {
            meet(all.get(0), all);
            meetAt[0] = System.nanoTime() + MEET_AGAIN.toNanos();
          }
          return false;
        });
    for (int i = 0; i < PRIMARIES; i++) {
      all.get(PRIMARIES + i).ask("CLUSTER", "REPLICATE", id(primaries.get(i)));
    }
    awaitWhole();
  }

  private static void meet(Node hub, List<Node> all) {
    var known = hub.askText("CLUSTER", "NODES");
    for (var node : all) {
      if (!known.contains(id(node))) {
        hub.ask("CLUSTER", "MEET", "127.0.0.1", node.port());
      }
    }
  }

  private static boolean knowsAll(Node node, List<Node> all) {
    var table = node.askText("CLUSTER", "NODES");
    return table.lines().filter(line -> !line.contains("handshake")).count() == all.size()
        && all.stream().allMatch(other -> table.contains(id(other)));
  }

  private static String id(Node node) {
    return node.askText("CLUSTER", "MYID");
  }

  /** All nodes, as {@code redis-cluster://host:port,…}. */
  public RedisAddress.Cluster address() {
    var hosts =
        nodes.values().stream().map(node -> new HostPort("127.0.0.1", node.port())).toList();
    return new RedisAddress.Cluster(hosts, null, false);
  }

  /** The "host:port" of the node that has the hash tag's slot, as most living nodes see it. */
  public String primaryOf(String hashTag) {
    return owner(RedisNodes.slotOf(hashTag)).name();
  }

  /** The "host:port" of every living primary that has slots. */
  public Set<String> primaries() {
    var names = new HashSet<String>();
    for (var node : living()) {
      if (ownsSlots(node)) {
        names.add(node.name());
      }
    }
    return names;
  }

  /**
   * Kills the hash tag's primary with SIGKILL and returns its name. Its slots are nobody's until
   * {@link #awaitFailover}.
   */
  public String killPrimaryOf(String hashTag) {
    var node = owner(RedisNodes.slotOf(hashTag));
    node.kill9();
    return node.name();
  }

  /**
   * SIGSTOP to the hash tag's primary, which is replaced by {@link #awaitFailover}; it takes itself
   * for one still when it is resumed.
   */
  public String pausePrimaryOf(String hashTag) {
    var node = owner(RedisNodes.slotOf(hashTag));
    node.pause();
    paused.add(node.name());
    return node.name();
  }

  /** SIGCONT to a paused node. */
  public void resume(String name) {
    node(name).resume();
    paused.remove(name);
  }

  /**
   * Has a replica take the place of the {@code lost} primary of the hash tag, and waits until every
   * living node knows and the cluster is well.
   */
  public void awaitFailover(String hashTag, String lost) {
    int slot = RedisNodes.slotOf(hashTag);
    configure(HASTY_MILLIS, "no");
    await(
        "another node than %s has slot %d".formatted(lost, slot),
        () ->
            living().stream().allMatch(RealCluster::isWell) && !ownerSeenByAll(slot).equals(lost));
    configure(HASTY_MILLIS, "yes");
  }

  /** Starts a killed node in place; it comes back as a replica if it was failed over. */
  public void restart(String name) {
    node(name).restart();
    awaitWhole();
  }

  /**
   * Moves the hash tag's slot with its keys to another primary, as an operator's tool would, while
   * clients go on.
   *
   * @return the new owner's name
   */
  public String moveSlot(String hashTag) {
    var from = owner(RedisNodes.slotOf(hashTag));
    var to = primaries().stream().filter(name -> !name.equals(from.name())).sorted().findFirst();
    moveSlot(hashTag, to.orElseThrow());
    return to.get();
  }

  /** {@link #moveSlot(String)} to a given primary. */
  public void moveSlot(String hashTag, String toName) {
    int slot = RedisNodes.slotOf(hashTag);
    var from = owner(slot);
    var to = node(toName);
    if (from == to) {
      return;
    }
    to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
    from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
    while (from.ask("CLUSTER", "GETKEYSINSLOT", slot, 100) instanceof List<?> keys
        && !keys.isEmpty()) {
      var command =
          new ArrayList<Object>(
              List.of("MIGRATE", "127.0.0.1", to.port(), "", 0, PATIENCE.toMillis(), "KEYS"));
      command.addAll(keys);
      from.ask(command.toArray());
    }
    // The new owner first, so that at no time nobody has it.
    to.ask("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    from.ask("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    await(
        "every node sees slot %d at %s".formatted(slot, toName),
        () -> ownerSeenByAll(slot).equals(toName));
  }

  /**
   * Has a replica take over from the hash tag's primary in order, so that nothing is lost, and
   * waits until the cluster is whole again. All nodes must live.
   *
   * @return the new primary's name
   */
  public String handOver(String hashTag) {
    int slot = RedisNodes.slotOf(hashTag);
    var before = owner(slot);
    configure(HASTY_MILLIS, "yes"); // it also says how soon a node votes again
    var askAgainAt = new long[] {System.nanoTime()};
    await(
        "a replica of %s has taken over".formatted(before.name()),
        () -> {
          if (!ownerSeenByAll(slot).equals(before.name())) {
            return true;
          }
          // A replica gives up after 5 s, or refuses while it is not in step.
          if (System.nanoTime() - askAgainAt[0] >= 0) {
            replicaOf(before).ask("CLUSTER", "FAILOVER");
            askAgainAt[0] = System.nanoTime() + Duration.ofSeconds(6).toNanos();
          }
          return false;
        });
    awaitWhole();
    return owner(slot).name();
  }

  private Node replicaOf(Node primary) {
    String id = id(primary);
    // id, address@bus, flags, primary, …
    return primary
        .askText("CLUSTER", "NODES")
        .lines()
        .map(row -> row.split(" "))
        .filter(row -> row[2].contains("slave") && row[3].equals(id))
        .map(row -> node(row[1].substring(0, row[1].indexOf('@'))))
        .findFirst()
        .orElseThrow(() -> new RedisUnavailable(primary.name() + " has no replica now"));
  }

  /**
   * Waits until every living node is well, all agree on who has what, and every primary has a
   * linked replica, if all live.
   */
  public void awaitWhole() {
    await(
        "the cluster is whole",
        () -> {
          var living = living();
          return living.stream().allMatch(RealCluster::isWell)
              && living.stream().allMatch(RealCluster::isLinked)
              && living.stream().map(RealCluster::slots).distinct().count() == 1
              && (living.size() < nodes.size() || primaries().size() == PRIMARIES);
        });
    if (living().size() == nodes.size()) {
      configure(CALM_MILLIS, "yes");
    }
  }

  /**
   * Waits until the replicas have everything that was written before this call, so that it outlives
   * the primaries. All nodes must live.
   */
  public void awaitReplicated() {
    for (String name : primaries()) {
      var primary = node(name);
      long written = replication(primary, "master_repl_offset");
      await(
          "a replica of %s has its first %d bytes".formatted(name, written),
          () -> replication(replicaOf(primary), "slave_repl_offset") >= written);
    }
  }

  private static long replication(Node node, String field) {
    return node.askText("INFO", "replication")
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .mapToLong(line -> Long.parseLong(line.substring(field.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  /** What every living node is to know of failures; a node that starts has what it started with. */
  private void configure(int timeoutMillis, String noFailover) {
    for (var node : living()) {
      node.ask("CONFIG", "SET", "cluster-node-timeout", timeoutMillis);
      node.ask("CONFIG", "SET", "cluster-replica-no-failover", noFailover);
    }
  }

  /** Kills every node, also paused ones, and deletes their folders. */
  @Override
  public void close() {
    nodes.values().forEach(Node::kill9);
    Folders.delete(folder);
  }

  private Node node(String name) {
    var node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("%s is none of %s".formatted(name, nodes.keySet()));
    }
    return node;
  }

  private List<Node> living() {
    return nodes.values().stream()
        .filter(node -> node.alive() && !paused.contains(node.name()))
        .toList();
  }

  /** Whom all living nodes take for the owner, once they agree and it lives. */
  private Node owner(int slot) {
    var living = living().stream().map(Node::name).toList();
    var owner = new AtomicReference<>("");
    await(
        "all nodes see slot %d at the same living node".formatted(slot),
        () -> {
          owner.set(ownerSeenByAll(slot));
          return living.contains(owner.get());
        });
    return node(String.valueOf(owner.get()));
  }

  /** The name of the slot's owner. */
  private String ownerSeenByAll(int slot) {
    var owners = new HashSet<String>();
    living().forEach(node -> owners.add(ownerAsSeenBy(node, slot)));
    if (owners.size() != 1 || owners.contains(NOBODY)) {
      throw new RedisUnavailable("Slot %d is seen at %s".formatted(slot, owners));
    }
    return owners.iterator().next();
  }

  private static String ownerAsSeenBy(Node node, int slot) {
    if (node.ask("CLUSTER", "SLOTS") instanceof List<?> ranges) {
      for (var range : ranges) {
        if (range instanceof List<?> parts
            && parts.get(0) instanceof Long first
            && parts.get(1) instanceof Long last
            && parts.get(2) instanceof List<?> primary
            && first <= slot
            && slot <= last) {
          return "127.0.0.1:" + primary.get(1);
        }
      }
    }
    return NOBODY;
  }

  /** The rows of the table of slots, each with its primary. */
  private static Set<String> slots(Node node) {
    var rows = new HashSet<String>();
    if (node.ask("CLUSTER", "SLOTS") instanceof List<?> ranges) {
      for (var range : ranges) {
        if (range instanceof List<?> parts && parts.get(2) instanceof List<?> primary) {
          rows.add("%s-%s at %s".formatted(parts.get(0), parts.get(1), primary.get(1)));
        }
      }
    }
    return rows;
  }

  private static boolean ownsSlots(Node node) {
    var myself =
        node.askText("CLUSTER", "NODES")
            .lines()
            .filter(line -> line.contains("myself,master"))
            .findFirst();
    // id, address, flags, primary, ping, pong, epoch, link; then the slots.
    return myself.isPresent() && myself.get().split(" ").length > 8;
  }

  private static boolean isWell(Node node) {
    return node.askText("CLUSTER", "INFO").contains("cluster_state:ok");
  }

  /** Whether a replica is linked to its primary, and a primary has a replica in step. */
  private static boolean isLinked(Node node) {
    var info = node.askText("INFO", "replication");
    return info.contains("role:slave")
        ? info.contains("master_link_status:up")
        : info.contains("state=online") || !ownsSlots(node);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      RuntimeException last = null;
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (RedisUnavailable | RedisError e) {
        last = e; // a node that is just starting, electing, or cut off from the others
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what), last);
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting until " + what, e);
      }
    }
  }
}
