package dev.rivulet.engine;

import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.BatchFolder.Poison;
import dev.rivulet.engine.BatchFolder.Position;
import dev.rivulet.engine.CommitOutcome.Applied;
import dev.rivulet.engine.CommitOutcome.Damaged;
import dev.rivulet.engine.CommitOutcome.Fenced;
import dev.rivulet.engine.FoldStore.Slice;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns one partition's log into numbers: read a batch after the stored offset, drop duplicates,
 * fold every view, commit effects and offset in one transaction only while the offset is still
 * ours, tell what changed. Safe to kill at any line: what is not committed never happened, and what
 * is committed is never folded again.
 */
public final class PartitionWorker {
  /** Entries of one batch: up to 500 events each, some tens when the system is quick. */
  private static final int BATCH_ENTRIES = 32;

  /** What a step came to. */
  public enum Step {
    /** Nothing new arrived within the patience. */
    IDLE,
    /** A batch was committed and the log has no more. */
    CAUGHT_UP,
    /** A batch was committed and more is waiting. */
    BEHIND,
    /** Somebody else committed; what memory held was dropped. */
    RESET
  }

  private final int partition;
  private final FoldStore store;
  private final ViewSet views;
  private final FoldListener listener;
  private final int mostIds;
  private final Map<Position, String> poison = new HashMap<>();
  private @Nullable BatchFolder folder;
  private @Nullable Offset offset;

  /**
   * @param mostIds event ids kept per generation to recognise retries
   */
  public PartitionWorker(
      int partition, FoldStore store, ViewSet views, int mostIds, FoldListener listener) {
    this.partition = partition;
    this.store = store;
    this.views = views;
    this.mostIds = mostIds;
    this.listener = listener;
  }

  /**
   * Reads, folds and commits one batch, waiting up to {@code patience} for it.
   *
   * @throws RuntimeException when the store cannot be reached: call {@link #forget} and try again
   */
  public Step step(Duration patience) {
    EntryId after = offset == null ? EntryId.START : offset.entry();
    Slice slice = store.read(after, BATCH_ENTRIES, folder == null ? Duration.ZERO : patience);
    if (folder == null || !isOurs(slice.offset())) {
      reopen(slice.offset());
      return Step.RESET;
    }
    if (slice.entries().isEmpty()) {
      return Step.IDLE;
    }
    CommitOutcome outcome = commit(slice);
    if (outcome instanceof Applied) {
      return slice.entries().size() == BATCH_ENTRIES ? Step.BEHIND : Step.CAUGHT_UP;
    }
    if (outcome instanceof Damaged damaged) {
      listener.damaged(partition, damaged.errors());
    }
    forget();
    return Step.RESET;
  }

  /** Drops what memory holds; the next step starts from what is stored. */
  public void forget() {
    folder = null;
    offset = null;
  }

  private CommitOutcome commit(Slice slice) {
    Offset before = requireNonNull(offset);
    BatchFolder folding = requireNonNull(folder);
    Folded folded;
    try {
      folded = folding.fold(slice.entries(), poison, store::load);
    } catch (Poison e) {
      // What a rival commits between two loads fits nothing: the record is not to blame then.
      if (isOurs(store.read(before.entry(), 0, Duration.ZERO).offset())) {
        poison.put(e.position(), String.valueOf(e.getMessage()));
        listener.poisoned(partition, e.position().toString(), e);
      }
      return new Fenced(); // memory is spoilt: start again, knowing what to put aside
    }
    Offset after = folded.after(before);
    CommitOutcome outcome = store.commit(folded.writes(), after);
    if (outcome instanceof Applied) {
      poison.clear();
      offset = after;
      listener.folded(partition, after, folded.projects());
    }
    return outcome;
  }

  private boolean isOurs(@Nullable Offset stored) {
    return stored == null
        ? offset != null && offset.entry().equals(EntryId.START)
        : views.kept(stored).equals(offset);
  }

  private void reopen(@Nullable Offset stored) {
    offset = stored == null ? Offset.start(views.freshGenerations()) : views.kept(stored);
    var states = views.open(partition, offset.views());
    if (stored != null && stored.definitions() > 0) {
      List<Installed> live = live();
      List<Installed> beyondUs = live.stream().filter(one -> !isFoldable(one)).toList();
      if (!beyondUs.isEmpty()) {
        leaveBehind(beyondUs, stored);
        return;
      }
      states.putAll(views.open(partition, live));
    }
    folder = new BatchFolder(partition, states, true, mostIds);
    listener.opened(partition, offset);
  }

  /** Read after the offset: if they change in between, the offset is another at the next read. */
  private List<Installed> live() {
    List<Installed> live = new ArrayList<>();
    var reads = new Reads();
    reads.wholeHash(
        Keys.defined(partition),
        stored -> stored.values().forEach(value -> live.add(Installed.decode(value))));
    store.load(reads);
    live.removeIf(one -> one.stage() != Stage.LIVE);
    return live;
  }

  private boolean isFoldable(Installed installed) {
    try {
      return views.folds(installed);
    } catch (RuntimeException e) {
      return false; // which is logged where the definitions are looked after
    }
  }

  /** What this process cannot fold will not be up to date any more once it commits. */
  private void leaveBehind(List<Installed> beyondUs, Offset stored) {
    List<byte[]> pairs = new ArrayList<>();
    for (Installed one : beyondUs) {
      pairs.add(one.field());
      pairs.add(one.at(Stage.STALE, 0).encode());
    }
    var writes = new Writes();
    writes.hash(Keys.defined(partition), pairs);
    store.commit(writes, stored.withDefinitions(stored.definitions() + 1));
    forget();
  }
}
