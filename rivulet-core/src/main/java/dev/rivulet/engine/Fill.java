package dev.rivulet.engine;

import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.BatchFolder.Poison;
import dev.rivulet.engine.BatchFolder.Position;
import dev.rivulet.engine.CommitOutcome.Applied;
import dev.rivulet.engine.FoldStore.Slice;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.View;
import dev.rivulet.view.Writes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills one generation of one view from one partition's log, beside the fold that goes on: a new
 * view, or a rebuild. It follows the partition's worker, never ahead of it and with the same
 * decisions about duplicates. Once both stand at the same entry it switches: the next generation
 * joins the worker's offset in one transaction, and the worker, fenced by that, takes it up.
 *
 * <p>Killed and started again it goes on where its own offset stands. Used by one thread.
 */
public final class Fill {
  private static final int BATCH_ENTRIES = 32;

  private final int partition;
  private final View view;
  private final int generation;
  private final ViewSet views;
  private final FoldStore own;
  private final FoldStore worker;
  private final Map<Position, String> poison = new HashMap<>();
  private @Nullable BatchFolder folder;
  private @Nullable Offset offset;

  /**
   * @param own the fold whose offset is {@link Keys#fillOffset}
   * @param worker the partition's main fold
   */
  public Fill(
      int partition, View view, int generation, ViewSet views, FoldStore own, FoldStore worker) {
    this.partition = partition;
    this.view = view;
    this.generation = generation;
    this.views = views;
    this.own = own;
    this.worker = worker;
  }

  /** The generation that follows what {@code offset} has of {@code view}, in whatever version. */
  public static int nextGeneration(@Nullable Offset offset, View view) {
    int newest = 0;
    if (offset != null) {
      for (Map.Entry<String, Integer> known : offset.views().entrySet()) {
        if (known.getKey().startsWith(view.name() + "/")) {
          newest = Math.max(newest, known.getValue());
        }
      }
    }
    return newest + 1;
  }

  /** The records folded so far. */
  public long folded() {
    return offset == null ? 0 : offset.folded();
  }

  /**
   * Folds one batch, or switches.
   *
   * @return whether the view is up to date and switched in
   * @throws RuntimeException when the store cannot be reached: call {@link #forget} and try again
   */
  public boolean step() {
    Offset main = worker.read(EntryId.START, 0, Duration.ZERO).offset();
    if (main == null) {
      return false; // nothing is folded yet: the worker starts with every view
    }
    if (isLive(main)) {
      return true; // an earlier try switched it in and did not live to hear so
    }
    Slice slice =
        own.read(offset == null ? EntryId.START : offset.entry(), BATCH_ENTRIES, Duration.ZERO);
    if (folder == null || !sameAs(slice.offset())) {
      reopen(slice.offset());
      return false;
    }
    List<LogEntry> entries =
        slice.entries().stream().filter(entry -> entry.id().compareTo(main.entry()) <= 0).toList();
    if (entries.isEmpty()) {
      return switchIn(main);
    }
    if (isLive(worker.read(EntryId.START, 0, Duration.ZERO).offset())) {
      return true; // a rival finished it before our own offset was guarded
    }
    fold(entries);
    return false;
  }

  /** Drops what memory holds; the next step starts from what is stored. */
  public void forget() {
    folder = null;
    offset = null;
  }

  private void fold(List<LogEntry> entries) {
    try {
      Folded folded = requireNonNull(folder).fold(entries, poison, own::load);
      Offset after = folded.after(requireNonNull(offset));
      if (own.commit(folded.writes(), after) instanceof Applied) {
        offset = after;
        return;
      }
    } catch (Poison e) {
      // A rival that fills the same may have committed between two loads.
      if (sameAs(own.read(EntryId.START, 0, Duration.ZERO).offset())) {
        poison.put(e.position(), String.valueOf(e.getMessage()));
      }
    }
    forget();
  }

  /** Whether this generation, or a later one, already answers: it must not be written any more. */
  private boolean isLive(@Nullable Offset main) {
    Integer live = main == null ? null : main.views().get(ViewSet.id(view));
    return live != null && live >= generation;
  }

  private boolean switchIn(Offset main) {
    var generations = new TreeMap<>(main.views());
    generations.keySet().removeIf(id -> id.startsWith(view.name() + "/"));
    generations.put(ViewSet.id(view), generation);
    var writes = new Writes();
    writes.delete(Keys.fillOffset(partition, view.name(), generation));
    return worker.commit(writes, main.with(generations)) instanceof Applied;
  }

  private boolean sameAs(@Nullable Offset stored) {
    return stored == null
        ? offset != null && offset.entry().equals(EntryId.START)
        : stored.equals(offset);
  }

  private void reopen(@Nullable Offset stored) {
    offset = stored == null ? Offset.start(Map.of()) : stored;
    var state = views.open(partition, view, generation);
    folder = new BatchFolder(partition, Map.of(view, state), false, 0);
  }
}
