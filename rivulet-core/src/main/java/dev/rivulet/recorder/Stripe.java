package dev.rivulet.recorder;

import dev.rivulet.measure.Accumulator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A part of a series that one thread at a time adds to. It is held for some nanoseconds; whoever
 * finds it held goes to another one. Thread-safe.
 */
final class Stripe {
  /** What became of an attempt to add. */
  enum Added {
    YES,
    HELD_BY_ANOTHER,
    CLOSED
  }

  private static final VarHandle HELD;

  static {
    try {
      HELD = MethodHandles.lookup().findVarHandle(Stripe.class, "held", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Accumulator values = new Accumulator();

  @SuppressWarnings("unused") // by HELD
  private volatile int held;

  private boolean closed;

  /** Adds a value if nobody holds the stripe. */
  Added tryAdd(double value, int bin) {
    if (!HELD.weakCompareAndSetAcquire(this, 0, 1)) {
      return Added.HELD_BY_ANOTHER;
    }
    try {
      if (closed) {
        return Added.CLOSED;
      }
      values.add(value, bin);
      return Added.YES;
    } finally {
      HELD.setRelease(this, 0);
    }
  }

  /** Adds a value unless there are some already. */
  void addIfEmpty(double value, int bin) {
    hold();
    try {
      if (!closed && values.count() == 0) {
        values.add(value, bin);
      }
    } finally {
      HELD.setRelease(this, 0);
    }
  }

  /** Moves its values to {@code taken}, and takes none any more if it is the {@code last} time. */
  void drain(Accumulator taken, boolean last) {
    hold();
    try {
      closed |= last;
      values.moveTo(taken);
    } finally {
      HELD.setRelease(this, 0);
    }
  }

  /** How many values it holds now. */
  long count() {
    hold();
    try {
      return values.count();
    } finally {
      HELD.setRelease(this, 0);
    }
  }

  private void hold() {
    int rounds = 0;
    while (!HELD.weakCompareAndSetAcquire(this, 0, 1)) {
      if (++rounds % 64 == 0) {
        Thread.yield(); // its holder does not run
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
