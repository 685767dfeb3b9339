package dev.rivulet.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Where each hash tag lives: on one server, on the primary Sentinels name, or on the nodes of a
 * cluster. Thread-safe.
 *
 * <p>A hash tag is what stands between the braces of a key: {@code 2} for {@code rv:{2}:offset}.
 */
public final class RedisNodes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisNodes.class);
  private static final int CONNECT_MILLIS = 2_000;

  /** Long enough for a Redis that forks or rewrites its log on a busy disk. */
  private static final int REPLY_MILLIS = 10_000;

  /** Listeners are sent something every second, so a server that is so long silent hangs. */
  private static final int SILENCE_MILLIS = 5_000;

  /** How long a start waits for a cluster that is replacing a primary. */
  private static final long SETTLE_MILLIS = 15_000;

  private static final long SETTLE_PAUSE_MILLIS = 100;

  private final RedisAddress address;
  private final JedisClientConfig config;
  private final Topology topology;
  private final Object refreshing = new Object();
  private volatile long refreshes;

  private RedisNodes(RedisAddress address, JedisClientConfig config, Topology topology) {
    this.address = address;
    this.config = config;
    this.topology = topology;
  }

  /**
   * Reaches every primary and checks that it can keep analytics: recent enough, never evicting. A
   * cluster that is just replacing a primary is given 15 seconds.
   *
   * @throws RedisUnavailable when one cannot be reached or refuses the login
   * @throws UnsuitableRedis when one is too old, or would evict data, or is no primary
   */
  public static RedisNodes connect(RedisAddress address) {
    int database = address instanceof RedisAddress.Standalone one ? one.database() : 0;
    var config = clientConfig(address.credentials(), database, address.tls());
    Topology topology;
    try {
      topology = Topology.of(address, config);
    } catch (JedisException e) {
      throw unreachable(address.toString(), e);
    }
    var nodes = new RedisNodes(address, config, topology);
    try {
      nodes.awaitChecked();
      return nodes;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  private void awaitChecked() {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS);
    for (boolean again = false; ; again = true) {
      try {
        if (again) {
          refresh();
        }
        check();
        return;
      } catch (RedisUnavailable e) {
        if (!cluster()
            || System.nanoTime() - until >= 0
            || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (!again) {
          log.info("waiting for the cluster to settle: {}", e.getMessage());
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_PAUSE_MILLIS));
      }
    }
  }

  private void check() {
    for (var primary : topology.primaries()) {
      try (var connection = open(primary, config)) {
        ServerCheck.check(connection, cluster());
      }
    }
  }

  static JedisClientConfig clientConfig(
      RedisAddress.@Nullable Credentials credentials, int database, boolean tls) {
    var builder =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(CONNECT_MILLIS)
            .socketTimeoutMillis(REPLY_MILLIS)
            .clientName("rivulet")
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
            .database(database)
            .ssl(tls);
    if (credentials != null) {
      builder.user(credentials.user()).password(credentials.password());
    }
    return builder.build();
  }

  /** The slot of a hash tag, 0 to 16383. */
  public static int slotOf(String hashTag) {
    if (hashTag.isEmpty() || hashTag.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "Hash tag \"%s\" is empty or holds a }; use a partition number such as 2."
              .formatted(hashTag));
    }
    return JedisClusterCRC16.getSlot("{" + hashTag + "}");
  }

  /** What {@link #connect} was given. */
  public RedisAddress address() {
    return address;
  }

  /** Whether hash tags are spread over nodes. */
  public boolean cluster() {
    return topology instanceof Topology.Slots;
  }

  /** The "host:port" of the primary that has the hash tag, as known now. */
  public String primaryOf(String hashTag) {
    return locate(slotOf(hashTag)).toString();
  }

  /** Partitions by the "host:port" of their primary, as known now; without those that have none. */
  Map<String, List<Integer>> byPrimary(Iterable<Integer> partitions) {
    var byPrimary = new LinkedHashMap<String, List<Integer>>();
    for (int partition : partitions) {
      try {
        String primary = primaryOf(Integer.toString(partition));
        byPrimary.computeIfAbsent(primary, p -> new ArrayList<>()).add(partition);
      } catch (RedisUnavailable e) {
        // Nobody has it now.
      }
    }
    return byPrimary;
  }

  /** The "host:port" of every primary, as known now. */
  public List<String> primaries() {
    return topology.primaries().stream().map(HostAndPort::toString).toList();
  }

  /**
   * Opens a connection of the caller's own to the primary that has the hash tag: for blocking
   * reads, WATCH and long pipelines. The caller closes it.
   *
   * @throws RedisUnavailable when that node cannot be reached; the topology has been read again
   */
  public RedisConnection open(String hashTag) {
    try {
      return open(locate(slotOf(hashTag)), config);
    } catch (RedisUnavailable e) {
      refresh();
      throw e;
    }
  }

  /**
   * Lends a pooled connection to the primary that has the hash tag, for a short use without WATCH,
   * blocking or SELECT; every reply must have been read at the end. On MOVED, READONLY or a lost
   * connection the topology is read again, and the error is thrown: whether to retry is the
   * caller's to know.
   *
   * @throws RedisError the first error reply that {@code use} lets through
   * @throws RedisUnavailable when the node cannot be reached, or is lost on the way
   */
  public <T extends @Nullable Object> T call(String hashTag, Function<RedisConnection, T> use) {
    int slot = slotOf(hashTag);
    try {
      var connection = borrow(slot);
      try {
        return use.apply(connection);
      } finally {
        connection.release();
      }
    } catch (RedisUnavailable e) {
      topology.dropIdle(slot);
      refresh();
      throw e;
    } catch (RedisError e) {
      if (e.asksForRefresh()) {
        refresh();
      }
      throw e;
    }
  }

  /**
   * {@link #call} for a use that may run twice, such as a read: tried once more, at the node the
   * topology names then, after MOVED, READONLY or a lost connection.
   */
  public <T extends @Nullable Object> T callIdempotent(
      String hashTag, Function<RedisConnection, T> use) {
    try {
      return call(hashTag, use);
    } catch (RedisUnavailable e) {
      return call(hashTag, use);
    } catch (RedisError e) {
      if (e.asksForRefresh()) {
        return call(hashTag, use);
      }
      throw e;
    }
  }

  /**
   * Opens a connection of the caller's own that listens to a primary, as {@link #primaryOf} names
   * it.
   *
   * @throws RedisUnavailable when it cannot be reached
   */
  RedisSubscription subscription(String primary) {
    try {
      var connection = new Connection(HostAndPort.from(primary), config);
      return new RedisSubscription(connection, primary, SILENCE_MILLIS);
    } catch (JedisException e) {
      throw unreachable(primary, e);
    }
  }

  /** Asks one command that may run twice of the primary that has the partition. */
  @Nullable Object ask(int partition, byte[]... words) {
    return this.<@Nullable Object>callIdempotent(
        Integer.toString(partition), redis -> redis.ask(words));
  }

  /** Reads the topology again; callers that come while one is at it share the result. */
  public void refresh() {
    long seen = refreshes;
    synchronized (refreshing) {
      if (seen == refreshes) {
        try {
          topology.refresh();
        } catch (JedisException e) {
          throw unreachable(address.toString(), e);
        }
        refreshes = seen + 1;
      }
    }
  }

  /** Closes the pools; connections from {@link #open} stay their owners'. */
  @Override
  public void close() {
    topology.close();
  }

  private HostAndPort locate(int slot) {
    var node = topology.primaryOf(slot);
    if (node == null) {
      refresh();
      node = topology.primaryOf(slot);
    }
    if (node == null) {
      throw new RedisUnavailable(
          "No node of %s has slot %d now; is the cluster complete?".formatted(address, slot));
    }
    return node;
  }

  static RedisConnection open(HostAndPort node, JedisClientConfig config) {
    try {
      return new RedisConnection(new Connection(node, config), node.toString());
    } catch (JedisException e) {
      throw unreachable(node.toString(), e);
    }
  }

  private RedisConnection borrow(int slot) {
    var node = locate(slot).toString();
    try {
      return new RedisConnection(topology.borrow(slot), node);
    } catch (JedisException e) {
      throw unreachable(node, e);
    }
  }

  private static RedisUnavailable unreachable(String where, JedisException e) {
    var reason = rootReason(e);
    if (refusal(e)) {
      return new RedisUnavailable(
          "Redis at %s refuses the login (%s). Check user and password in the address."
              .formatted(where, reason),
          e);
    }
    return new RedisUnavailable(
        "Redis at %s cannot be reached (%s). Is it running, and is the address right?"
            .formatted(where, reason),
        e);
  }

  private static boolean refusal(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof JedisAccessControlException) {
        return true;
      }
      for (var other : at.getSuppressed()) {
        if (other instanceof JedisAccessControlException) {
          return true;
        }
      }
    }
    return false;
  }

  private static String rootReason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null || root.getSuppressed().length > 0) {
      root = root.getCause() != null ? root.getCause() : root.getSuppressed()[0];
    }
    return String.valueOf(root.getMessage());
  }
}
