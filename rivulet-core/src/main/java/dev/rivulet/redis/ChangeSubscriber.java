package dev.rivulet.redis;

import dev.rivulet.live.Changes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what other nodes tell: one {@link ChangeReader} for each primary, begun anew when it ends
 * or when partitions have moved, sooner or later depending on how often that failed. Each beginning
 * tells that anything may have changed.
 */
final class ChangeSubscriber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeSubscriber.class);
  private static final long LOOK_MILLIS = 200;
  private static final long PING_MILLIS = 1_000;
  private static final long SHORTEST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final RedisNodes nodes;
  private final int partitions;
  private final long sender;
  private final Changes.Listener listener;
  private final Map<String, ChangeReader> readers = new ConcurrentHashMap<>();
  private final Map<String, Pause> pauses = new HashMap<>();

  /**
   * One to look where partitions are, which may block; one to ping, which may not wait for that.
   */
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(
          2,
          task -> {
            var thread = new Thread(task, "rivulet-changes");
            thread.setDaemon(true);
            return thread;
          });

  private boolean told;

  /** How long a primary is left alone after failing. */
  private record Pause(long millis, long until) {
    private static final Pause NONE = new Pause(0, System.nanoTime());

    private Pause longer() {
      long next = Math.min(LONGEST_PAUSE_MILLIS, Math.max(SHORTEST_PAUSE_MILLIS, millis * 2));
      return new Pause(next, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(next));
    }

    private boolean isOver() {
      return System.nanoTime() - until >= 0;
    }
  }

  /**
   * @param sender whose messages are passed over
   */
  ChangeSubscriber(RedisNodes nodes, int partitions, long sender, Changes.Listener listener) {
    this.nodes = nodes;
    this.partitions = partitions;
    this.sender = sender;
    this.listener = listener;
  }

  void start() {
    threads.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    threads.scheduleWithFixedDelay(this::ping, PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    synchronized (this) {
      readers.values().forEach(ChangeReader::close);
      readers.clear();
    }
  }

  private void ping() {
    readers.values().forEach(ChangeReader::ping);
  }

  private void look() {
    try {
      if (dropEnded()) {
        nodes.refresh();
      }
      follow(byPrimary());
    } catch (RuntimeException e) {
      LOG.debug("where partitions are is looked up later: {}", e.getMessage());
    }
  }

  private Map<String, Set<Integer>> byPrimary() {
    Map<String, Set<Integer>> all = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      String primary = nodes.primaryOf(Integer.toString(partition));
      all.computeIfAbsent(primary, name -> new TreeSet<>()).add(partition);
    }
    return all;
  }

  /** Whether there were any. */
  private synchronized boolean dropEnded() {
    boolean any = false;
    for (Map.Entry<String, ChangeReader> entry : Map.copyOf(readers).entrySet()) {
      ChangeReader reader = entry.getValue();
      if (reader.hasEnded()) {
        any = true;
        readers.remove(entry.getKey());
        Pause before = reader.hears() ? Pause.NONE : pauseOf(entry.getKey());
        pauses.put(entry.getKey(), before.longer());
        explain(reader);
      }
    }
    return any;
  }

  private synchronized void follow(Map<String, Set<Integer>> wanted) {
    if (threads.isShutdown()) {
      return;
    }
    pauses.keySet().retainAll(wanted.keySet());
    for (Map.Entry<String, ChangeReader> entry : Map.copyOf(readers).entrySet()) {
      if (!entry.getValue().partitions().equals(wanted.get(entry.getKey()))) {
        entry.getValue().close();
        readers.remove(entry.getKey());
      }
    }
    wanted.forEach(
        (primary, own) -> {
          if (!readers.containsKey(primary) && pauseOf(primary).isOver()) {
            readers.put(primary, ChangeReader.start(nodes, primary, own, sender, listener));
          }
        });
  }

  private Pause pauseOf(String primary) {
    return pauses.getOrDefault(primary, Pause.NONE);
  }

  private void explain(ChangeReader reader) {
    RedisError refusal = reader.refusal();
    if (refusal != null && !refusal.passes() && !told) {
      told = true;
      LOG.warn(
          "Redis refuses to tell changes ({}): those of other nodes are seen within a second;"
              + " SSUBSCRIBE and the channels rv:* must be allowed to this user",
          refusal.getMessage());
    }
  }
}
