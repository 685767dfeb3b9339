package dev.rivulet.server.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads on which the server may block, with a bounded queue before them. Thread-safe. */
final class Workers implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;
  private static final long BUSY_RETRY_SECONDS = 1;

  private final ThreadPoolExecutor pool;
  private final Duration drain;

  Workers(int threads, int waiting, Duration drain) {
    this.drain = drain;
    var number = new AtomicInteger();
    pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            task -> new Thread(task, "rivulet-worker-" + number.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws Problem 503 when too many tasks wait
   */
  void execute(Runnable task) {
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      throw Problem.unavailable(
          pool.isShutdown()
              ? "the server is stopping"
              : "more than " + pool.getQueue().size() + " questions wait for an answer already",
          BUSY_RETRY_SECONDS);
    }
  }

  /** Tasks that wait for a thread. */
  int waiting() {
    return pool.getQueue().size();
  }

  /** Lets the tasks under way finish. */
  @Override
  public void close() {
    pool.shutdown();
    try {
      if (!pool.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
