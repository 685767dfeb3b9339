package dev.rivulet.testkit;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.Fill;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.FoldListener;
import dev.rivulet.engine.FoldStore;
import dev.rivulet.engine.Offset;
import dev.rivulet.engine.PartitionWorker;
import dev.rivulet.engine.PartitionWorker.Step;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.event.Event;
import dev.rivulet.log.LogStore;
import dev.rivulet.log.LogStore.Outcome;
import dev.rivulet.log.LogStore.PartitionBatch;
import dev.rivulet.log.Partitioner;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.query.ScatterGather;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole way from the log to the answers on one thread: append, fold when told to, ask. The
 * clock stands still unless it is set, and the process can be made to die at any point of a fold.
 * Not thread-safe.
 *
 * <pre>{@code
 * try (var driver = RivuletDriver.open(redis.address(), 4, ZoneOffset.UTC, List.of(new MyView()))) {
 *   driver.append(events);
 *   driver.foldAll();
 *   assertEquals(3, driver.ask(new MyQuery("default")).total());
 * }
 * }</pre>
 */
public final class RivuletDriver implements AutoCloseable {
  private static final int MOST_IDS = 1_000_000;

  private final Partitioner partitioner;
  private final ViewSet views;
  private final RedisNodes nodes;
  private final LogStore log;
  private final FillStore fills;
  private final ScatterGather queries;
  private final @Nullable Folding[] folds;
  private final Definitions definitions;
  private final Defining defining;
  private CrashPlan plan = CrashPlan.never();
  private long now;
  private long appended;
  private int poisoned;
  private long looks;

  private RivuletDriver(
      RedisAddress address, int partitions, ZoneId zone, List<? extends View> views) {
    this.partitioner = new Partitioner(partitions);
    this.views = new ViewSet(List.copyOf(views), project -> zone);
    this.nodes = RedisNodes.connect(address);
    this.log = RedisStores.log(nodes, 0);
    this.fills = RedisStores.fills(nodes);
    this.folds = new @Nullable Folding[partitions];
    var registries = new CrashingDefinitionStore(RedisStores.definitions(nodes), () -> plan);
    // Each look is a second later, so that what other drivers have defined is seen at once.
    this.definitions =
        new Definitions(registries, () -> Instant.ofEpochSecond(looks++), this.views);
    this.defining = new Defining(partitions, fills, this.views, definitions, () -> plan);
    this.queries =
        new ScatterGather(
            partitions,
            RedisStores.reader(nodes),
            () -> Instant.ofEpochMilli(now),
            project -> zone,
            () -> 0,
            definitions,
            this.views);
  }

  /**
   * Opens a driver on an empty Redis, or on one that a driver with as many partitions has used.
   *
   * @param zone the zone of every project
   */
  public static RivuletDriver open(
      RedisAddress address, int partitions, ZoneId zone, List<? extends View> views) {
    return new RivuletDriver(address, partitions, zone, views);
  }

  /** Sets the clock that queries see, in epoch milliseconds. */
  public RivuletDriver at(long now) {
    this.now = now;
    return this;
  }

  /** From now on the process dies where {@code plan} says. */
  public RivuletDriver crashing(CrashPlan plan) {
    this.plan = plan;
    return this;
  }

  /** Appends {@code events} as one record batch per partition, in order; nothing is folded yet. */
  public void append(List<Event> events) {
    Map<Integer, List<Event>> shares = new TreeMap<>();
    for (Event event : events) {
      int partition = partitioner.partition(event.project(), event.user());
      shares.computeIfAbsent(partition, p -> new ArrayList<>()).add(event);
    }
    List<PartitionBatch> batches = new ArrayList<>();
    shares.forEach(
        (partition, share) ->
            batches.add(
                new PartitionBatch(partition, RecordBatch.encode(share), byProject(share))));
    for (Outcome outcome : log.append(batches)) {
      if (outcome.id() == null) {
        throw new IllegalStateException("append failed: " + outcome.failure());
      }
    }
    appended += events.size();
  }

  /** Folds whatever the log holds; a process that dies on the way is started again. */
  public void foldAll() {
    for (int partition = 0; partition < folds.length; partition++) {
      boolean done = false;
      while (!done) {
        try {
          done = fold(partition).worker.step(Duration.ZERO) == Step.IDLE;
        } catch (SimulatedCrash e) {
          restart();
        }
      }
    }
  }

