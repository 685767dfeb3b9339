package dev.rivulet.bench;

import dev.rivulet.bench.Figures.Target;
import dev.rivulet.bench.LoadGenerator.Load;
import dev.rivulet.bench.LoadGenerator.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Two servers on one Redis: what a subscriber of B sees of what A acknowledged, and when. Each
 * prober sends one event of a name of its own to A, waits until B's live stream says so, and pauses
 * for a random time, so that probes do not march in step with the five answers a second.
 */
final class LiveNodes {
  private static final int BATCH = 100;
  private static final double EVENTS_PER_SECOND = 20_000;
  private static final double MOST_MILLIS = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Bench.Settings settings;
  private final RivuletServer sender;
  private final RivuletServer teller;
  private final Figures figures;
  private final Consumer<String> progress;
  private int names;

  /**
   * @param sender the server that gets the events
   * @param teller the one that is subscribed to
   */
  LiveNodes(
      Bench.Settings settings,
      RivuletServer sender,
      RivuletServer teller,
      Figures figures,
      Consumer<String> progress) {
    this.settings = settings;
    this.sender = sender;
    this.teller = teller;
    this.figures = figures;
    this.progress = progress;
  }

  void measure() throws IOException, InterruptedException {
    run(settings.duration());
    int probes = Math.min(200, settings.queries());
    report("live.idle", "live on B of A, idle: probes", probe(1, 500, countedTo(probes)));
    Duration loaded = settings.duration().multipliedBy(5);
    var running = CompletableFuture.supplyAsync(() -> run(loaded));
    Latencies seen = probe(8, 300, running::isDone);
    report("live.loaded", "live on B of A at 20,000 events/s: probes", seen);
    figures.add(
        "live.loaded.acknowledged.p99Millis",
        "  acknowledgement p99",
        "ms",
        running.join().latencies().millis(99));
  }

  /** Ends after so many calls. */
  private static BooleanSupplier countedTo(int probes) {
    int[] left = {probes};
    return () -> left[0]-- <= 0;
  }

  private Outcome run(Duration duration) {
    var generator =
        new LoadGenerator(sender.address(), RivuletServer.WRITE_KEY, System.currentTimeMillis());
    try {
      var load = Load.open(settings.connections(), BATCH, duration, EVENTS_PER_SECOND);
      Outcome outcome = generator.run(load);
      if (outcome.refused() > 0) {
        throw new IOException("Not all was accepted at a steady rate: " + outcome.firstRefusal());
      }
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Latencies probe(int probers, int longestPauseMillis, BooleanSupplier enough)
      throws IOException, InterruptedException {
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < probers; i++) {
      topics.add("event:bench_live_" + names++);
    }
    var latencies = new Latencies();
    try (var stream = LiveStream.open(teller, topics)) {
      for (String topic : topics) {
        stream.await(topic, 0, PATIENCE);
      }
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (String topic : topics) {
        all.add(
            CompletableFuture.runAsync(
                () -> probe(stream, topic, longestPauseMillis, enough, latencies),
                task -> new Thread(task, topic).start()));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    } catch (ExecutionException e) {
      throw new IOException("A probe failed: " + e.getCause(), e);
    }
    return latencies;
  }

  private void probe(
      LiveStream stream,
      String topic,
      int longestPauseMillis,
      BooleanSupplier enough,
      Latencies latencies) {
    var pauses = new Random(topic.hashCode());
    String name = topic.substring("event:".length());
    String event = "{\"event\":\"%s\",\"user\":\"%s\"}".formatted(name, name);
    try (var http = sender.connect()) {
      for (int sent = 1; !enough.getAsBoolean(); sent++) {
        Thread.sleep(pauses.nextInt(longestPauseMillis));
        RivuletServer.json(http.post("/api/v1/events", event));
        long acknowledged = System.nanoTime();
        long seen = stream.await(topic, sent, PATIENCE);
        synchronized (latencies) {
          latencies.add(Math.max(0, seen - acknowledged));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void report(String key, String title, Latencies seen) {
    figures.add(key + ".probes", title, "", seen.size());
    figures.add(key + ".p50Millis", "  acknowledged on A to seen on B p50", "ms", seen.millis(50));
    figures.add(
        key + ".p99Millis",
        "  acknowledged on A to seen on B p99",
        "ms",
        Target.atMost(MOST_MILLIS, MOST_MILLIS),
        seen.millis(99));
    figures.add(key + ".maxMillis", "  the longest", "ms", seen.millis(100));
    progress.accept("%s %d, p99 %.0f ms".formatted(title, seen.size(), seen.millis(99)));
  }
}
