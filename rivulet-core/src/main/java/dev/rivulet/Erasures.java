package dev.rivulet;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Visibility;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.log.LogAppender;
import dev.rivulet.log.LogUnavailable;
import dev.rivulet.log.Partitioner;
import dev.rivulet.log.Receipt;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.ErasureAccount.State;
import dev.rivulet.policies.ErasureStore;
import dev.rivulet.policies.HeldState;
import dev.rivulet.policies.RewriteProgress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for persons to be erased, and tells how far that is. Thread-safe. */
final class Erasures {
  private static final String NAME = "erasure";
  private static final long FOLD_SECONDS = 20;

  private final ErasureStore store;
  private final Partitioner partitioner;
  private final LogAppender appender;
  private final Visibility visibility;
  private final HeldState held;
  private final InstantSource clock;

  Erasures(
      ErasureStore store,
      Partitioner partitioner,
      LogAppender appender,
      Visibility visibility,
      HeldState held,
      InstantSource clock) {
    this.store = store;
    this.partitioner = partitioner;
    this.appender = appender;
    this.visibility = visibility;
    this.held = held;
    this.clock = clock;
  }

  Optional<ErasureStatus> erase(String project, String user) {
    int partition = partitioner.partition(project, user);
    if (!isFolded(partition)) {
      throw new LogUnavailable("what came before is not folded yet: ask again in a moment");
    }
    if (!store.knows(partition, project, user)) {
      return Optional.empty();
    }
    if (store.waiting(partition) >= Erasing.MOST) {
      throw new LogUnavailable(
          Erasing.MOST + " erasures wait for the log to be rewritten: ask again in a minute");
    }
    long now = clock.millis();
    String erasure = UUID.randomUUID().toString();
    var account =
        new ErasureAccount(
            erasure, project, State.RUNNING, now, 0, new TreeMap<>(held.of(project, user)));
    store.put(partition, account);
    var record = new Event(project, Kind.ERASURE, NAME, user, erasure, now, now, Properties.NONE);
    if (!isFolded(append(record, partition, erasure).upTo())) {
      throw new LogUnavailable(
          "the person will be erased as erasure " + erasure + ", once what came before is folded");
    }
    return find(project, erasure);
  }

  Optional<ErasureStatus> find(String project, String erasure) {
    for (int partition = 0; partition < partitioner.partitions(); partition++) {
      ErasureAccount account = store.account(partition, erasure);
      if (account != null && account.project().equals(project)) {
        return Optional.of(ErasureStatus.of(account, store.progress(partition)));
      }
    }
    return Optional.empty();
  }

  /** All of a project, newest first. */
  List<ErasureStatus> all(String project) {
    List<ErasureStatus> all = new ArrayList<>();
    for (int partition = 0; partition < partitioner.partitions(); partition++) {
      RewriteProgress rewrite = store.progress(partition);
      for (ErasureAccount account : store.accounts(partition).values()) {
        if (account.project().equals(project)) {
          all.add(ErasureStatus.of(account, rewrite));
        }
      }
    }
    all.sort(
        Comparator.comparing(ErasureStatus::requestedAt)
            .reversed()
            .thenComparing(ErasureStatus::erasure));
    return all;
  }

  /**
   * Waits for what is in the log: somebody whose first event is not folded yet is somebody too, and
   * the account tells all that is removed.
   */
  private boolean isFolded(int partition) {
    EntryId last = store.lastEntry(partition);
    return last.equals(EntryId.START) || isFolded(Map.of(partition, last));
  }

  private Receipt append(Event record, int partition, String erasure) {
    try {
      return appender.append(List.of(record)).join();
    } catch (CompletionException e) {
      store.remove(partition, erasure);
      throw e.getCause() instanceof LogUnavailable unavailable ? unavailable : e;
    }
  }

  private boolean isFolded(Map<Integer, EntryId> upTo) {
    CompletableFuture<Void> visible = visibility.await(upTo);
    try {
      visible.get(FOLD_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      visible.cancel(false);
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the fold cannot be awaited", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogUnavailable("interrupted while the erasure was folded", e);
    }
  }
}
