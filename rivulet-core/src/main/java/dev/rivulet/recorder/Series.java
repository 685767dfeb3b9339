package dev.rivulet.recorder;

import dev.rivulet.measure.Accumulator;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The values of one series since they were last drained. It starts with one stripe; where threads
 * meet it gets more. Thread-safe.
 */
final class Series {
  private static final int MOST_STRIPES =
      Math.min(16, Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 2);

  /** Rounds over all stripes, each some 40 ns, before threads are taken to meet for good. */
  private static final int PATIENCE = 16;

  private final Metric metric;
  private final SeriesKey key;
  private final String text;
  private final boolean overflow;
  private final boolean neverNegative;
  private final Losses losses;
  private final AtomicInteger spareStripes;
  private final Loss whenClosed;
  private final boolean refuses;

  /** Held while stripes are added or visited; who records only ever tries. */
  private final ReentrantLock shape = new ReentrantLock();

  private volatile Stripe[] stripes = {new Stripe()};
  private boolean closed;

  /**
   * @param overflow whether it takes the values of series that are not told apart
   * @param spareStripes stripes that all series together may still add
   */
  Series(
      Metric metric, SeriesKey key, boolean overflow, Losses losses, AtomicInteger spareStripes) {
    this(metric, key, overflow, losses, spareStripes, Loss.CLOSED, false);
  }

  private Series(
      Metric metric,
      SeriesKey key,
      boolean overflow,
      Losses losses,
      AtomicInteger spareStripes,
      Loss whenClosed,
      boolean refuses) {
    this.whenClosed = whenClosed;
    this.refuses = refuses;
    this.metric = metric;
    this.key = key;
    this.text = key.text();
    this.overflow = overflow;
    this.neverNegative = key.metric().equals(Sample.RESPONSE_TIME);
    this.losses = losses;
    this.spareStripes = spareStripes;
  }

  /** A series that takes nothing: each value is counted as lost for {@code reason}. */
  static Series refusing(Metric metric, SeriesKey key, Losses losses, Loss reason) {
    var series = new Series(metric, key, false, losses, new AtomicInteger(), reason, true);
    series.drain(true);
    return series;
  }

  /** Whether it never took a value. */
  boolean refuses() {
    return refuses;
  }

  Metric metric() {
    return metric;
  }

  SeriesKey key() {
    return key;
  }

  /** The text of its key, made once. */
  String text() {
    return text;
  }

  boolean overflow() {
    return overflow;
  }

  /** Records a value; what cannot be is counted as lost. */
  void record(double said) {
    double value = said + 0.0; // which makes of -0 a 0
    if (!(Math.abs(value) <= Double.MAX_VALUE) || (value < 0 && neverNegative)) {
      losses.atTheDoor(Loss.INVALID_VALUE);
      return;
    }
    int bin = Accumulator.bin(value);
    Stripe[] own = stripes;
    int home = (int) Thread.currentThread().getId();
    switch (own[home & (own.length - 1)].tryAdd(value, bin)) {
      case HELD_BY_ANOTHER -> recordElsewhere(value, bin, home);
      case CLOSED -> losses.atTheDoor(whenClosed);
      case YES -> {}
    }
  }

  /** Records a value again unless a newer one is there; only where order is kept. */
  void recordIfEmpty(double value) {
    stripes[0].addIfEmpty(value, Accumulator.bin(value));
  }

  private void recordElsewhere(double value, int bin, int home) {
    for (int round = 1; ; round++) {
      Stripe[] own = stripes;
      for (int i = 0; i < own.length; i++) {
        switch (own[(home + i) & (own.length - 1)].tryAdd(value, bin)) {
          case YES -> {
            return;
          }
          case CLOSED -> {
            losses.atTheDoor(whenClosed);
            return;
          }
          case HELD_BY_ANOTHER -> {}
        }
      }
      if (round % PATIENCE != 0) {
        Thread.onSpinWait();
      } else if (!grow(own)) {
        Thread.yield(); // the holders do not run
      }
    }
  }

  /** Doubles the stripes, unless there are enough. */
  private boolean grow(Stripe[] known) {
    if (known.length >= MOST_STRIPES || metric.keepsOrder()) {
      return false;
    }
    if (!shape.tryLock()) {
      return false;
    }
    try {
      if (closed || stripes != known) {
        return false;
      }
      if (spareStripes.addAndGet(-known.length) < 0) {
        spareStripes.addAndGet(known.length);
        return false;
      }
      Stripe[] more = Arrays.copyOf(known, known.length * 2);
      for (int i = known.length; i < more.length; i++) {
        more[i] = new Stripe();
      }
      stripes = more;
      return true;
    } finally {
      shape.unlock();
    }
  }

  /** Takes its values out; after the {@code last} time it takes none any more. */
  Accumulator drain(boolean last) {
    var taken = new Accumulator();
    shape.lock();
    try {
      closed |= last;
      for (Stripe stripe : stripes) {
        stripe.drain(taken, last);
      }
    } finally {
      shape.unlock();
    }
    return taken;
  }

  /** How many values it holds now. */
  long count() {
    long values = 0;
    shape.lock();
    try {
      for (Stripe stripe : stripes) {
        values += stripe.count();
      }
    } finally {
      shape.unlock();
    }
    return values;
  }
}
