package dev.rivulet.redis;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * Which node a slot is on, and a pool of connections to it. Thread-safe; throws the client's own.
 */
sealed interface Topology extends AutoCloseable {

  /** The primary of the slot; null when the cluster has none for it. */
  @Nullable HostAndPort primaryOf(int slot);

  Connection borrow(int slot);

  /** Every primary once, in a stable order. */
  List<HostAndPort> primaries();

  /** Asks again who is where. */
  void refresh();

  /** Forgets idle connections to the slot's primary, which a restart has cut without a word. */
  void dropIdle(int slot);

  @Override
  void close();

  static Topology of(RedisAddress address, JedisClientConfig config) {
    if (address instanceof RedisAddress.Cluster cluster) {
      var provider =
          new ClusterConnectionProvider(endpoints(cluster.nodes()), config, poolConfig());
      return new Slots(provider);
    }
    if (address instanceof RedisAddress.Sentinel sentinel) {
      var provider =
          new SentineledConnectionProvider(
              sentinel.primary(),
              config,
              poolConfig(),
              endpoints(sentinel.sentinels()),
              RedisNodes.clientConfig(null, 0, false));
      return new Watched(provider);
    }
    var standalone = (RedisAddress.Standalone) address;
    var node = endpoint(standalone.node());
    return new Single(node, new PooledConnectionProvider(node, config, poolConfig()));
  }

  private static Set<HostAndPort> endpoints(List<HostPort> nodes) {
    return nodes.stream()
        .map(Topology::endpoint)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static HostAndPort endpoint(HostPort node) {
    return new HostAndPort(node.host(), node.port());
  }

  /** Of each node. Short uses by the bounded query workers; workers have their own connections. */
  private static ConnectionPoolConfig poolConfig() {
    var config = new ConnectionPoolConfig();
    config.setMaxTotal(16);
    config.setMaxIdle(16);
    config.setMaxWait(Duration.ofSeconds(2));
    config.setJmxEnabled(false);
    return config;
  }

  /** One server. */
  record Single(HostAndPort node, PooledConnectionProvider provider) implements Topology {
    @Override
    public HostAndPort primaryOf(int slot) {
      return node;
    }

    @Override
    public Connection borrow(int slot) {
      return provider.getConnection();
    }

    @Override
    public List<HostAndPort> primaries() {
      return List.of(node);
    }

    @Override
    public void refresh() {
      // There is only this one.
    }

    @Override
    public void dropIdle(int slot) {
      provider.getPool().clear();
    }

    @Override
    public void close() {
      provider.close();
    }
  }

  /** A primary that Sentinels name. */
  record Watched(SentineledConnectionProvider provider) implements Topology {
    @Override
    public HostAndPort primaryOf(int slot) {
      return provider.getCurrentMaster();
    }

    @Override
    public Connection borrow(int slot) {
      return provider.getConnection();
    }

    @Override
    public List<HostAndPort> primaries() {
      return List.of(provider.getCurrentMaster());
    }

    @Override
    public void refresh() {
      // The Sentinels tell the provider of a new primary, and it asks them again on reconnecting.
    }

    @Override
    public void dropIdle(int slot) {
      provider.getConnectionMap().values().forEach(pool -> pool.clear());
    }

    @Override
    public void close() {
      provider.close();
    }
  }

  /** The slots of a cluster. */
  record Slots(ClusterConnectionProvider provider) implements Topology {
    @Override
    public @Nullable HostAndPort primaryOf(int slot) {
      return provider.getNode(slot);
    }

    @Override
    public Connection borrow(int slot) {
      return provider.getConnectionFromSlot(slot);
    }

    @Override
    public List<HostAndPort> primaries() {
      // Not provider.getPrimaryNodes(): it is filled once and keeps dead primaries.
      var names = new TreeSet<String>();
      for (int slot = 0; slot < Protocol.CLUSTER_HASHSLOTS; slot++) {
        var node = provider.getNode(slot);
        if (node != null) {
          names.add(node.toString());
        }
      }
      return names.stream().map(HostAndPort::from).toList();
    }

    @Override
    public void refresh() {
      provider.renewSlotCache();
    }

    @Override
    public void dropIdle(int slot) {
      var node = provider.getNode(slot);
      var pool = node == null ? null : provider.getNodes().get(node.toString());
      if (pool != null) {
        try {
          pool.clear();
        } catch (JedisException alreadyDestroyed) {
          // A refresh has just removed the node and its pool.
          return;
        }
      }
    }

    @Override
    public void close() {
      provider.close();
    }
  }
}
