package dev.rivulet.policies;

import dev.rivulet.event.EntryId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where erasures are noted and accounted for, by partition. Thread-safe. */
public interface ErasureStore {
  /** Whether anybody of {@code project} has this id, among those whose events are folded. */
  boolean knows(int partition, String project, String user);

  /** The last entry of a partition's log. */
  EntryId lastEntry(int partition);

  /** Erasures of a partition that wait for its log to be rewritten. */
  int waiting(int partition);

  /** How far the rewrite of a partition's log is; null when none is under way. */
  @Nullable RewriteProgress progress(int partition);

  /** The accounts of a partition by erasure, at most {@link #MOST_ACCOUNTS}. */
  Map<String, ErasureAccount> accounts(int partition);

  @Nullable ErasureAccount account(int partition, String erasure);

  void put(int partition, ErasureAccount account);

  void remove(int partition, String erasure);

  /** Opens the rewrite of a partition's log. */
  RewriteStore rewrite(int partition);

  /** Accounts kept per partition; the oldest that are done leave first. */
  int MOST_ACCOUNTS = 2_000;
}
