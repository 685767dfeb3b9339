package dev.rivulet.recorder;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sketches on their way to the log, in order: those that wait, bounded, and those that the shipper
 * has in hand. When the bound is reached the oldest that wait go. Thread-safe.
 */
final class Waiting {
  private static final int MOST_IN_HAND = 2_000;
  private static final int MOST_BYTES_IN_HAND = 1 << 20;
  private static final long LAST_PAUSE_MILLIS = 20;

  private final long mostBytes;
  private final Losses losses;
  private final Deque<Sketch> queue = new ArrayDeque<>();
  private List<Sketch> inHand = List.of();
  private long bytes;
  private long gathered;
  private long shipped;
  private boolean ended;
  private boolean abandoned;

  Waiting(long mostBytes, Losses losses) {
    this.mostBytes = mostBytes;
    this.losses = losses;
  }

  /** Whether all that was added is in the log or lost. */
  synchronized boolean idle() {
    return queue.isEmpty() && inHand.isEmpty();
  }

  synchronized void add(List<Sketch> sketches) {
    for (Sketch sketch : sketches) {
      gathered += sketch.values();
      enqueue(sketch);
    }
    while (bytes > mostBytes) {
      Sketch oldest = next();
      if (oldest.metric().name().equals(Windows.DROPPED)) { // a few at most: they tell of losses
        enqueue(oldest);
      } else {
        losses.add(Loss.BUFFER_FULL, oldest.values());
      }
    }
    notifyAll();
  }

  /**
   * Hands the oldest to the shipper; blocks until there are some.
   *
   * @return empty when there will be none any more
   */
  synchronized List<Sketch> take() throws InterruptedException {
    while (queue.isEmpty() && !ended) {
      wait();
    }
    var taken = new ArrayList<Sketch>();
    long weight = 0;
    while (!queue.isEmpty()
        && taken.size() < MOST_IN_HAND
        && (taken.isEmpty() || weight + queue.element().weight() <= MOST_BYTES_IN_HAND)) {
      Sketch sketch = next();
      weight += sketch.weight();
      taken.add(sketch);
    }
    inHand = List.copyOf(taken);
    return inHand;
  }

  /** Notes that some of those in hand are lost; the others stay in hand. */
  synchronized void lost(List<Sketch> some, Loss reason) {
    if (!abandoned && !some.isEmpty()) {
      some.forEach(sketch -> losses.add(reason, sketch.values()));
      Set<Sketch> gone = Collections.newSetFromMap(new IdentityHashMap<>());
      gone.addAll(some);
      inHand = inHand.stream().filter(sketch -> !gone.contains(sketch)).toList();
    }
  }

  /** Notes that those in hand are in the log. */
  synchronized void shipped() {
    if (!abandoned) {
      inHand.forEach(sketch -> shipped += sketch.values());
      inHand = List.of();
    }
  }

  /** Nothing will be added any more. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits, but not for long once there is an end. */
  synchronized void pause(long millis) throws InterruptedException {
    long since = System.nanoTime();
    long left = millis;
    while (left > 0) {
      wait(left);
      long most = ended ? Math.min(millis, LAST_PAUSE_MILLIS) : millis;
      left = most - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }
  }

  /** Gives up what is not in the log. */
  synchronized void abandon() {
    abandoned = true;
    inHand.forEach(sketch -> losses.add(Loss.UNCERTAIN, sketch.values()));
    queue.forEach(sketch -> losses.add(Loss.CLOSED, sketch.values()));
    inHand = List.of();
    queue.clear();
    bytes = 0;
  }

  /**
   * The books.
   *
   * @param inSeries values that are not drained yet
   */
  synchronized RecorderBooks books(long inSeries) {
    long waiting = inSeries;
    for (Sketch sketch : queue) {
      waiting += sketch.values();
    }
    for (Sketch sketch : inHand) {
      waiting += sketch.values();
    }
    Map<Loss, Long> door = losses.atTheDoor();
    long refused = door.values().stream().mapToLong(Long::longValue).sum();
    return new RecorderBooks(
        gathered + inSeries + refused, shipped, waiting, losses.all(door), losses.overflowed());
  }

  private void enqueue(Sketch sketch) {
    queue.add(sketch);
    bytes += sketch.weight();
  }

  private Sketch next() {
    Sketch sketch = queue.remove();
    bytes -= sketch.weight();
    return sketch;
  }
}
