package dev.rivulet.testkit;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.time.Duration;
import java.util.function.Supplier;

/** A store at whose every call the process may die, before it or after it. */
final class CrashingFoldStore implements FoldStore {
  private final FoldStore store;
  private final Supplier<CrashPlan> plan;

  CrashingFoldStore(FoldStore store, Supplier<CrashPlan> plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Slice read(EntryId after, int mostEntries, Duration patience) {
    plan.get().pass("before a read");
    Slice slice = store.read(after, mostEntries, patience);
    plan.get().pass("after a read");
    return slice;
  }

  @Override
  public void load(Reads reads) {
    plan.get().pass("before state was loaded");
    store.load(reads);
    plan.get().pass("after state was loaded");
  }

  @Override
  public CommitOutcome commit(Writes writes, Offset next) {
    plan.get().pass("before a commit");
    CommitOutcome outcome = store.commit(writes, next);
    plan.get().pass("after a commit whose reply was lost");
    return outcome;
  }

  @Override
  public void close() {
    store.close();
  }
}
