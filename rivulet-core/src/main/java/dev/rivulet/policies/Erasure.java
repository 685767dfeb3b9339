package dev.rivulet.policies;

import dev.rivulet.policies.ErasureAccount.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that erased persons leave the raw logs of this node's partitions, one partition at a
 * time, and then the files on disk. What is under way is noted in the store, so a restart or
 * another node goes on with it.
 */
public final class Erasure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);
  private static final long LOOK_MILLIS = 500;
  private static final long SLICE_NANOS = 200_000_000;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long AGAIN_NANOS = 200_000;

  private static final long COMPACT_AGAIN_NANOS = 30_000_000_000L;

  /** An account whose record never came into the log is let go after this time. */
  private static final long LOST_MILLIS = 60 * 60 * 1000;

  private final ErasureStore store;
  private final Disk disk;
  private final InstantSource clock;
  private final Set<Integer> held;
  private final Set<Integer> lookedAt = new HashSet<>();
  private final Map<Integer, RewriteStore> open = new HashMap<>();
  private final Map<Integer, Rewrite> rewrites = new HashMap<>();
  private final Thread thread = new Thread(this::work, "rivulet-erasure");
  private long failedAt;
  private volatile boolean running = true;

  /**
   * @param held the partitions of this node, kept up to date by the caller
   */
  public Erasure(ErasureStore store, Disk disk, Set<Integer> held, InstantSource clock) {
    this.store = store;
    this.disk = disk;
    this.held = held;
    this.clock = clock;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (running) {
      try {
        Thread.sleep(LOOK_MILLIS); // erasures asked for together are carried out together
        for (int partition : Set.copyOf(held)) {
          tryRewrite(partition);
        }
        finish();
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        LOG.debug("erasing goes on later", e);
      }
    }
    for (int partition : Set.copyOf(open.keySet())) {
      forget(partition);
    }
  }

  /** Keeps one partition that fails from holding up the others. */
  private void tryRewrite(int partition) {
    try {
      rewrite(partition);
    } catch (RuntimeException e) {
      LOG.debug("erasing from partition {} goes on later", partition, e);
      forget(partition);
    }
  }

  private void rewrite(int partition) {
    if (store.waiting(partition) == 0 && store.progress(partition) == null) {
      return;
    }
    Rewrite rewrite = rewrites.computeIfAbsent(partition, this::open);
    long until = System.nanoTime() + SLICE_NANOS;
    boolean goesOn = true;
    while (goesOn && running && held.contains(partition)) {
      switch (rewrite.step()) {
        case NOTHING, WAITING -> goesOn = false;
        case SWAPPED -> {
          lookedAt.remove(partition);
          goesOn = false;
        }
        case AGAIN -> LockSupport.parkNanos(AGAIN_NANOS);
        case COPIED -> {
          if (System.nanoTime() > until) { // the work of others goes first
            LockSupport.parkNanos(PAUSE_NANOS);
            until = System.nanoTime() + SLICE_NANOS;
          }
        }
      }
    }
    forget(partition);
  }

  private Rewrite open(int partition) {
    RewriteStore own = store.rewrite(partition);
    open.put(partition, own);
    return new Rewrite(partition, own, disk.isOurs() ? State.REWRITTEN : State.DONE, clock);
  }

  private void forget(int partition) {
    rewrites.remove(partition);
    RewriteStore own = open.remove(partition);
    if (own != null) {
      own.close();
    }
  }

  /** What left the keys leaves the files. Looks at a partition when it is new and after a swap. */
  private void finish() {
    lookedAt.retainAll(held);
    List<Integer> looking = new ArrayList<>(held);
    looking.removeAll(lookedAt);
    Map<Integer, List<ErasureAccount>> rewritten = new HashMap<>();
    for (int partition : looking) {
      Map<String, ErasureAccount> accounts = store.accounts(partition);
      tidy(partition, accounts);
      List<ErasureAccount> own =
          accounts.values().stream().filter(one -> one.state() == State.REWRITTEN).toList();
      if (!own.isEmpty()) {
        rewritten.put(partition, own);
      }
    }
    if (!rewritten.isEmpty()) {
      if (disk.isOurs() && !compacted()) {
        return;
      }
      long now = clock.millis();
      rewritten.forEach(
          (partition, own) -> own.forEach(one -> store.put(partition, one.done(now))));
    }
    lookedAt.addAll(looking);
  }

  private boolean compacted() {
    if (failedAt != 0 && System.nanoTime() - failedAt < COMPACT_AGAIN_NANOS) {
      return false;
    }
    failedAt = 0;
    try {
      disk.compact();
      return true;
    } catch (RuntimeException e) {
      failedAt = System.nanoTime() | 1;
      LOG.warn("erased persons stay in Redis's files for now: {}", e.getMessage());
      return false;
    }
  }

  /** Lets go of the oldest accounts, and of those whose erasure never came into the log. */
  private void tidy(int partition, Map<String, ErasureAccount> accounts) {
    if (store.waiting(partition) == 0) {
      long lost = clock.millis() - LOST_MILLIS;
      for (ErasureAccount account : accounts.values()) {
        if (account.state() == State.RUNNING && account.requestedAt() < lost) {
          store.remove(partition, account.erasure());
        }
      }
    }
    accounts.values().stream()
        .filter(account -> account.state() == State.DONE)
        .sorted((a, b) -> Long.compare(a.requestedAt(), b.requestedAt()))
        .limit(Math.max(0, accounts.size() - ErasureStore.MOST_ACCOUNTS))
        .forEach(account -> store.remove(partition, account.erasure()));
  }
}
