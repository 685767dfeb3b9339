package dev.rivulet.engine;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of an outage once for each reason, not for each partition and try. Thread-safe. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final int MOST_REASONS = 16;

  private final Set<Integer> paused = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  /** A partition cannot be folded now. Returns whether this is news. */
  synchronized boolean pauses(int partition, Throwable why) {
    paused.add(partition);
    String reason = String.valueOf(why.getMessage());
    boolean news = told.size() < MOST_REASONS && told.add(reason);
    if (news) {
      LOG.warn("partition {} pauses and is tried again: {}", partition, reason);
    }
    LOG.debug("partition {} pauses", partition, why);
    return news;
  }

  /** A partition is folded again. */
  synchronized void goesOn(int partition) {
    if (paused.remove(partition) && paused.isEmpty()) {
      told.clear();
      LOG.info("all partitions of this node are folded again");
    }
  }
}
