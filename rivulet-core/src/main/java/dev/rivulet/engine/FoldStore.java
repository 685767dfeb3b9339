package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored side of one fold of one partition: its offset and its transaction. Used by one thread.
 * Every method throws when the store cannot be reached; what happened is then unknown, and the
 * caller must forget its state and read again.
 */
public interface FoldStore extends AutoCloseable {
  /**
   * Reads the stored offset and guards it until the next {@link #commit}, and the entries after
   * {@code after}, waiting up to {@code patience} for the first of them.
   */
  Slice read(EntryId after, int mostEntries, Duration patience);

  /** Reads state in one round trip. */
  void load(Reads reads);

  /**
   * Applies {@code writes} and {@code next} in one transaction if the guarded offset still holds.
   */
  CommitOutcome commit(Writes writes, Offset next);

  @Override
  void close();

  /**
   * What a read found.
   *
   * @param offset the stored offset, null before the first commit
   * @param entries entries after the asked place, oldest first
   */
  record Slice(@Nullable Offset offset, List<LogEntry> entries) {}
}
