package dev.rivulet;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.recorder.Destination;
import dev.rivulet.recorder.Recorder;
import dev.rivulet.recorder.RecorderOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The recorders of a running Rivulet. Thread-safe. */
final class Recorders implements AutoCloseable {
  /** Each has two threads and its own series. */
  private static final int MOST_OPEN = 16;

  private final InstantSource clock;
  private final Wiring wiring;
  private final List<Recorder> open = new ArrayList<>();
  private volatile @Nullable Recorder usual;
  private boolean closed;

  Recorders(InstantSource clock, Wiring wiring) {
    this.clock = clock;
    this.wiring = wiring;
  }

  /** Without a lock once there is one: applications may ask per request. */
  Recorder usual() {
    Recorder known = usual;
    return known == null || known.closed() ? fresh() : known;
  }

  private synchronized Recorder fresh() {
    Recorder known = usual;
    if (known == null || known.closed()) {
      known = open(RecorderOptions.defaults());
      usual = known;
    }
    return known;
  }

  synchronized Recorder open(RecorderOptions options) {
    if (closed) {
      throw new IllegalStateException("Rivulet is closed: it records nothing any more");
    }
    wiring.projects().require(options.project());
    open.removeIf(Recorder::closed);
    if (open.size() >= MOST_OPEN) {
      throw new IllegalStateException(
          MOST_OPEN + " recorders are open: keep one and share it, it is thread-safe");
    }
    RecorderOptions named =
        options.node() == null ? options.withNode(wiring.self().name()) : options;
    var recorder = Recorder.start(named, clock, new Log());
    open.add(recorder);
    return recorder;
  }

  @Override
  public void close() {
    List<Recorder> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(open);
    }
    last.forEach(Recorder::close);
  }

  /** Ships to the log of this Rivulet. */
  private final class Log implements Destination {
    @Override
    public MetricKind settle(String project, String metric, MetricKind said) {
      return wiring.kinds().settle(project, metric, said);
    }

    @Override
    public CompletableFuture<?> append(List<Event> sketches) {
      return wiring.appender().append(sketches);
    }

    @Override
    public void refused(String project, Refusal reason, String detail) {
      wiring.refusals().add(project, reason, detail, 1);
    }
  }
}
