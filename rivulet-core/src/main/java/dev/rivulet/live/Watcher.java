package dev.rivulet.live;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who watches a question. Answers come one at a time, and only the newest is kept for a
 * consumer that is slower than they come. Thread-safe.
 */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  private final Consumer<Object> consumer;

  /** Askings up to this number had begun before it came, so their answers may be older than it. */
  private long since;

  private @Nullable Object waiting;
  private @Nullable Object last;
  private boolean delivering;
  private boolean closed;

  Watcher(Consumer<Object> consumer) {
    this.consumer = consumer;
  }

  /** Wants the answers to askings after number {@code since}. */
  synchronized void begin(long since) {
    this.since = since;
  }

  /**
   * Hands over an answer, on a thread of {@code delivery}.
   *
   * @param answer the same object as before when nothing changed
   * @param number the number of its asking
   */
  void offer(Object answer, long number, Executor delivery) {
    synchronized (this) {
      if (closed || number <= since || (waiting == null && answer == last)) {
        return;
      }
      waiting = answer;
      if (delivering) {
        return;
      }
      delivering = true;
    }
    try {
      delivery.execute(this::deliver);
    } catch (RejectedExecutionException e) {
      close(); // all watching ends
    }
  }

  /** Nothing is handed over any more, except what is being handed over now. */
  synchronized void close() {
    closed = true;
    waiting = null;
  }

  private void deliver() {
    for (Object answer = next(); answer != null; answer = next()) {
      try {
        consumer.accept(answer);
      } catch (RuntimeException e) {
        LOG.debug("a watcher failed: {}", e.toString());
      }
    }
  }

  private synchronized @Nullable Object next() {
    Object next = waiting;
    waiting = null;
    if (next == null || next == last) {
      delivering = false;
      return null;
    }
    last = next;
    return next;
  }
}
