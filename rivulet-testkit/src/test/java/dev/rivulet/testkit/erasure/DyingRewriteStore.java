package dev.rivulet.testkit.erasure;

import dev.rivulet.engine.Erasing.Note;
import dev.rivulet.engine.Erasing.Place;
import dev.rivulet.event.EntryId;
import dev.rivulet.policies.ErasureAccount;
import dev.rivulet.policies.RewriteProgress;
import dev.rivulet.policies.RewriteStore;
import dev.rivulet.view.LogEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store at whose every call something may happen, before it or after it: the process may die. */
final class DyingRewriteStore implements RewriteStore {
  private final RewriteStore store;
  private final Runnable point;

  DyingRewriteStore(RewriteStore store, Runnable point) {
    this.store = store;
    this.point = point;
  }

  @Override
  public @Nullable RewriteProgress guard() {
    point.run();
    RewriteProgress progress = store.guard();
    point.run();
    return progress;
  }

  @Override
  public Map<String, Note> notes() {
    return around(store::notes);
  }

  @Override
  public @Nullable String obstacle(Place bound) {
    point.run();
    String obstacle = store.obstacle(bound);
    point.run();
    return obstacle;
  }

  @Override
  public boolean isFull() {
    return around(store::isFull);
  }

  @Override
  public long length() {
    return around(store::length);
  }

  @Override
  public List<LogEntry> entries(EntryId after, int most) {
    return around(() -> store.entries(after, most));
  }

  @Override
  public boolean restart(@Nullable RewriteProgress next) {
    return around(() -> store.restart(next));
  }

  @Override
  public boolean copy(List<LogEntry> entries, Collection<Place> gone, RewriteProgress next) {
    return around(() -> store.copy(entries, gone, next));
  }

  @Override
  public Tail guardLog(EntryId after, int most) {
    return around(() -> store.guardLog(after, most));
  }

  @Override
  public boolean swap(
      Tail tail, List<LogEntry> rest, Collection<Place> gone, List<ErasureAccount> accounts) {
    return around(() -> store.swap(tail, rest, gone, accounts));
  }

  @Override
  public Map<String, ErasureAccount> accounts(Collection<String> erasures) {
    return around(() -> store.accounts(erasures));
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T around(Supplier<T> call) {
    point.run();
    T result = call.get();
    point.run();
    return result;
  }
}
