package dev.rivulet.engine;

import static java.util.Objects.requireNonNull;

import dev.rivulet.engine.BatchFolder.Poison;
import dev.rivulet.engine.BatchFolder.Position;
import dev.rivulet.engine.CommitOutcome.Applied;
import dev.rivulet.engine.CommitOutcome.Damaged;
import dev.rivulet.engine.DefinitionFillStore.Slice;
import dev.rivulet.engine.FillBook.Group;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.engine.WantedDefinitions.Wanted;
import dev.rivulet.event.EntryId;
import dev.rivulet.event.Limits;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one partition the definitions that the registries list, and takes away the others. A
 * revision that the partition lacks is filled from the log beside the fold that goes on, never
 * ahead of the partition's worker and with the same decisions about duplicates. Once it stands
 * where the worker stands it becomes live: in one transaction with the worker's offset, so that the
 * worker is fenced and takes it up.
 *
 * <p>Revisions that start together are filled in one pass over the log. One that starts later is
 * stepped first, until it has caught up with the next and they go on together.
 *
 * <p>All that fills do is fenced by the {@link FillBook}. Killed and started again this goes on
 * where the book stands. Used by one thread, but for what is marked.
 */
public final class DefinitionFill implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionFill.class);
  private static final int BATCH_ENTRIES = 32;

  private final int partition;
  private final DefinitionFillStore store;
  private final ViewSet views;
  private final WantedDefinitions wanting;
  private final Map<Position, String> poison = new HashMap<>();
  private @Nullable FillBook book;
  private int definitions;
  private @Nullable BatchFolder folder;
  private SortedSet<String> folding = new TreeSet<>();
  private boolean fenced;
  private volatile Map<String, Installed> installed = Map.of();
  private volatile Map<String, Double> progress = Map.of();

  public DefinitionFill(
      int partition, DefinitionFillStore store, ViewSet views, WantedDefinitions wanting) {
    this.partition = partition;
    this.store = store;
    this.views = views;
    this.wanting = wanting;
  }

  /** Whether the worker of this partition folds that revision now. Thread-safe. */
  boolean isLive(String id) {
    Installed known = installed.get(id);
    return known != null && known.stage() == Stage.LIVE;
  }

  /** The rooms with something being filled, with the part done from 0 to 1. Thread-safe. */
  Map<String, Double> progress() {
    return progress;
  }

  /**
   * Does one thing, of one transaction at most.
   *
   * @return whether there was anything to do
   * @throws RuntimeException when the store cannot be reached: call {@link #forget} and try again
   */
  public boolean step() {
    Group group = book == null ? null : book.hindmost();
    EntryId after = group == null ? EntryId.START : group.entry();
    Slice slice = store.read(false, after, group == null ? 0 : BATCH_ENTRIES);
    if (isNews(slice)) {
      reopen(slice);
      return true;
    }
    if (change(wanting.lately(), slice)) {
      return true;
    }
    if (group == null) {
      return false;
    }
    return advance(group, slice);
  }

  /** Drops what memory holds; the next step starts from what is stored. */
  public void forget() {
    book = null;
    folder = null;
  }

  @Override
  public void close() {
    store.close();
  }

  private boolean isNews(Slice slice) {
    return !slice.book().equals(book) || orStart(slice).definitions() != definitions;
  }

  /** What is stored under a later book or offset than these shows at the next read. */
  private void reopen(Slice slice) {
    forget();
    Map<String, Installed> all = new TreeMap<>();
    var reads = new Reads();
    reads.wholeHash(
        Keys.defined(partition),
        stored -> stored.forEach((id, value) -> all.put(id, Installed.decode(value))));
    store.load(reads);
    installed = Map.copyOf(all);
    book = slice.book();
    definitions = orStart(slice).definitions();
    note(slice);
  }

  /** Takes away what nobody wants any more and starts to fill what is missing. */
  private boolean change(Wanted lately, Slice slice) {
    FillBook before = requireNonNull(book);
    SortedSet<String> leaving = before.members();
    leaving.removeAll(installed.keySet()); // nobody does that, but a key may be lost
    if (leaving.isEmpty() && gone(lately).isEmpty() && missing(lately, before).isEmpty()) {
      return false;
    }
    // What was stored when it was read, and is not listed now, is never listed again.
    Wanted wanted = wanting.now();
    List<Installed> gone = gone(wanted);
    List<Installed> missing = missing(wanted, before);
    boolean mainToo = gone.stream().anyMatch(old -> old.stage() == Stage.LIVE);
    Slice guarded = slice;
    if (mainToo) {
      guarded = store.read(true, EntryId.START, 0);
      if (isNews(guarded)) {
        return true;
      }
    }
    var writes = new Writes();
    List<byte[]> fields = new ArrayList<>();
    for (Installed old : gone) {
      leaving.add(old.id());
      fields.add(old.field());
      deleteState(old, writes);
    }
    writes.hashDelete(Keys.defined(partition), fields);
    SortedSet<String> starting = new TreeSet<>();
    List<byte[]> pairs = new ArrayList<>();
    for (Installed fresh : missing) {
      starting.add(fresh.id());
      leaving.add(fresh.id());
      deleteState(fresh, writes);
      pairs.add(fresh.field());
      pairs.add(fresh.at(Stage.FILLING, 0).encode());
    }
    writes.hash(Keys.defined(partition), pairs);
    FillBook next = before.without(leaving);
    if (!starting.isEmpty()) {
      next = next.with(Group.starting(starting));
      LOG.debug("filling {} definitions of partition {} from the log", starting.size(), partition);
    }
    commit(writes, next, mainToo ? changed(orStart(guarded)) : null);
    forget();
    return true;
  }

  /** What is here and should not be. What others can fold and we cannot is theirs to judge. */
  private List<Installed> gone(Wanted wanted) {
    return installed.values().stream()
        .filter(old -> old.stage() == Stage.FILLING ? !wanted.folds(old) : !wanted.lists(old))
        .toList();
  }

  /** What should be here and is not, or has been left behind. */
  private List<Installed> missing(Wanted wanted, FillBook before) {
    return wanted.foldable().values().stream()
        .filter(
            fresh -> {
              Installed known = installed.get(fresh.id());
              if (known == null || !known.sameAs(fresh) || known.stage() == Stage.STALE) {
                return true;
              }
              return known.stage() == Stage.FILLING && before.of(fresh.id()) == null;
            })
        .toList();
  }

  private void deleteState(Installed old, Writes writes) {
    views.keys(partition, old).forEach(writes::delete);
  }

  /** Folds a batch, or catches up with another group, or makes the group live. */
  private boolean advance(Group group, Slice slice) {
    FillBook before = requireNonNull(book);
    EntryId worker = orStart(slice).entry();
    EntryId ahead = before.ahead(group);
    boolean follows = ahead != null && ahead.compareTo(worker) <= 0;
    EntryId until = follows ? requireNonNull(ahead) : worker;
    List<LogEntry> entries = upTo(until, slice);
    boolean last = !follows && entries.size() < BATCH_ENTRIES;
    if (entries.isEmpty() && follows) {
      long since = since(group, until.next(), slice.trimmed());
      var moved = new Group(until, group.folded(), since, group.members());
      commit(new Writes(), before.without(group).with(moved), null);
    } else if (last && (entries.isEmpty() || !fenced)) {
      finish(group);
    } else {
      fenced = false;
      Folded folded = fold(group, entries);
      if (folded != null) {
        Group next = group.after(folded, since(group, entries.get(0).id(), slice.trimmed()));
        // Where another stands already, both are folded together from the next step on.
        commit(folded.writes(), before.without(group).with(next), null);
      }
    }
    note(slice);
    return true;
  }

  private static List<LogEntry> upTo(EntryId last, Slice slice) {
    return slice.entries().stream().filter(entry -> entry.id().compareTo(last) <= 0).toList();
  }

  /** Returns null when a record could not be folded: the next try goes without it. */
  private @Nullable Folded fold(Group group, List<LogEntry> entries) {
    if (folder == null || !folding.equals(group.members())) {
      List<Installed> members = new ArrayList<>();
      group.members().forEach(id -> members.add(requireNonNull(installed.get(id))));
      folder = new BatchFolder(partition, views.open(partition, members), false, 0);
      folding = group.members();
    }
    try {
      return folder.fold(entries, poison, store::load);
    } catch (Poison e) {
      // A rival that fills the same may have committed between two loads.
      if (!isNews(store.read(false, EntryId.START, 0))) {
        poison.put(e.position(), String.valueOf(e.getMessage()));
        LOG.warn("partition {} fills without {}: {}", partition, e.position(), e.getMessage());
      }
      forget();
      return null;
    }
  }

  /**
   * Folds what little is missing and makes the group live, in one transaction with the worker's
   * offset. When the worker was quicker, the next step only folds.
   */
  private void finish(Group group) {
    Slice slice = store.read(true, group.entry(), BATCH_ENTRIES);
    if (isNews(slice)) {
      return;
    }
    Offset main = orStart(slice);
    List<LogEntry> entries = upTo(main.entry(), slice);
    if (entries.size() == BATCH_ENTRIES) {
      return; // the worker went on meanwhile
    }
    FillBook before = requireNonNull(book);
    var writes = new Writes();
    Group done = group;
    if (!entries.isEmpty()) {
      Folded folded = fold(group, entries);
      if (folded == null) {
        return;
      }
      writes = folded.writes();
      done = group.after(folded, since(group, entries.get(0).id(), slice.trimmed()));
    }
    boolean whole = done.folded() >= main.folded(); // nothing the worker saw was missing
    long completeFrom = whole ? 0 : since(done, main.entry().next(), slice.trimmed());
    List<byte[]> pairs = new ArrayList<>();
    for (String id : group.members()) {
      Installed ready = requireNonNull(installed.get(id)).at(Stage.LIVE, completeFrom);
      pairs.add(ready.field());
      pairs.add(ready.encode());
    }
    writes.hash(Keys.defined(partition), pairs);
    if (commit(writes, before.without(group), changed(main))) {
      LOG.debug("{} definitions of partition {} are up to date", group.members().size(), partition);
      forget();
    } else {
      fenced = true;
    }
  }

  /**
   * From when on everything was read.
   *
   * @param first what is read next
   * @param trimmed up to where the log was trimmed, perhaps right between two batches
   */
  private static long since(Group group, EntryId first, @Nullable EntryId trimmed) {
    boolean hole =
        trimmed != null
            && trimmed.compareTo(group.entry().next()) > 0
            && trimmed.compareTo(first) <= 0;
    return hole || group.entry().equals(EntryId.START) ? completeAfter(first) : group.since();
  }

  /** What stood before an entry may say to be of a little later than it. */
  private static long completeAfter(EntryId first) {
    return first.millis() + Limits.CLOCK_SKEW_MILLIS;
  }

  /** Before the first commit the worker starts with every view. */
  private Offset orStart(Slice slice) {
    return slice.main() == null ? Offset.start(views.freshGenerations()) : slice.main();
  }

  private static Offset changed(Offset main) {
    return main.withDefinitions(main.definitions() + 1);
  }

  private boolean commit(Writes writes, FillBook next, @Nullable Offset main) {
    CommitOutcome outcome = store.commit(writes, next, main);
    if (outcome instanceof Applied) {
      book = next;
      poison.clear();
      return true;
    }
    if (outcome instanceof Damaged damaged) {
      LOG.error(
          "partition {} was stored in part, rebuild what is defined: {}",
          partition,
          damaged.errors());
    }
    forget();
    return false;
  }

  private void note(Slice slice) {
    FillBook now = book;
    long all = orStart(slice).folded();
    Map<String, Double> byRoom = new TreeMap<>();
    for (Group group : now == null ? List.<Group>of() : now.groups()) {
      double done = all == 0 ? 1 : Math.min(1, (double) group.folded() / all);
      group
          .members()
          .forEach(id -> byRoom.merge(id.substring(0, id.indexOf('/')), done, Math::min));
    }
    progress = Map.copyOf(byRoom);
  }
}
