package dev.rivulet.testkit.erasure;

import dev.rivulet.engine.CommitOutcome;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Offset;
import dev.rivulet.event.EntryId;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.time.Duration;

/** A fold in whose longest pause something else happens: just before it commits. */
final class SlowFoldStore implements FoldStore {
  private final FoldStore store;
  private final Runnable meanwhile;

  SlowFoldStore(FoldStore store, Runnable meanwhile) {
    this.store = store;
    this.meanwhile = meanwhile;
  }

  @Override
  public Slice read(EntryId after, int mostEntries, Duration patience) {
    return store.read(after, mostEntries, patience);
  }

  @Override
  public void load(Reads reads) {
    store.load(reads);
  }

  @Override
  public CommitOutcome commit(Writes writes, Offset next) {
    meanwhile.run();
    return store.commit(writes, next);
  }

  @Override
  public void close() {
    store.close();
  }
}
