package dev.rivulet;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Rivulet is opened.
 *
 * @param redis address of a Redis, Valkey or cluster; null runs an embedded one
 * @param data directory of the embedded Redis
 * @param timezone zone of the days of the default project, when that is created
 * @param partitions partitions of a new log, 1 to 256; an existing log keeps its own
 * @param clock what time it is
 * @param followsStore whether the clock is this machine's and is corrected by the store's
 * @param node what this process is called among the nodes; null for host and process
 * @param replicas replicas that must have an event before it is acknowledged, 0 to 10
 */
public record RivuletOptions(
    @Nullable String redis,
    Path data,
    ZoneId timezone,
    int partitions,
    InstantSource clock,
    boolean followsStore,
    @Nullable String node,
    int replicas) {
  /** Four: enough for one primary, see docs/rationale.md. */
  public static final int PARTITIONS = 4;

  /** No primary of a store that is well has more. */
  public static final int MOST_REPLICAS = 10;

  private static final Pattern NODE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

  public RivuletOptions {
    if (node != null && !isNodeName(node)) {
      throw new IllegalArgumentException(
          "the node's name '" + node + "' is not 1 to 100 of the characters A-Z a-z 0-9 _ . -");
    }
    if (replicas < 0 || replicas > MOST_REPLICAS) {
      throw new IllegalArgumentException("replicas is " + replicas + ", not 0 to " + MOST_REPLICAS);
    }
  }

  /** Whether a node may be called this. */
  public static boolean isNodeName(String name) {
    return NODE_NAME.matcher(name).matches();
  }

  /** An embedded Redis in {@code ~/.rivulet}, days in UTC. */
  public static RivuletOptions defaults() {
    Path home = Path.of(System.getProperty("user.home", "."), ".rivulet");
    return new RivuletOptions(
        null, home, ZoneId.of("UTC"), PARTITIONS, InstantSource.system(), true, null, 0);
  }

  public RivuletOptions withRedis(@Nullable String address) {
    return new RivuletOptions(
        address, data, timezone, partitions, clock, followsStore, node, replicas);
  }

  public RivuletOptions withData(Path directory) {
    return new RivuletOptions(
        redis, directory, timezone, partitions, clock, followsStore, node, replicas);
  }

  public RivuletOptions withTimezone(ZoneId zone) {
    return new RivuletOptions(redis, data, zone, partitions, clock, followsStore, node, replicas);
  }

  public RivuletOptions withPartitions(int count) {
    return new RivuletOptions(redis, data, timezone, count, clock, followsStore, node, replicas);
  }

  /** The application's own time, taken as it is. */
  public RivuletOptions withClock(InstantSource source) {
    return new RivuletOptions(redis, data, timezone, partitions, source, false, node, replicas);
  }

  /** The clock of this machine, which may be wrong: it is corrected by the store's. */
  public RivuletOptions withMachineClock(InstantSource source) {
    return new RivuletOptions(redis, data, timezone, partitions, source, true, node, replicas);
  }

  /**
   * @param name 1 to 100 of {@code A-Z a-z 0-9 _ . -}
   */
  public RivuletOptions withNode(@Nullable String name) {
    return new RivuletOptions(
        redis, data, timezone, partitions, clock, followsStore, name, replicas);
  }

  /**
   * How many replicas must have an event before it is acknowledged, so that it outlives its
   * primary. Events that are not confirmed in two seconds fail with {@link
   * dev.rivulet.log.LogUnavailable}, and those sent again with the same ids count once.
   *
   * @param count 0 to {@value #MOST_REPLICAS}; 0 acknowledges what the primary has
   */
  public RivuletOptions withReplicas(int count) {
    return new RivuletOptions(redis, data, timezone, partitions, clock, followsStore, node, count);
  }
}
