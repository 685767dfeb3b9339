package dev.rivulet.testkit;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.DefinitionFillStore;
import dev.rivulet.engine.FillBook;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store at whose every call the process may die, before it or after it. */
final class CrashingDefinitionFillStore implements DefinitionFillStore {
  private final DefinitionFillStore store;
  private final Supplier<CrashPlan> plan;

  CrashingDefinitionFillStore(DefinitionFillStore store, Supplier<CrashPlan> plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Slice read(boolean mainToo, EntryId after, int mostEntries) {
    plan.get().pass("before the book was read");
    Slice slice = store.read(mainToo, after, mostEntries);
    plan.get().pass("after the book was read");
    return slice;
  }

  @Override
  public void load(Reads reads) {
    plan.get().pass("before a definition's state was loaded");
    store.load(reads);
    plan.get().pass("after a definition's state was loaded");
  }

  @Override
  public CommitOutcome commit(Writes writes, FillBook book, @Nullable Offset main) {
    plan.get().pass("before a commit of the book");
    CommitOutcome outcome = store.commit(writes, book, main);
    plan.get().pass("after a commit of the book whose reply was lost");
    return outcome;
  }

  @Override
  public void close() {
    store.close();
  }
}
