package dev.rivulet.recorder;

import dev.rivulet.measure.MetricKind;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures inside an application and ships what it measured as one sketch per series and second,
 * however many values there were.
 *
 * <pre>{@code
 * Recorder recorder = rivulet.recorder();
 * ResponseTimes times = recorder.responseTimes("/orders/{id}", "GET"); // once
 * long start = System.nanoTime();
 * …
 * times.record(200, System.nanoTime() - start); // per request
 * }</pre>
 *
 * <p>Recording takes some ten nanoseconds, allocates nothing, waits for nothing but another
 * thread's recording in the same series, and never throws. While the store is away, values gather
 * by minute; past the bound of {@link RecorderOptions} the oldest are dropped and counted in {@link
 * #dropped}. What was shipped counts exactly once. Thread-safe.
 */
public final class Recorder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long CLOSE_MILLIS = 5_000;

  private final RecorderOptions options;
  private final InstantSource clock;
  private final Losses losses;
  private final Catalog catalog;
  private final Windows windows;
  private final Waiting waiting;
  private final Map<SortedMap<String, String>, ResponseTimes> responseTimes =
      new ConcurrentHashMap<>();
  private final Map<Series, Histogram> histograms = new ConcurrentHashMap<>();
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();
  private final Map<Series, Gauge> gauges = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread ticking;
  private final Thread shipping;

  Recorder(RecorderOptions options, InstantSource clock, Destination destination) {
    this.options = options;
    this.clock = clock;
    losses = new Losses(options.project());
    catalog = new Catalog(options.mostSeries(), Windows.DROPPED, losses);
    waiting = new Waiting(options.mostWaitingBytes(), losses);
    windows = new Windows(options, node(options), catalog, gauges, waiting, losses, clock.millis());
    ticking = new Thread(this::tickUntilClosed, "rivulet-recorder");
    shipping =
        new Thread(
            new Shipper(options.project(), waiting, destination), "rivulet-recorder-shipping");
    ticking.setDaemon(true);
    shipping.setDaemon(true);
  }

  /**
   * Starts a recorder; {@code Rivulet.recorder} is the usual way to one. Without a node in the
   * options its samples have none.
   *
   * @throws IllegalArgumentException when the node's name cannot be
   */
  public static Recorder start(
      RecorderOptions options, InstantSource clock, Destination destination) {
    var recorder = new Recorder(options, clock, destination);
    recorder.startShipping();
    recorder.ticking.start();
    return recorder;
  }

  private static String node(RecorderOptions options) {
    String node = options.node() == null ? "" : options.node();
    Catalog.requireNode(node);
    return node;
  }

  void startShipping() {
    shipping.start();
  }

  /**
   * The response times of an endpoint.
   *
   * @param endpoint the template of the route, such as {@code /orders/{id}}, never the raw path
   * @param method such as {@code GET}
   * @throws IllegalArgumentException when {@code response_time} is used with another kind
   */
  public ResponseTimes responseTimes(String endpoint, String method) {
    SortedMap<String, String> tags = Tags.of("endpoint", endpoint, "method", method);
    ResponseTimes known = responseTimes.get(tags);
    if (known == null) {
      known = new ResponseTimes(catalog, tags);
      if (responseTimes.size() < options.mostSeries()) {
        ResponseTimes earlier = responseTimes.putIfAbsent(tags, known);
        known = earlier == null ? known : earlier;
      }
    }
    return known;
  }

  /**
   * The distribution of a value.
   *
   * @param tags names and values in turn: {@code "shop", "berlin"}; an empty value is no tag, one
   *     that cannot be stored (over 200 characters, control characters) becomes {@code $other}
   * @throws IllegalArgumentException when a name cannot be, or the metric is of another kind
   */
  public Histogram histogram(String metric, String... tags) {
    Series series = catalog.series(metric, MetricKind.HISTOGRAM, Tags.of(tags));
    return handle(histograms, series, Histogram::new);
  }

  /**
   * Increments whose sum counts.
   *
   * @param tags as for {@link #histogram}
   * @throws IllegalArgumentException when a name cannot be, or the metric is of another kind
   */
  public Counter counter(String metric, String... tags) {
    Series series = catalog.series(metric, MetricKind.COUNTER, Tags.of(tags));
    return handle(counters, series, Counter::new);
  }

  /**
   * A level whose last value counts.
   *
   * @param tags as for {@link #histogram}
   * @throws IllegalArgumentException when a name cannot be, or the metric is of another kind
   */
  public Gauge gauge(String metric, String... tags) {
    Series series = catalog.series(metric, MetricKind.GAUGE, Tags.of(tags));
    return handle(gauges, series, Gauge::new);
  }

  /**
   * A level that is read every second on a thread of the recorder, so {@code reading} must not
   * block. NaN means that there is none now. A later call with equal name and tags replaces it.
   *
   * @param tags as for {@link #histogram}
   * @throws IllegalArgumentException when a name cannot be, or the metric is of another kind
   */
  public Gauge gauge(String metric, DoubleSupplier reading, String... tags) {
    Gauge gauge = gauge(metric, tags);
    gauge.readFrom(reading);
    return gauge;
  }

  /** Values that are not in the log, by reason; zeros included. */
  public Map<Loss, Long> dropped() {
    return losses.all(losses.atTheDoor());
  }

  /** What became of the values. */
  public RecorderBooks books() {
    return windows.books();
  }

  /** Whether it was closed. */
  public boolean closed() {
    return closed.get();
  }

  /**
   * Ships what is left. Waits for the store at most {@value #CLOSE_MILLIS} ms; what is not in the
   * log then is dropped. What is recorded afterwards is counted as dropped.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LockSupport.unpark(ticking);
    windows.close(clock.millis());
    try {
      shipping.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!waiting.idle()) {
      waiting.abandon();
      shipping.interrupt();
    }
    losses.tell(true);
  }

  /** One handle per series; a series that takes nothing is not kept, so neither is its handle. */
  private static <H> H handle(Map<Series, H> handles, Series series, Function<Series, H> make) {
    return series.refuses() ? make.apply(series) : handles.computeIfAbsent(series, make);
  }

  private void tickUntilClosed() {
    long interval = options.interval().toMillis();
    while (!closed.get()) {
      long toGo = interval - Math.floorMod(clock.millis(), interval);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(toGo));
      if (!closed.get()) {
        tick();
      }
    }
  }

  /** What the clock thread does at each whole interval. */
  void tick() {
    try {
      windows.tick(clock.millis());
      losses.tell(false);
    } catch (RuntimeException | Error e) { // such as too little heap; the next tick goes on
      LOG.warn("what was measured is shipped later: {}", e.toString());
    }
  }
}
