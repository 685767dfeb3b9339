package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what changed, for each partition by itself, so that a primary that hangs holds
 * up only what it has: the first change at once, later ones {@value #REST_MILLIS} ms after the last
 * message, together. Who tells never waits. What cannot be sent is dropped: nothing can be folded
 * where nothing can be published, and readers look every second anyway. Thread-safe.
 */
final class ChangePublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangePublisher.class);
  private static final byte[] SPUBLISH = bytes("SPUBLISH");

  /** So at most 40 messages a second and partition. */
  private static final long REST_MILLIS = 25;

  private static final long REST_AFTER_FAILURE_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 1_000;

  private final RedisNodes nodes;
  private final long sender;
  private final Lane[] lanes;
  private final ScheduledThreadPoolExecutor threads;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param sender names this process in its messages
   */
  ChangePublisher(RedisNodes nodes, int partitions, long sender) {
    this.nodes = nodes;
    this.sender = sender;
    this.lanes = new Lane[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      lanes[partition] = new Lane(partition);
    }
    threads =
        new ScheduledThreadPoolExecutor(
            partitions,
            task -> {
              var thread = new Thread(task, "rivulet-tell");
              thread.setDaemon(true);
              return thread;
            });
  }

  void tell(int partition, Set<String> projects) {
    lanes[partition].note(projects);
  }

  /** Sends what waits, unless that takes long. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** One partition's changes that wait, and at most one task that sends them. */
  private final class Lane {
    private final int partition;
    private final byte[] channel;
    private final Set<String> waiting = new HashSet<>();
    private boolean scheduled;
    private long restsUntil = System.nanoTime();

    private Lane(int partition) {
      this.partition = partition;
      this.channel = Keys.changes(partition);
    }

    private synchronized void note(Set<String> projects) {
      for (String project : projects) {
        if (waiting.size() > ChangeMessage.MOST_PROJECTS) {
          break; // which already means all of them
        }
        waiting.add(project);
      }
      if (!waiting.isEmpty() && !scheduled) {
        schedule();
      }
    }

    private synchronized void schedule() {
      try {
        long nanos = Math.max(0, restsUntil - System.nanoTime());
        threads.schedule(this::send, nanos, TimeUnit.NANOSECONDS);
        scheduled = true;
      } catch (RejectedExecutionException closing) {
        waiting.clear();
      }
    }

    private void send() {
      long rest = REST_MILLIS;
      try {
        nodes.ask(partition, SPUBLISH, channel, take().encode());
        told.set(false);
      } catch (RuntimeException e) {
        rest = REST_AFTER_FAILURE_MILLIS;
        failed(e);
      }
      synchronized (this) {
        restsUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(rest);
        scheduled = false;
        if (!waiting.isEmpty()) {
          schedule();
        }
      }
    }

    private synchronized ChangeMessage take() {
      boolean all = waiting.size() > ChangeMessage.MOST_PROJECTS;
      var message = new ChangeMessage(sender, all ? Set.of() : waiting);
      waiting.clear();
      return message;
    }
  }

  private void failed(RuntimeException e) {
    if (e instanceof RedisError refused && !refused.passes() && !told.getAndSet(true)) {
      LOG.warn(
          "Redis refuses to publish changes ({}): other nodes see them within a second;"
              + " SPUBLISH and the channels rv:* must be allowed to this user",
          e.getMessage());
    }
    LOG.debug("a change is not told: {}", e.getMessage());
  }
}
