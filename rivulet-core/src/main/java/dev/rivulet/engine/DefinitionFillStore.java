package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored side of {@link DefinitionFill}. Used by one thread. Every method throws when the store
 * cannot be reached; what happened is then unknown, and the caller must forget its state and read
 * again.
 */
public interface DefinitionFillStore extends AutoCloseable {
  /**
   * Reads the book and the main offset, and entries after {@code after}.
   *
   * @param mainToo whether the next {@link #commit} is guarded by the main offset as well as by the
   *     book
   * @param mostEntries 0 to read none
   */
  Slice read(boolean mainToo, EntryId after, int mostEntries);

  /** Reads state in one round trip. */
  void load(Reads reads);

  /**
   * Applies {@code writes} and the book in one transaction, if what was guarded still holds.
   *
   * @param main what the main offset becomes; null leaves it
   */
  CommitOutcome commit(Writes writes, FillBook book, @Nullable Offset main);

  @Override
  void close();

  /**
   * What a read found.
   *
   * @param main the main offset, null before the first commit
   * @param trimmed the first entry that was left when the log was trimmed last, null when it never
   *     was; read after the entries
   * @param entries entries after the asked place, oldest first
   */
  record Slice(
      @Nullable Offset main, FillBook book, @Nullable EntryId trimmed, List<LogEntry> entries) {}
}
