package dev.rivulet.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rivulet.Rivulet;
import dev.rivulet.Tracked;
import dev.rivulet.event.Event;
import dev.rivulet.projects.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients as they should be: every event has an id and is sent until it is acknowledged. Now and
 * then one sends again what was acknowledged already, as a client does that missed the answer.
 */
final class Clients implements AutoCloseable {
  private static final int MOST_EVENTS = 30;
  private static final long ANSWER_SECONDS = 20;
  private static final long STOP_MILLIS = 180_000;

  private final Supplier<Rivulet> target;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Event> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledgedCount = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private volatile @Nullable Throwable failure;
  private volatile boolean running = true;

  private Clients(Supplier<Rivulet> target) {
    this.target = target;
  }

  /**
   * Starts {@code count} clients.
   *
   * @param target whom they send to now
   * @param end no event is later than this, in epoch milliseconds
   */
  static Clients start(int count, long seed, long end, Supplier<Rivulet> target) {
    var clients = new Clients(target);
    for (int i = 0; i < count; i++) {
      var visitors = new Visitors(seed + i, "s" + Long.toString(seed, 36) + "-c" + i, end);
      var random = new Random(seed - i);
      var thread = new Thread(() -> clients.run(visitors, random), "client-" + i);
      thread.setDaemon(true);
      clients.threads.add(thread);
      thread.start();
    }
    return clients;
  }

  /** What was acknowledged until now. */
  List<Event> acknowledged() {
    return new ArrayList<>(acknowledged);
  }

  long acknowledgedCount() {
    return acknowledgedCount.get();
  }

  /** How often something was sent again for want of an answer. */
  long retries() {
    return retries.get();
  }

  /** Waits until {@code more} events are acknowledged: the load flows. */
  void awaitMore(int more) {
    long wanted = acknowledgedCount.get() + more;
    Patience.until(
        more
            + " more events are acknowledged, after "
            + acknowledgedCount
            + " and "
            + retries
            + " retries",
        () -> acknowledgedCount.get() >= wanted || failure != null);
    throwFailure();
  }

  /** Lets each client finish what it has in hand; afterwards everything sent is acknowledged. */
  void stop() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join(STOP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      if (thread.isAlive()) {
        throw new AssertionError(
            thread.getName()
                + " could not get its last events acknowledged in "
                + STOP_MILLIS / 1000
                + " s; it is at "
                + List.of(thread.getStackTrace()).subList(0, 1));
      }
    }
    throwFailure();
    System.out.println(
        acknowledgedCount
            + " events acknowledged, "
            + retries
            + " retries, "
            + repeated
            + " batches sent again though acknowledged");
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
  }

  private void run(Visitors visitors, Random random) {
    try {
      while (running) {
        List<Event> events = visitors.some(MOST_EVENTS);
        sendUntilAcknowledged(events, random);
        acknowledged.addAll(events);
        acknowledgedCount.addAndGet(events.size());
        if (random.nextInt(20) == 0) {
          repeated.incrementAndGet();
          sendUntilAcknowledged(events, random);
        }
        Thread.sleep(random.nextInt(4));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  private void sendUntilAcknowledged(List<Event> events, Random random)
      throws InterruptedException {
    while (true) {
      try {
        Tracked tracked =
            target.get().track(Project.DEFAULT, events.stream().map(Visitors::draft).toList());
        assertEquals(List.of(), tracked.rejected());
        tracked.appended().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return;
      } catch (ExecutionException | TimeoutException | RuntimeException e) {
        retries.incrementAndGet();
        Thread.sleep(5 + random.nextInt(20));
      }
    }
  }

  private void throwFailure() {
    Throwable failed = failure;
    if (failed != null) {
      throw new AssertionError("a client failed: " + failed, failed);
    }
  }
}
