package dev.rivulet.policies;

import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.Erasing.Note;
import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.event.EntryId;
import dev.rivulet.policies.ErasureAccount.Removed;
import dev.rivulet.policies.ErasureAccount.State;
import dev.rivulet.policies.RewriteStore.NoRoom;
import dev.rivulet.policies.RewriteStore.Tail;
import dev.rivulet.view.LogEntry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rewrites one partition's log without the records of persons who were erased: copy it beside with
 * tombstones in their places, catch up with what arrives, and swap the copy in while nothing has
 * changed. Every entry keeps its id and every record its index, so whoever holds a place in the log
 * finds the same there. Events flow on; a write that comes between makes the swap fail, and it is
 * tried again.
 *
 * <p>Safe to kill at any line: what is copied and how far are committed together, and the one who
 * comes next goes on from there. Two who rewrite one partition fence each other. Used by one
 * thread.
 */
public final class Rewrite {
  /** Entries copied at a time: up to some megabytes. */
  static final int PAGE_ENTRIES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Rewrite.class);
  private static final int LOOKS_FOR_MEMORY = 32;

  /** What a step came to. */
  public enum Step {
    /** Nobody is to be erased. */
    NOTHING,
    /** It cannot begin yet; the stored progress says why. */
    WAITING,
    /** A part is copied. */
    COPIED,
    /** Something changed in between: the next step tries again. */
    AGAIN,
    /** The clean copy is the log. */
    SWAPPED
  }

  private final int partition;
  private final RewriteStore store;
  private final InstantSource clock;
  private final State after;
  private @Nullable RewriteProgress progress;
  private Map<String, Note> notes = Map.of();
  private int pages;

  /**
   * @param after what the erasures are afterwards: done, or only rewritten where a file may still
   *     hold the old log
   */
  public Rewrite(int partition, RewriteStore store, State after, InstantSource clock) {
    this.partition = partition;
    this.store = store;
    this.after = after;
    this.clock = clock;
  }

  /**
   * Begins, copies one page, or swaps.
   *
   * @throws RuntimeException when the store cannot be reached: go on with a new object
   */
  public Step step() {
    RewriteProgress stored = store.guard();
    if (stored == null || stored.waiting() != null) {
      return begin(stored);
    }
    if (!stored.equals(progress)) {
      takeUp(stored);
    }
    try {
      if (++pages % LOOKS_FOR_MEMORY == 0 && store.isFull()) {
        throw new NoRoom("memory ran short while the log was copied", null);
      }
      List<LogEntry> page = store.entries(stored.upTo(), PAGE_ENTRIES);
      return page.size() == PAGE_ENTRIES ? copy(stored, page) : swap(stored);
    } catch (NoRoom e) {
      return giveUp(e.getMessage());
    }
  }

  private Step begin(@Nullable RewriteProgress stored) {
    Map<String, Note> waiting = store.notes();
    if (waiting.isEmpty()) {
      if (stored != null) {
        store.restart(null);
      }
      return Step.NOTHING;
    }
    Place bound = new Place(EntryId.START, 0);
    for (Note note : waiting.values()) {
      bound = note.place().compareTo(bound) > 0 ? note.place() : bound;
    }
    String obstacle = store.obstacle(bound);
    if (obstacle != null) {
      var next = RewriteProgress.waiting(obstacle);
      if (!next.equals(stored)) {
        LOG.warn("partition {}: erased persons stay in the raw log: {}", partition, obstacle);
        store.restart(next);
      }
      return Step.WAITING;
    }
    return store.restart(RewriteProgress.begin(bound, store.length())) ? Step.COPIED : Step.AGAIN;
  }

  /** What somebody began, perhaps this process before it died. */
  private void takeUp(RewriteProgress stored) {
    Map<String, Note> within = new TreeMap<>(store.notes());
    within.values().removeIf(note -> note.place().compareTo(stored.bound()) > 0);
    notes = within;
    progress = stored;
  }

  private Step copy(RewriteProgress before, List<LogEntry> page) {
    var redaction = new Redaction(notes);
    List<LogEntry> clean = redaction.apply(page);
    EntryId last = page.get(page.size() - 1).id();
    RewriteProgress next = before.after(last, page.size(), redaction.removed());
    boolean copied = store.copy(clean, redaction.gone(), next);
    progress = copied ? next : null;
    return copied ? Step.COPIED : Step.AGAIN;
  }

  private Step swap(RewriteProgress before) {
    Map<String, ErasureAccount> accounts = store.accounts(notes.keySet());
    Tail tail = store.guardLog(before.upTo(), PAGE_ENTRIES);
    if (tail.entries().size() == PAGE_ENTRIES) {
      return Step.AGAIN; // more arrived than one page: copy that first
    }
    if (!tail.completes()) {
      LOG.warn(
          "partition {}: the copy of the log has {} entries and lacks {} of {}: it is made anew",
          partition,
          tail.copied(),
          tail.entries().size(),
          tail.length());
      store.restart(null);
      progress = null;
      return Step.AGAIN;
    }
    var redaction = new Redaction(notes);
    List<LogEntry> rest = redaction.apply(tail.entries());
    RewriteProgress all = before.after(before.upTo(), rest.size(), redaction.removed());
    boolean swapped = store.swap(tail, rest, redaction.gone(), settled(accounts, all));
    if (swapped) {
      LOG.info("partition {}: {} erased persons left the raw log", partition, notes.size());
      progress = null;
    }
    return swapped ? Step.SWAPPED : Step.AGAIN;
  }

  private List<ErasureAccount> settled(Map<String, ErasureAccount> accounts, RewriteProgress all) {
    long now = clock.millis();
    List<ErasureAccount> settled = new ArrayList<>();
    notes.forEach(
        (erasure, note) -> {
          ErasureAccount known = accounts.get(erasure);
          ErasureAccount account =
              known != null
                  ? known
                  : new ErasureAccount(
                      erasure,
                      note.project(),
                      State.RUNNING,
                      note.place().entry().millis(),
                      0,
                      new TreeMap<>());
          Removed removed = requireNonNull(all.removed().getOrDefault(erasure, Removed.NOTHING));
          settled.add(account.rewritten(removed, after == State.DONE, now));
        });
    return settled;
  }

  private Step giveUp(@Nullable String reason) {
    LOG.warn("partition {}: the copy of the log is given up: {}", partition, reason);
    store.restart(RewriteProgress.waiting(String.valueOf(reason)));
    progress = null;
    return Step.WAITING;
  }
}
