package dev.rivulet.recorder;

import dev.rivulet.event.Event;
import dev.rivulet.measure.Accumulator;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Cuts time into windows. A window ends when the clock thread ticks at a whole interval; its values
 * are of its start. While the store takes nothing it goes on to the end of the minute, so that an
 * outage costs one sketch per series and minute. Thread-safe.
 */
final class Windows {
  /** The counter that tells what was lost. */
  static final String DROPPED = "rivulet.recorder.dropped";

  private static final long MINUTE_MILLIS = 60_000;

  /** A gauge is to be heard of every 10 s; ticks are up to 1 s apart. */
  private static final long BEAT_MILLIS = 8_500;

  private final RecorderOptions options;
  private final String node;
  private final Catalog catalog;
  private final Map<Series, Gauge> gauges;
  private final Waiting waiting;
  private final Losses losses;
  private final Map<Loss, Long> shippedLosses = new EnumMap<>(Loss.class);

  /** With the number of a sketch it makes its id: a UUID, which takes 16 bytes in the log. */
  private final long instance = UUID.randomUUID().getMostSignificantBits();

  private long number;
  private long start;
  private boolean closed;

  Windows(
      RecorderOptions options,
      String node,
      Catalog catalog,
      Map<Series, Gauge> gauges,
      Waiting waiting,
      Losses losses,
      long now) {
    this.options = options;
    this.node = node;
    this.catalog = catalog;
    this.gauges = gauges;
    this.waiting = waiting;
    this.losses = losses;
    this.start = floor(now);
  }

  /** Reads the gauges, then ends the window, unless it may go on. */
  void tick(long now) {
    gauges.values().forEach(Gauge::read); // the application's code: not under the lock
    synchronized (this) {
      if (closed) {
        return;
      }
      if (now < start || minute(now) != minute(start) || waiting.idle()) {
        end(now, false);
      }
    }
  }

  /** Ends the last window: no series takes values any more. */
  synchronized void close(long now) {
    recordLosses();
    catalog.close();
    closed = true;
    end(now, true);
    waiting.end();
  }

  synchronized RecorderBooks books() {
    long inSeries = 0;
    for (Series series : catalog.all()) {
      inSeries += series.count();
    }
    return waiting.books(inSeries);
  }

  private void end(long now, boolean last) {
    if (!last && waiting.idle()) { // told when it can arrive; until then the counts remember
      recordLosses();
    }
    gauges.values().forEach(gauge -> gauge.beat(now, BEAT_MILLIS));
    long at = Math.min(start, floor(now)); // the clock may have been set back
    List<Sketch> sketches = new ArrayList<>();
    for (Series series : catalog.all()) {
      Accumulator values = series.drain(last);
      if (values.count() > 0) {
        sketches.add(sketch(series, values, at, now));
      }
    }
    start = floor(now);
    if (!sketches.isEmpty()) {
      waiting.add(sketches);
    }
  }

  private Sketch sketch(Series series, Accumulator values, long at, long now) {
    var summary = values.summary(at);
    Gauge gauge = gauges.get(series);
    if (gauge != null) {
      gauge.shipping(summary.last(), now);
    }
    if (series.overflow()) {
      losses.overflowed(values.count());
    }
    var sample =
        new Sample(
            options.project(),
            series.key(),
            node,
            series.metric().kind(),
            new UUID(instance, ++number).toString(),
            at,
            now,
            summary);
    Event event = sample.toEvent();
    var shared = // the text of the series once, not once per sketch that waits
        new Event(
            event.project(),
            event.kind(),
            series.metric().name(),
            series.text(),
            event.id(),
            at,
            now,
            event.properties());
    return new Sketch(series.metric(), shared, values.count());
  }

  private void recordLosses() {
    if (!catalog.ownCounts()) {
      return; // each note would be a loss and make another note
    }
    losses
        .all(losses.atTheDoor())
        .forEach(
            (reason, count) -> {
              long fresh = count - shippedLosses.getOrDefault(reason, 0L);
              if (fresh > 0) {
                var tags = new TreeMap<>(Map.of("reason", reason.word()));
                catalog.series(DROPPED, MetricKind.COUNTER, tags).record((double) fresh);
                shippedLosses.put(reason, count);
              }
            });
  }

  private long floor(long now) {
    return now - Math.floorMod(now, options.interval().toMillis());
  }

  private static long minute(long now) {
    return Math.floorDiv(now, MINUTE_MILLIS);
  }
}
