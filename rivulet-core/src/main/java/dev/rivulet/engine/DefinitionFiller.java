package dev.rivulet.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the definitions of this node's partitions as the registries list them, beside the workers:
 * two threads, each busy with one partition at a time. Thread-safe.
 */
public final class DefinitionFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionFiller.class);
  private static final int THREADS = 2;
  private static final long LOOK_NANOS = 500_000_000;
  private static final long TURN_NANOS = 100_000_000;

  private final FillStore store;
  private final ViewSet views;
  private final WantedDefinitions wanting;
  private final DefinitionSwitch switching;
  private final Map<Integer, DefinitionFill> fills = new ConcurrentHashMap<>();
  private final Set<Integer> paused = ConcurrentHashMap.newKeySet();
  private final Set<Integer> busy = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private final Object alarm = new Object();
  private Set<Integer> held = Set.of();
  private long alarms;
  private volatile boolean open = true;

  public DefinitionFiller(
      FillStore store, ViewSet views, WantedDefinitions wanting, DefinitionSwitch switching) {
    this.store = store;
    this.views = views;
    this.wanting = wanting;
    this.switching = switching;
  }

  /**
   * Starts the threads.
   *
   * @param held the partitions of this node, kept up to date by the caller
   */
  public void start(Set<Integer> held) {
    this.held = held;
    for (int i = 0; i < THREADS; i++) {
      var thread = new Thread(this::work, "rivulet-define-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Looks at once, not when it is time to: something was defined. */
  public void wake() {
    synchronized (alarm) {
      alarms++;
      alarm.notifyAll();
    }
  }

  /** The rooms with something being filled here, with the part done from 0 to 1. */
  public Map<String, Double> progress() {
    var byRoom = new TreeMap<String, Double>();
    fills
        .values()
        .forEach(
            fill -> fill.progress().forEach((room, done) -> byRoom.merge(room, done, Math::min)));
    return byRoom;
  }

  @Override
  public void close() {
    open = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    fills.values().forEach(DefinitionFill::close);
  }

  private void work() {
    while (open) {
      long heard = alarms();
      boolean did = false;
      for (int partition : held) {
        did |= open && turn(partition);
      }
      letGo();
      did |= settle();
      if (!did) {
        await(heard);
      }
    }
  }

  /** One turn of a partition that no other thread is at; returns whether it did anything. */
  private boolean turn(int partition) {
    if (!busy.add(partition)) {
      return false;
    }
    try {
      return advance(partition);
    } catch (RuntimeException e) {
      forget(partition);
      if (paused.add(partition)) {
        LOG.warn("definitions of partition {} pause: {}", partition, e.getMessage());
      }
      LOG.debug("definitions of partition {} pause", partition, e);
      return false;
    } finally {
      busy.remove(partition);
    }
  }

  private boolean advance(int partition) {
    DefinitionFill fill =
        fills.computeIfAbsent(
            partition, own -> new DefinitionFill(own, store.definitionFill(own), views, wanting));
    long until = System.nanoTime() + TURN_NANOS;
    boolean did = false;
    while (open && fill.step()) {
      did = true;
      if (System.nanoTime() > until) {
        break;
      }
    }
    paused.remove(partition);
    return did;
  }

  /** Closes the fills of partitions that another node holds now. */
  private void letGo() {
    for (int partition : fills.keySet()) {
      if (!held.contains(partition) && busy.add(partition)) {
        forget(partition);
        busy.remove(partition);
      }
    }
  }

  private void forget(int partition) {
    DefinitionFill fill = fills.remove(partition);
    if (fill != null) {
      fill.close();
    }
  }

  /** Returns whether the registries have changed, so that there may be something to do. */
  private boolean settle() {
    synchronized (switching) {
      try {
        List<DefinitionFill> own = new ArrayList<>();
        for (int partition : held) {
          DefinitionFill fill = fills.get(partition);
          if (fill == null) {
            return false;
          }
          own.add(fill);
        }
        return switching.look(own);
      } catch (RuntimeException e) {
        LOG.debug("definitions are switched later", e);
        return false;
      }
    }
  }

  private long alarms() {
    synchronized (alarm) {
      return alarms;
    }
  }

  /** Waits until it is time to look again, or something was heard since. */
  private void await(long heard) {
    long until = System.nanoTime() + LOOK_NANOS;
    synchronized (alarm) {
      try {
        long left = LOOK_NANOS;
        while (open && alarms == heard && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(alarm, left);
          left = until - System.nanoTime();
        }
      } catch (InterruptedException e) {
        open = false;
      }
    }
  }
}
