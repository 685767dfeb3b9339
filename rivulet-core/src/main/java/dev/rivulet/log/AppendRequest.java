package dev.rivulet.log;

import dev.rivulet.event.EntryId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One caller's events on their way: done when every partition's share is settled. */
final class AppendRequest {
  private final long bytes;
  private final int events;
  private final CompletableFuture<Receipt> done = new CompletableFuture<>();
  private final Map<Integer, EntryId> upTo = new HashMap<>();
  private @Nullable String failure;
  private int open;

  AppendRequest(long bytes, int events) {
    this.bytes = bytes;
    this.events = events;
  }

  long bytes() {
    return bytes;
  }

  int events() {
    return events;
  }

  CompletableFuture<Receipt> done() {
    return done;
  }

  void expect(int shares) {
    open = shares;
  }

  /**
   * Settles one share. The lanes of several primaries may call this side by side.
   *
   * @return whether it was the last one, so that {@link #complete} is due
   */
  synchronized boolean settle(int partition, LogStore.Outcome outcome) {
    if (outcome.id() != null) {
      upTo.put(partition, outcome.id());
    } else {
      failure = outcome.failure();
    }
    return --open == 0;
  }

  void complete() {
    if (failure != null) {
      done.completeExceptionally(new LogUnavailable(failure));
    } else {
      done.complete(new Receipt(Map.copyOf(upTo)));
    }
  }
}
