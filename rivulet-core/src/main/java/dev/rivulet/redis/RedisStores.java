package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.boards.BoardStore;
import dev.rivulet.definitions.DefinitionStore;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Keys;
import dev.rivulet.engine.Leases;
import dev.rivulet.engine.NodeReport;
import dev.rivulet.engine.StatusStore;
import dev.rivulet.live.Changes;
import dev.rivulet.log.LogStore;
import dev.rivulet.measure.KindStore;
import dev.rivulet.policies.Disk;
import dev.rivulet.policies.ErasureStore;
import dev.rivulet.policies.LogStorage;
import dev.rivulet.projects.ProjectStore;
import dev.rivulet.query.PartitionReader;
import dev.rivulet.time.StoreClock;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ports of the library, on Redis. */
public final class RedisStores {
  private static final int MOST_READINGS = 10;

  private RedisStores() {}

  /**
   * Appends to the log; one per appending thread.
   *
   * @param replicas how many must have a batch before it counts as appended
   */
  public static LogStore log(RedisNodes nodes, int replicas) {
    return new RedisLogStore(nodes, replicas);
  }

  /** How many replicas the primary of a partition has now. */
  public static int replicas(RedisNodes nodes, int partition) {
    return nodes.callIdempotent(Integer.toString(partition), RedisConnection::replicas);
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
   * @param node an id for this process, which no other has
   * @param clock corrected with each heartbeat
   * @param report what each heartbeat tells of this node
   */
  public static Leases leases(
      RedisNodes nodes,
      int partitions,
      String node,
      StoreClock clock,
      Supplier<NodeReport> report) {
    return new RedisLeases(nodes, partitions, node, new RedisHeartbeat(nodes, clock, report));
  }

  /**
   * Reads the store's clock and corrects {@code clock} by it; again where this process stood still
   * meanwhile, since what is taken in from now on bears that time.
   */
  public static void measure(RedisNodes nodes, StoreClock clock) {
    for (int reading = 0; reading < MOST_READINGS && !clock.known(); reading++) {
      nodes.callIdempotent("0", redis -> RedisHeartbeat.measure(redis, clock));
    }
  }

  public static PartitionReader reader(RedisNodes nodes) {
    return new RedisPartitionReader(nodes);
  }

  public static LogStorage logStorage(RedisNodes nodes) {
    return new RedisLogStorage(nodes, fills(nodes));
  }

  public static ErasureStore erasures(RedisNodes nodes) {
    return new RedisErasureStore(nodes, fills(nodes));
  }

  /** The files of a Redis that this process has started. */
  public static Disk disk(RedisNodes nodes) {
    return new RedisDisk(nodes);
  }

  public static StatusStore status(RedisNodes nodes) {
    return new RedisStatusStore(nodes);
  }

  /**
   * The number of partitions of the log; fixed by whoever asks first.
   *
   * @param wanted how many a new log gets
   */
  public static int partitions(RedisNodes nodes, int wanted) {
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(bytes("SET"), Keys.of(0, "partitions"), bytes(wanted), bytes("NX"));
          redis.send(bytes("GET"), Keys.of(0, "partitions"));
          List<@Nullable Object> replies = redis.receive(2);
          if (replies.get(1) instanceof byte[] stored) {
            redis.awaitReplica();
            return Integer.parseInt(new String(stored, StandardCharsets.US_ASCII));
          }
          throw new RedisUnavailable("Redis refused to say how the log is laid out: " + replies);
        });
  }

  /** A random name for the data in this Redis; made by whoever asks first, then kept. */
  public static String installation(RedisNodes nodes) {
    String fresh = UUID.randomUUID().toString();
    return nodes.callIdempotent(
        "0",
        redis -> {
          redis.send(bytes("SET"), Keys.of(0, "installation"), bytes(fresh), bytes("NX"));
          redis.send(bytes("GET"), Keys.of(0, "installation"));
          List<@Nullable Object> replies = redis.receive(2);
          if (replies.get(1) instanceof byte[] stored) {
            redis.awaitReplica();
            return new String(stored, StandardCharsets.US_ASCII);
          }
          throw new RedisUnavailable("Redis refused to name its data: " + replies);
        });
  }

  /** Whether anything was ever appended for a project. */
  public static boolean hasEvents(RedisNodes nodes, int partitions, String project) {
    for (int partition = 0; partition < partitions; partition++) {
      byte[] appended = Keys.appended(partition);
      Object count =
          nodes.<@Nullable Object>callIdempotent(
              Integer.toString(partition),
              redis -> {
                redis.send(bytes("HGET"), appended, bytes(project));
                return redis.receive();
              });
      if (count != null) {
        return true;
      }
    }
    return false;
  }

  public static BoardStore boards(RedisNodes nodes) {
    return new RedisBoardStore(nodes);
  }

  /** What this process tells other nodes, and what they tell it, until it is closed. */
  public static Changes changes(RedisNodes nodes, int partitions, Changes.Listener listener) {
    long sender = UUID.randomUUID().getMostSignificantBits();
    return RedisChanges.start(nodes, partitions, sender, listener);
  }

  public static DefinitionStore definitions(RedisNodes nodes) {
    return new RedisDefinitionStore(nodes);
  }

  public static ProjectStore projects(RedisNodes nodes) {
    return new RedisProjectStore(nodes);
  }

  public static KindStore kinds(RedisNodes nodes) {
    return new RedisKindStore(nodes);
  }

  /** A ledger that writes in the background until it is closed. */
  public static RefusalLedger refusals(RedisNodes nodes, InstantSource clock) {
    return RedisRefusalLedger.start(nodes, clock);
  }
}
