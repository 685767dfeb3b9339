package dev.rivulet.live;

import dev.rivulet.live.Watched.Watcher;
import dev.rivulet.view.Query;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps watched questions answered: asks again when the numbers of their project changed, at most
 * {@value #MOST_PER_SECOND} times a second, and every second in any case, since ranges move with
 * the clock and other nodes fold too. Hands on an answer only when it differs from the last one.
 *
 * <p>Equal questions are asked once for all who watch them. {@value #THREADS} threads ask, and a
 * question that takes long rests between its answers, so it does not hold up the quick ones.
 * Thread-safe.
 */
public final class Watches implements AutoCloseable {
  /** The most answers a second that one watch gives. */
  public static final int MOST_PER_SECOND = 5;

  private static final int THREADS = 4;
  private static final long GAP_MILLIS = 1_000 / MOST_PER_SECOND;
  private static final int TICK_EVERY = MOST_PER_SECOND;
  private static final int MOST_WATCHES = 10_000;

  private final Function<Query<?>, Object> asker;
  private final Map<Query<?>, Watched> questions = new ConcurrentHashMap<>();
  private final AtomicInteger watches = new AtomicInteger();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "rivulet-live"));

  /** Waiting questions are bounded by the watches: each waits at most once. */
  private final ExecutorService asking =
      Executors.newFixedThreadPool(THREADS, task -> thread(task, "rivulet-ask"));

  private int round;

  /**
   * @param asker answers a query; may block
   */
  public Watches(Function<Query<?>, Object> asker) {
    this.asker = asker;
    rounds.scheduleWithFixedDelay(this::round, GAP_MILLIS, GAP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Notes that the numbers of {@code projects} may have changed. */
  public void changed(Set<String> projects) {
    if (!questions.isEmpty()) {
      changed.addAll(projects);
    }
  }

  /**
   * Watches {@code query}: {@code consumer} gets the answer now and each one that differs from then
   * on, one at a time, on a thread of Rivulet. While the store cannot be reached it hears nothing,
   * afterwards the state of things.
   *
   * @throws IllegalArgumentException when the question itself is wrong
   * @throws IllegalStateException when more than 10,000 questions are watched
   */
  public <A> Subscription watch(Query<A> query, Consumer<? super A> consumer) {
    if (asking.isShutdown()) {
      throw new IllegalStateException("closed");
    }
    if (watches.incrementAndGet() > MOST_WATCHES) {
      watches.decrementAndGet();
      throw new IllegalStateException("more than " + MOST_WATCHES + " questions are watched");
    }
    @SuppressWarnings("unchecked") // the asker answers a Query<A> with an A
    var watcher = new Watcher(answer -> consumer.accept((A) answer));
    Watched question =
        questions.compute(
            query,
            (asked, known) -> {
              Watched own = known == null ? new Watched(asked) : known;
              own.watchers().add(watcher);
              return own;
            });
    question.want();
    ask(question);
    return () -> forget(query, watcher);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    asking.shutdownNow();
    questions.clear();
  }

  private void forget(Query<?> query, Watcher watcher) {
    questions.computeIfPresent(
        query,
        (asked, known) -> {
          if (known.watchers().remove(watcher)) {
            watches.decrementAndGet();
          }
          return known.watchers().isEmpty() ? null : known;
        });
  }

  private void round() {
    boolean tick = ++round % TICK_EVERY == 0;
    Set<String> now = Set.copyOf(changed);
    changed.removeAll(now);
    for (Watched question : questions.values()) {
      if (tick || now.contains(question.query().project())) {
        question.want();
      }
      ask(question);
    }
  }

  private void ask(Watched question) {
    if (question.take()) {
      try {
        asking.execute(() -> question.look(asker));
      } catch (RejectedExecutionException e) {
        questions.clear(); // closed meanwhile
      }
    }
  }

  private static Thread thread(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
