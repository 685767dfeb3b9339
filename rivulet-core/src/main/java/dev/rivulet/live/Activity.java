package dev.rivulet.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How often the numbers of one project changed, and the questions that wait for the next time. */
final class Activity {
  private final AtomicLong changes = new AtomicLong();
  private final Set<Watched> idle = ConcurrentHashMap.newKeySet();

  long changes() {
    return changes.get();
  }

  void changed() {
    changes.incrementAndGet();
  }

  /** Questions that idle, or did a moment ago. */
  Set<Watched> idle() {
    return idle;
  }
}
