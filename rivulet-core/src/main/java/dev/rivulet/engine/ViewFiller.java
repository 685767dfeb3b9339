package dev.rivulet.engine;

import dev.rivulet.view.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills views that are not up to date, one thread beside the workers: views that are new, and those
 * whose rebuild was asked for. What is under way is noted in the store, so a restart or another
 * node goes on with it. Thread-safe.
 */
public final class ViewFiller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ViewFiller.class);
  private static final long LOOK_MILLIS = 500;

  private final FillStore store;
  private final ViewSet views;
  private final Map<Place, Running> running = new ConcurrentHashMap<>();
  private final Map<Place, Double> progress = new ConcurrentHashMap<>();
  private Set<Integer> held = Set.of();
  private volatile boolean open = true;
  private final Thread thread = new Thread(this::work, "rivulet-fill");

  public ViewFiller(FillStore store, ViewSet views) {
    this.store = store;
    this.views = views;
    thread.setDaemon(true);
  }

  /**
   * Starts the thread.
   *
   * @param held the partitions of this node, kept up to date by the caller
   */
  void start(Set<Integer> held) {
    this.held = held;
    thread.start();
  }

  /** Has {@code view} filled in {@code partition} unless that is under way. */
  public void fill(int partition, View view) {
    if (!store.pending(partition).containsKey(view.name())) {
      store.begin(partition, view.name(), Fill.nextGeneration(store.offset(partition), view));
      LOG.info("filling {} of partition {} from the log", view.name(), partition);
    }
  }

  /** How much of each view being filled here is done, from 0 to 1. */
  public Map<String, Double> progress() {
    var byView = new TreeMap<String, Double>();
    progress.forEach((place, done) -> byView.merge(place.view, done, Math::min));
    return byView;
  }

  @Override
  public void close() {
    open = false;
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (open) {
      boolean busy = false;
      try {
        for (Map.Entry<Place, Running> entry : takeUp().entrySet()) {
          busy |= tryAdvance(entry.getKey(), entry.getValue());
        }
      } catch (RuntimeException e) {
        LOG.debug("filling pauses: {}", e.getMessage());
      }
      if (!busy) {
        pause();
      }
    }
    running.values().forEach(Running::close);
  }

  private Map<Place, Running> takeUp() {
    var wanted = new LinkedHashMap<Place, Running>();
    for (int partition : held) {
      store
          .pending(partition)
          .forEach(
              (name, generation) -> {
                if (!isFolded(name)) {
                  return; // begun by a process with a view that this one lacks
                }
                var place = new Place(partition, name, generation);
                wanted.put(place, running.computeIfAbsent(place, this::openFill));
              });
    }
    running.forEach(
        (place, fill) -> {
          if (!wanted.containsKey(place)) {
            fill.close();
            running.remove(place);
            progress.remove(place);
          }
        });
    return wanted;
  }

  private boolean isFolded(String name) {
    return views.views().stream().anyMatch(view -> view.name().equals(name));
  }

  /** Steps a fill for about a tenth of a second; returns whether it had anything to do. */
  private boolean advance(Place place, Running fill) {
    long until = System.nanoTime() + 100_000_000L;
    try {
      while (open && System.nanoTime() < until) {
        if (fill.fill.step()) {
          store.end(place.partition, place.view, place.generation);
          LOG.info("{} of partition {} is up to date", place.view, place.partition);
          return true;
        }
      }
      Offset main = store.offset(place.partition);
      long all = main == null ? 0 : main.folded();
      progress.put(place, all == 0 ? 1.0 : Math.min(1.0, (double) fill.fill.folded() / all));
      return main != null;
    } catch (RuntimeException e) {
      fill.close();
      running.remove(place);
      throw e;
    }
  }

  /** Keeps one fill that fails from holding up the others. */
  private boolean tryAdvance(Place place, Running fill) {
    try {
      return advance(place, fill);
    } catch (RuntimeException e) {
      LOG.debug("filling {} of partition {} pauses", place.view, place.partition, e);
      return false;
    }
  }

  private Running openFill(Place place) {
    View view = views.named(place.view);
    FoldStore own = store.fillFold(place.partition, place.view, place.generation);
    try {
      FoldStore main = store.mainFold(place.partition);
      var fill = new Fill(place.partition, view, place.generation, views, own, main);
      return new Running(fill, own, main);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  private void pause() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      open = false;
    }
  }

  private record Place(int partition, String view, int generation) {}

  private record Running(Fill fill, FoldStore own, FoldStore main) {
    void close() {
      own.close();
      main.close();
    }
  }
}
