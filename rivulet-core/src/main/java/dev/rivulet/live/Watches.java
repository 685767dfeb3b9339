package dev.rivulet.live;

import dev.rivulet.view.Query;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps watched questions answered: asks again as soon as the numbers of their project changed, at
 * most {@value #MOST_PER_SECOND} times a second, and every second in any case, since ranges move
 * with the clock and a change on another node may go unheard. Hands on an answer only when it
 * differs from the last one.
 *
 * <p>Equal questions are asked once for all who watch them. A question that rests costs nothing
 * when something changes; one that idles is asked. {@value #ASKING} threads ask and {@value
 * #DELIVERING} deliver, so neither a slow question nor a slow consumer holds up the others.
 * Thread-safe.
 */
public final class Watches implements Changes.Listener, AutoCloseable {
  /** The most answers a second that one watch gives. */
  public static final int MOST_PER_SECOND = 5;

  private static final int ASKING = 4;
  private static final int DELIVERING = 16;
  private static final int MOST_WATCHES = 50_000;
  private static final int MOST_QUESTIONS = 10_000;
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SWEEP_MILLIS = 100;
  private static final long IDLE_SECONDS = 30;

  /** While so many questions wait for their turn, those without news do not join them. */
  private static final int BACKLOG = 500;

  private final Function<Query<?>, Object> asker;
  private final Map<Query<?>, Watched> questions = new ConcurrentHashMap<>();
  private final Map<String, Activity> projects = new ConcurrentHashMap<>();
  private final AtomicInteger watches = new AtomicInteger();

  /** Holds one timer a question at most. */
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(1, task -> thread(task, "rivulet-live"));

  /** Waiting questions are bounded by the watches: each waits at most once. */
  private final ThreadPoolExecutor asking = threads(ASKING, "rivulet-ask");

  /** As are waiting answers: one for each watch. */
  private final ThreadPoolExecutor delivering = threads(DELIVERING, "rivulet-watch");

  /**
   * @param asker answers a query; may block
   */
  public Watches(Function<Query<?>, Object> asker) {
    this.asker = asker;
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timers.scheduleWithFixedDelay(this::tick, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void changed(Set<String> changed) {
    for (String project : changed) {
      Activity activity = projects.get(project);
      if (activity != null) {
        changed(activity);
      }
    }
  }

  @Override
  public void changedAll() {
    projects.values().forEach(this::changed);
  }

  /**
   * Watches {@code query}: {@code consumer} gets the answer as it is now or later, and each one
   * that differs from then on, one at a time, on a thread of Rivulet; of answers that come while it
   * is busy only the newest. While the store cannot be reached it hears nothing, afterwards the
   * state of things.
   *
   * @throws TooManyWatches when more than 10,000 questions or 50,000 watches are open
   * @throws IllegalStateException after {@link #close}
   */
  public <A> Subscription watch(Query<A> query, Consumer<? super A> consumer) {
    if (asking.isShutdown()) {
      throw new IllegalStateException("closed");
    }
    if (watches.incrementAndGet() > MOST_WATCHES) {
      watches.decrementAndGet();
      throw new TooManyWatches(MOST_WATCHES, "watches are open");
    }
    @SuppressWarnings("unchecked") // the asker answers a Query<A> with an A
    var watcher = new Watcher(answer -> consumer.accept((A) answer));
    Watched question;
    try {
      question = questions.compute(query, (asked, known) -> joined(asked, known, watcher));
    } catch (TooManyWatches e) {
      watches.decrementAndGet();
      throw e;
    }
    if (question.claimOrWant()) {
      ask(question);
    }
    return () -> forget(query, watcher);
  }

  /** Open watches. */
  public int count() {
    return watches.get();
  }

  @Override
  public void close() {
    timers.shutdownNow();
    asking.shutdownNow();
    delivering.shutdownNow();
    questions.clear();
    projects.clear();
  }

  private Watched joined(Query<?> query, @Nullable Watched known, Watcher watcher) {
    Watched question = known;
    if (question == null) {
      if (questions.size() >= MOST_QUESTIONS) {
        throw new TooManyWatches(MOST_QUESTIONS, "different questions are watched");
      }
      question = new Watched(query, projects.computeIfAbsent(query.project(), p -> new Activity()));
    }
    question.join(watcher);
    return question;
  }

  private void forget(Query<?> query, Watcher watcher) {
    questions.computeIfPresent(
        query,
        (asked, known) -> {
          if (known.leave(watcher)) {
            watches.decrementAndGet();
          }
          if (known.isWatched()) {
            return known;
          }
          known.activity().idle().remove(known);
          return null;
        });
  }

  /** Quick, for whoever tells; those who idle are asked on another thread. */
  private void changed(Activity activity) {
    activity.changed();
    if (!activity.idle().isEmpty()) {
      run(timers, () -> activity.idle().forEach(this::wake));
    }
  }

  private void tick() {
    long before = System.nanoTime() - TICK_NANOS;
    for (Activity activity : projects.values()) {
      for (Watched question : activity.idle()) {
        if (asking.getQueue().size() >= BACKLOG) {
          return;
        }
        if (question.isOlderThan(before)) {
          wake(question);
        }
      }
    }
  }

  private void wake(Watched question) {
    if (question.claim()) {
      ask(question);
    }
  }

  private void ask(Watched question) {
    question.activity().idle().remove(question);
    run(
        asking,
        () -> {
          if (question.isWatched()) {
            rest(question, question.ask(asker, delivering));
          }
        });
  }

  private void rest(Watched question, long nanos) {
    try {
      timers.schedule(() -> rested(question), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      questions.clear(); // closed meanwhile
    }
  }

  private void rested(Watched question) {
    long next = question.rested();
    if (next > 0) {
      rest(question, next);
    } else if (next == 0) {
      ask(question);
    } else {
      idle(question);
    }
  }

  private void idle(Watched question) {
    question.activity().idle().add(question);
    if (question.hasNews()) { // which came before it could be found idle
      wake(question);
    } else if (!question.isWatched()) {
      question.activity().idle().remove(question);
    }
  }

  private void run(ThreadPoolExecutor threads, Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      questions.clear(); // closed meanwhile
    }
  }

  private static ThreadPoolExecutor threads(int most, String name) {
    var threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> thread(task, name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static Thread thread(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