  /** Drops all that memory holds, as the end of the process does. */
  public void restart() {
    for (int partition = 0; partition < folds.length; partition++) {
      Folding fold = folds[partition];
      if (fold != null) {
        fold.store.close();
        folds[partition] = null;
      }
    }
    defining.restart();
  }

  /** What is defined; a change may die where the plan says, as {@link #define} handles. */
  public Definitions definitions() {
    return definitions;
  }

  /** Defines {@code name}, as a sender that tries again when the process died. */
  public Definitions.Put define(String project, String room, String name, String body) {
    return untilDone(() -> definitions.put(project, room, name, body, null));
  }

  /** Takes {@code name} away, as a sender that tries again when the process died. */
  public boolean undefine(String project, String room, String name) {
    return untilDone(() -> definitions.delete(project, room, name, null));
  }

  /**
   * Steps the filling of what is defined: in each partition one transaction at most. A process that
   * dies on the way is started again.
   *
   * @return whether there may be more to do
   */
  public boolean stepFills() {
    return untilDone(defining::step);
  }

  /** Fills whatever is defined and not live. */
  public void fillAll() {
    while (stepFills()) {
      // one step
    }
  }

  /**
   * Fills the view called {@code name}, or all that is defined in it, anew from the log and
   * switches to it.
   */
  public void rebuild(String name) {
    foldAll();
    if (views.isDefined(name)) {
      untilDone(
          () -> {
            definitions.refill(name);
            return true;
          });
      fillAll();
      foldAll();
      return;
    }
    for (int partition = 0; partition < folds.length; partition++) {
      View view = views.named(name);
      Offset offset = fills.offset(partition);
      if (offset != null) {
        int generation = fills.begin(partition, name, Fill.nextGeneration(offset, view));
        while (!filled(partition, view, generation)) {
          restart(); // it died: start again, from where its own offset stands
        }
        fills.end(partition, name, generation);
      }
    }
    foldAll();
  }

  /** Answers {@code query} from what is stored. */
  public <A> A ask(Query<A> query) {
    return queries.ask(query);
  }

  /** Records appended by this driver. */
  public long appended() {
    return appended;
  }

  /** Records folded, duplicates and poisonous ones included. */
  public long folded() {
    return offsets().stream().mapToLong(Offset::folded).sum();
  }

  /** Records dropped because their id was known. */
  public long duplicates() {
    return offsets().stream().mapToLong(Offset::duplicates).sum();
  }

  /** How often a view could not fold a record. */
  public int poisoned() {
    return poisoned;
  }

  @Override
  public void close() {
    restart();
    log.close();
    nodes.close();
  }

  private static Map<String, Integer> byProject(List<Event> events) {
    Map<String, Integer> counts = new TreeMap<>();
    events.forEach(event -> counts.merge(event.project(), 1, Integer::sum));
    return counts;
  }

  private <T> T untilDone(Supplier<T> action) {
    while (true) {
      try {
        return action.get();
      } catch (SimulatedCrash e) {
        restart();
      }
    }
  }

  private boolean filled(int partition, View view, int generation) {
    try (FoldStore own = crashing(fills.fillFold(partition, view.name(), generation));
        FoldStore main = crashing(fills.mainFold(partition))) {
      var fill = new Fill(partition, view, generation, views, own, main);
      while (!fill.step()) {
        // one batch a step
      }
      return true;
    } catch (SimulatedCrash e) {
      return false;
    }
  }

  private List<Offset> offsets() {
    List<Offset> offsets = new ArrayList<>();
    for (int partition = 0; partition < folds.length; partition++) {
      Offset offset = fills.offset(partition);
      if (offset != null) {
        offsets.add(offset);
      }
    }
    return offsets;
  }

  private Folding fold(int partition) {
    Folding known = folds[partition];
    if (known != null) {
      return known;
    }
    FoldStore store = crashing(RedisStores.fold(nodes, partition));
    var worker = new PartitionWorker(partition, store, views, MOST_IDS, new Strict());
    var opened = new Folding(store, worker);
    folds[partition] = opened;
    return opened;
  }

  private FoldStore crashing(FoldStore store) {
    return new CrashingFoldStore(store, () -> plan);
  }

  private record Folding(FoldStore store, PartitionWorker worker) {}

  /** What a view does wrong shows at once. */
  private final class Strict implements FoldListener {
    @Override
    public void poisoned(int partition, String position, Throwable reason) {
      poisoned++;
    }

    @Override
    public void damaged(int partition, List<String> errors) {
      throw new AssertionError(
          "the store refused writes of partition " + partition + ": " + errors);
    }
  }
}
