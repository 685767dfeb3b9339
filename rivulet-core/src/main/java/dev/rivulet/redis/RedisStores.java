package dev.rivulet.redis;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import dev.rivulet.engine.StatusStore;
import dev.rivulet.log.LogStore;
import dev.rivulet.projects.ProjectStore;
import dev.rivulet.query.PartitionReader;

/** The ports of the library, on Redis. */
public final class RedisStores {
  private RedisStores() {}

  /** Appends to the log; one per appending thread. */
  public static LogStore log(RedisNodes nodes) {
    return new RedisLogStore(nodes);
  }

  /** The main fold of a partition, on a connection of its own. */
  public static FoldStore fold(RedisNodes nodes, int partition) {
    byte[] offset = Keys.offset(partition);
    return new RedisFoldStore(nodes.open(Integer.toString(partition)), partition, offset);
  }

  public static FillStore fills(RedisNodes nodes) {
    return new RedisFillStore(nodes);
  }

  /**
   * @param node a name for this process, unique among the nodes
   */
  public static Leases leases(RedisNodes nodes, int partitions, String node) {
    return new RedisLeases(nodes, partitions, node);
  }

  public static PartitionReader reader(RedisNodes nodes) {
    return new RedisPartitionReader(nodes);
  }

  public static StatusStore status(RedisNodes nodes) {
    return new RedisStatusStore(nodes);
  }

  public static ProjectStore projects(RedisNodes nodes) {
    return new RedisProjectStore(nodes);
  }

  /** A ledger that writes in the background until it is closed. */
  public static RefusalLedger refusals(RedisNodes nodes) {
    return RedisRefusalLedger.start(nodes);
  }
}
