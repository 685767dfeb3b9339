package dev.rivulet.live;

import dev.rivulet.view.Query;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One question and all who watch it: it is asked once for all of them, by one thread at a time.
 * After an answer it rests: {@value #GAP_MILLIS} ms from when it was asked, {@value #REST} times as
 * long as its answer took, and as long as it had waited for its turn, so that neither one slow
 * question nor very many take all the threads. Then it idles until something changes.
 *
 * <p>Thread-safe: whoever {@link #claim claims} it asks it, and no one else does until it idles.
 */
final class Watched {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

  static final long GAP_MILLIS = 1_000 / Watches.MOST_PER_SECOND;
  static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(GAP_MILLIS);
  private static final int REST = 4;

  private final Query<?> query;
  private final Activity activity;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
  private boolean claimed;
  private boolean wanted;
  private long asked;
  private long askedAt;
  private long seen;
  private long claimedAt;
  private long restsUntil;
  private @Nullable Object last;

  /**
   * @param activity what happens in its project
   */
  Watched(Query<?> query, Activity activity) {
    this.query = query;
    this.activity = activity;
  }

  Activity activity() {
    return activity;
  }

  /** Lets {@code watcher} hear the answers to all askings from now on. */
  synchronized void join(Watcher watcher) {
    watcher.begin(asked);
    watchers.add(watcher);
  }

  boolean leave(Watcher watcher) {
    watcher.close();
    return watchers.remove(watcher);
  }

  boolean isWatched() {
    return !watchers.isEmpty();
  }

  /** Whether it idled and is now the caller's to ask. */
  synchronized boolean claim() {
    if (claimed) {
      return false;
    }
    claimed = true;
    claimedAt = System.nanoTime();
    return true;
  }

  /** As {@link #claim()}; otherwise it is asked once more when this asking has had its gap. */
  synchronized boolean claimOrWant() {
    boolean idled = claim();
    wanted |= !idled;
    return idled;
  }

  /** Whether it was asked before {@code time}. */
  synchronized boolean isOlderThan(long time) {
    return askedAt - time < 0;
  }

  /**
   * Asks, and hands the answer on. Only for who claimed it.
   *
   * @return nanoseconds after which {@link #rested} is to be called
   */
  long ask(Function<Query<?>, Object> asker, Executor delivery) {
    long began = System.nanoTime();
    long number;
    long waited;
    synchronized (this) {
      wanted = false;
      seen = activity.changes();
      number = ++asked;
      askedAt = began;
      waited = began - claimedAt;
    }
    try {
      Object answer = same(asker.apply(query));
      watchers.forEach(watcher -> watcher.offer(answer, number, delivery));
    } catch (RuntimeException | Error e) { // whatever it is, the question must get its rest
      LOG.debug("{} is looked at again later: {}", query, e.getMessage());
    }
    long now = System.nanoTime();
    synchronized (this) {
      restsUntil = Math.max(began + GAP_NANOS, now + Math.max(REST * (now - began), waited));
      return Math.max(0, began + GAP_NANOS - now);
    }
  }

  /** The last answer when this one equals it, so that watchers need not compare. */
  private Object same(Object answer) {
    Object before = last;
    if (before != null && answer.equals(before)) {
      return before;
    }
    last = answer;
    return answer;
  }

  /**
   * What is next when its gap is over.
   *
   * @return nanoseconds after which to call this again; 0 to ask now; negative when it idles and
   *     nobody has it claimed any more
   */
  synchronized long rested() {
    long left = restsUntil - System.nanoTime();
    if (!wanted && left > 0) {
      return Math.min(left, GAP_NANOS);
    }
    if (wanted || hasNews()) {
      claimedAt = System.nanoTime();
      return 0;
    }
    claimed = false;
    return -1;
  }

  /** Whether something changed since it was last asked. */
  synchronized boolean hasNews() {
    return seen != activity.changes();
  }
}
