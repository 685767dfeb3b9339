package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells when appended events have become visible to queries. What this node folds is known at once;
 * what others fold is looked up by {@link #poll}. Thread-safe.
 */
public final class Visibility {
  private final Map<Integer, EntryId> foldedUpTo = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

  /**
   * Completes when every partition is folded up to the entry named for it. The caller gives up by
   * cancelling.
   */
  public CompletableFuture<Void> await(Map<Integer, EntryId> upTo) {
    var waiter = new Waiter(upTo, new CompletableFuture<>());
    waiters.add(waiter);
    check();
    return waiter.done;
  }

  /** Notes how far a partition is folded. */
  public void folded(int partition, EntryId entry) {
    foldedUpTo.merge(partition, entry, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    if (!waiters.isEmpty()) {
      check();
    }
  }

  /** Looks up how far the partitions are that somebody waits for and this node does not fold. */
  public void poll(Set<Integer> held, IntFunction<@Nullable Offset> offsets) {
    waiters.stream()
        .flatMap(waiter -> waiter.upTo.keySet().stream())
        .filter(partition -> !held.contains(partition))
        .distinct()
        .forEach(
            partition -> {
              Offset offset = offsets.apply(partition);
              if (offset != null) {
                folded(partition, offset.entry());
              }
            });
  }

  private void check() {
    for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
      Waiter waiter = all.next();
      if (waiter.done.isDone() || isVisible(waiter.upTo)) {
        all.remove();
        waiter.done.complete(null);
      }
    }
  }

  private boolean isVisible(Map<Integer, EntryId> upTo) {
    for (Map.Entry<Integer, EntryId> wanted : upTo.entrySet()) {
      EntryId folded = foldedUpTo.get(wanted.getKey());
      if (folded == null || folded.compareTo(wanted.getValue()) < 0) {
        return false;
      }
    }
    return true;
  }

  private record Waiter(Map<Integer, EntryId> upTo, CompletableFuture<Void> done) {}
}
