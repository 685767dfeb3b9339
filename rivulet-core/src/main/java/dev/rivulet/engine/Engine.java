package dev.rivulet.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the partition workers of this node: one thread each, at work while the node holds the
 * partition's lease. Thread-safe.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** A busy partition commits at most this often, so that a commit carries many events. */
  private static final long PACE_MILLIS = 20;

  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final int partitions;
  private final IntFunction<FoldStore> stores;
  private final ViewSet views;
  private final Leases leases;
  private final FoldListener listener;
  private final int mostIds;
  private final ViewFiller filler;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Integer> held = ConcurrentHashMap.newKeySet();
  private final Outage outage = new Outage();
  private final LongAdder folded = new LongAdder();

  private volatile boolean running;

  /**
   * @param stores opens the main fold of a partition
   * @param filler fills views that are not up to date
   * @param mostIds event ids kept per partition and generation to recognise retries
   */
  public Engine(
      int partitions,
      IntFunction<FoldStore> stores,
      ViewSet views,
      Leases leases,
      ViewFiller filler,
      int mostIds,
      FoldListener listener) {
    this.partitions = partitions;
    this.stores = stores;
    this.views = views;
    this.leases = leases;
    this.filler = filler;
    this.mostIds = mostIds;
    this.listener = listener;
  }

  /** Starts to take leases and to fold. */
  public void start() {
    running = true;
    filler.start(held);
    thread("rivulet-leases", this::keepLeases);
    for (int partition = 0; partition < partitions; partition++) {
      int own = partition;
      thread("rivulet-fold-" + partition, () -> work(own));
    }
  }

  /** The partitions this node folds now; the set follows. */
  public Set<Integer> held() {
    return Collections.unmodifiableSet(held);
  }

  /** Records folded by this process since it started. */
  public long folded() {
    return folded.sum();
  }

  /** Stops after the batches in hand and gives the leases back. */
  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    filler.close();
    try {
      leases.close();
    } catch (RuntimeException e) {
      LOG.debug("leases run out by themselves: {}", e.getMessage());
    }
  }

  private void thread(String name, Runnable body) {
    var thread = new Thread(body, name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void keepLeases() {
    while (running) {
      try {
        Set<Integer> now = leases.renew();
        held.retainAll(now);
        held.addAll(now);
      } catch (RuntimeException e) {
        LOG.debug("leases cannot be renewed: {}", e.getMessage());
      }
      pause(Leases.EVERY.toMillis());
    }
  }

  private void work(int partition) {
    long pause = SHORTEST_PAUSE_MILLIS;
    while (running) {
      if (!held.contains(partition)) {
        pause(100);
        continue;
      }
      try (FoldStore store = stores.apply(partition)) {
        var worker = new PartitionWorker(partition, store, views, mostIds, followed(partition));
        while (running && held.contains(partition)) {
          pace(worker.step(PATIENCE));
          if (pause != SHORTEST_PAUSE_MILLIS) {
            outage.goesOn(partition);
            pause = SHORTEST_PAUSE_MILLIS;
          }
        }
      } catch (RuntimeException | Error e) { // without its worker a partition would stand still
        if (running) {
          outage.pauses(partition, e);
          pause(pause);
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
      }
    }
  }

  /** Opening a partition shows which views are behind. */
  private FoldListener followed(int partition) {
    return new FoldListener() {
      private long seen;

      @Override
      public void opened(int opened, Offset offset) {
        seen = offset.folded();
        views.missing(offset).forEach(view -> filler.fill(partition, view));
        listener.opened(opened, offset);
      }

      @Override
      public void folded(int own, Offset offset, Set<String> projects) {
        folded.add(offset.folded() - seen);
        seen = offset.folded();
        listener.folded(own, offset, projects);
      }

      @Override
      public void poisoned(int poisoned, String position, Throwable reason) {
        LOG.error("partition {} puts record {} aside: {}", poisoned, position, reason.getMessage());
        LOG.debug("because of", reason);
        listener.poisoned(poisoned, position, reason);
      }

      @Override
      public void damaged(int damaged, List<String> errors) {
        LOG.error("partition {} was stored in part, rebuild its views: {}", damaged, errors);
        listener.damaged(damaged, errors);
      }
    };
  }

  private void pace(PartitionWorker.Step step) {
    if (step == PartitionWorker.Step.CAUGHT_UP) {
      pause(PACE_MILLIS);
    }
  }

  private void pause(long millis) {
    if (!running) {
      return;
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
