package dev.rivulet.policies;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log from filling the store: when memory runs high, the oldest folded events leave the
 * log early. The numbers stay; what can no longer be done is to fill a new view from them. State is
 * never evicted, and when nothing folded is left to trim, appends are refused.
 */
public final class LogKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
  private static final long LOOK_MILLIS = 2_000;
  private static final double HIGH = 0.80;
  private static final double PART = 0.10;

  private final LogStorage storage;
  private final Set<Integer> held;
  private final Thread thread = new Thread(this::keep, "rivulet-log-keeper");
  private volatile boolean open = true;

  /**
   * @param held the partitions of this node, kept up to date by the caller
   */
  public LogKeeper(LogStorage storage, Set<Integer> held) {
    this.storage = storage;
    this.held = held;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Looks once, and trims where memory is high. */
  public void look() {
    for (int partition : held) {
      double used = storage.memoryUsed(partition);
      if (used > HIGH) {
        long removed = storage.trimOldest(partition, PART);
        LOG.warn(
            "memory is {} % full: removed the {} oldest entries from the log of partition {};"
                + " give Redis more memory to keep raw events longer",
            Math.round(used * 100), removed, partition);
      }
    }
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
  }

  private void keep() {
    while (open) {
      try {
        Thread.sleep(LOOK_MILLIS);
        look();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("memory is looked at later: {}", e.getMessage());
      }
    }
  }
}
