package dev.rivulet.live;

import dev.rivulet.view.Query;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question and all who watch it: it is asked once for all of them, by one thread at a time. A
 * question that takes long is asked less often, so that it uses at most a part of one thread.
 */
final class Watched {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

  /** A question rests this many times as long as its answer took. */
  private static final int REST = 4;

  private final Query<?> query;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
  private boolean running;
  private boolean wanted;
  private long restsUntil = System.nanoTime();

  Watched(Query<?> query) {
    this.query = query;
  }

  Query<?> query() {
    return query;
  }

  List<Watcher> watchers() {
    return watchers;
  }

  /** Notes that a new answer is wanted. */
  synchronized void want() {
    wanted = true;
  }

  /** Whether it is to be asked now; who hears true must call {@link #look}. */
  synchronized boolean take() {
    if (!wanted || running || System.nanoTime() - restsUntil < 0) {
      return false;
    }
    wanted = false;
    running = true;
    return true;
  }

  /** Asks, and hands the answer to those who have another one. */
  void look(Function<Query<?>, Object> asker) {
    long began = System.nanoTime();
    try {
      Object answer = asker.apply(query);
      watchers.forEach(watcher -> watcher.offer(answer));
    } catch (RuntimeException e) {
      LOG.debug("{} is looked at again later: {}", query, e.getMessage());
    } finally {
      synchronized (this) {
        long now = System.nanoTime();
        restsUntil = now + REST * (now - began);
        running = false;
      }
    }
  }

  /** Who watches. Its answers come one at a time. */
  static final class Watcher {
    private final Consumer<Object> consumer;
    private @Nullable Object last;

    Watcher(Consumer<Object> consumer) {
      this.consumer = consumer;
    }

    private void offer(Object answer) {
      if (!Objects.equals(answer, last)) {
        last = answer;
        try {
          consumer.accept(answer);
        } catch (RuntimeException e) {
          LOG.debug("a watcher failed: {}", e.toString());
        }
      }
    }
  }
}
