package dev.rivulet.policies;

import dev.rivulet.engine.Erasing;
import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored side of one partition's rewrite. The copy grows beside the log under a key of its own.
 * Used by one thread. Every method throws when the store cannot be reached; what happened is then
 * unknown, and the caller closes it and starts from what is stored.
 */
public interface RewriteStore extends AutoCloseable {
  /** Reads how far the rewrite is, null when none is, and guards that until the next change. */
  @Nullable RewriteProgress guard();

  /** The erasures that wait, by id. */
  Map<String, Erasing.Note> notes();

  /** Why the log cannot be rewritten now in favour of erasures up to {@code bound}, or null. */
  @Nullable String obstacle(Place bound);

  /** Whether memory has become short since. */
  boolean isFull();

  /** Entries of the log. */
  long length();

  /** Up to {@code most} entries of the log after {@code after}. */
  List<LogEntry> entries(EntryId after, int most);

  /**
   * Throws away what was copied, and notes {@code next}, or that nothing is under way for null.
   *
   * @return false when somebody else has changed the progress since it was guarded
   */
  boolean restart(@Nullable RewriteProgress next);

  /**
   * Appends {@code entries} to the copy.
   *
   * @param gone places whose records are left out, so that nothing else is said of them either
   * @return false when somebody else has changed the progress since it was guarded
   * @throws NoRoom when the store takes no more
   */
  boolean copy(List<LogEntry> entries, Collection<Place> gone, RewriteProgress next);

  /**
   * Guards the log too, and reads what of it is not copied yet. What was trimmed off it meanwhile
   * is trimmed off the copy.
   */
  Tail guardLog(EntryId after, int most);

  /**
   * Completes the copy and puts it in the log's place, all in one transaction.
   *
   * @param rest the last entries
   * @param accounts what became of the erasures that are done with it; their notes go
   * @return false when the log or the progress has changed since they were guarded
   * @throws NoRoom when the store takes no more
   */
  boolean swap(
      Tail tail, List<LogEntry> rest, Collection<Place> gone, List<ErasureAccount> accounts);

  /** The accounts of {@code erasures}, those left out that are not known. */
  Map<String, ErasureAccount> accounts(Collection<String> erasures);

  @Override
  void close();

  /**
   * The end of the log as it stands.
   *
   * @param entries those that are not copied yet
   * @param last the id that was given last, which need not be there any more
   * @param length entries of the whole log
   * @param copied entries of the copy
   */
  record Tail(List<LogEntry> entries, EntryId last, long length, long copied) {
    /** Whether the copy and these entries are the whole log. */
    boolean completes() {
      return copied + entries.size() == length;
    }
  }

  /** The store takes nothing more. */
  final class NoRoom extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NoRoom(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
