package dev.rivulet.recorder;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A level whose last value counts, such as the depth of a queue. It is shipped again every few
 * seconds though nothing changed, as a sign that its node lives. Look it up once and keep it.
 * Thread-safe.
 */
public final class Gauge {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final Series series;
  private volatile @Nullable DoubleSupplier reading;
  private boolean warned;

  /** What was shipped last; the recorder's clock thread only. */
  private double shipped;

  private long shippedAt;
  private boolean everShipped;
  private volatile boolean ended;

  Gauge(Series series) {
    this.series = series;
  }

  /** Sets the level. NaN and infinite ones are counted as dropped; nothing is ever thrown. */
  public void set(double level) {
    if (ended) {
      ended = false;
    }
    series.record(level);
  }

  /** Ends it: it is not read and not shipped again until somebody sets it. */
  public void end() {
    reading = null;
    ended = true;
  }

  Series series() {
    return series;
  }

  void readFrom(DoubleSupplier source) {
    reading = source;
    ended = false;
  }

  /** Takes a reading if it is to be read. A reading that is NaN says that there is none now. */
  void read() {
    DoubleSupplier source = reading;
    if (source == null) {
      return;
    }
    try {
      double level = source.getAsDouble();
      if (!Double.isNaN(level)) {
        series.record(level);
      }
    } catch (RuntimeException | Error e) { // it is the application's; the others go on
      if (!warned) {
        LOG.warn("gauge {} cannot be read: {}", series.key(), e.toString());
        warned = true;
      }
    }
  }

  /** Notes what is being shipped of it. */
  void shipping(double last, long at) {
    shipped = last;
    shippedAt = at;
    everShipped = true;
  }

  /** Records its last level anew when nothing was shipped of it for so long. */
  void beat(long now, long afterMillis) {
    if (everShipped && !ended && Math.abs(now - shippedAt) >= afterMillis) {
      series.recordIfEmpty(shipped);
    }
  }
}
