package dev.rivulet.live;

import dev.rivulet.view.Query;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps watched questions answered: asks again when the numbers of their project changed, at most
 * {@value #MOST_PER_SECOND} times a second, and every second in any case, since ranges move with
 * the clock and other nodes fold too. Hands on an answer only when it differs from the last one.
 * Thread-safe.
 */
public final class Watches implements AutoCloseable {
  /** The most answers a second that one watch gives. */
  public static final int MOST_PER_SECOND = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
  private static final long GAP_MILLIS = 1_000 / MOST_PER_SECOND;
  private static final int TICK_EVERY = MOST_PER_SECOND;
  private static final int MOST_WATCHES = 10_000;

  private final Function<Query<?>, Object> asker;
  private final Set<Watch<?>> watches = ConcurrentHashMap.newKeySet();
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "rivulet-live");
            thread.setDaemon(true);
            return thread;
          });
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
    if (!watches.isEmpty()) {
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
    if (watches.size() >= MOST_WATCHES) {
      throw new IllegalStateException("more than " + MOST_WATCHES + " questions are watched");
    }
    var watch = new Watch<A>(query, consumer);
    watches.add(watch);
    try {
      rounds.execute(() -> watch.look(asker));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("closed", e);
    }
    return () -> watches.remove(watch);
  }

  @Override
  public void close() {
    rounds.shutdownNow();
    watches.clear();
  }

  private void round() {
    boolean tick = ++round % TICK_EVERY == 0;
    Set<String> now = Set.copyOf(changed);
    changed.removeAll(now);
    for (Watch<?> watch : watches) {
      if (tick || now.contains(watch.query.project())) {
        watch.look(asker);
      }
    }
  }

  private static final class Watch<A> {
    private final Query<A> query;
    private final Consumer<? super A> consumer;
    private @Nullable Object last;

    private Watch(Query<A> query, Consumer<? super A> consumer) {
      this.query = query;
      this.consumer = consumer;
    }

    @SuppressWarnings("unchecked") // the asker answers a Query<A> with an A
    private void look(Function<Query<?>, Object> asker) {
      try {
        Object answer = asker.apply(query);
        if (!Objects.equals(answer, last)) {
          last = answer;
          consumer.accept((A) answer);
        }
      } catch (RuntimeException e) {
        LOG.debug("{} is looked at again later: {}", query, e.getMessage());
      }
    }
  }
}
