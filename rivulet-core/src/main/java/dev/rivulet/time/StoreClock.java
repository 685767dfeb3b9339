package dev.rivulet.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of this machine, corrected by the store's: whatever the clocks of two nodes say, the
 * same moment is the same time to both. Thread-safe.
 *
 * <p>The store's clock is taken to have been read in the middle of the round trip. A difference of
 * up to {@value #TOLERATED_MILLIS} ms is left alone, so that well kept clocks are not jolted.
 * Before the first measurement, and while the store is away, the last correction holds.
 */
public final class StoreClock implements InstantSource {
  private static final long TOLERATED_MILLIS = 100;

  /** A round trip of a process that stood still says nothing. */
  private static final long LONGEST_TRIP_MILLIS = 2_000;

  private final InstantSource machine;
  private final boolean corrects;
  private volatile boolean known;
  private volatile long skewMillis;
  private volatile long correctionMillis;

  private StoreClock(InstantSource machine, boolean corrects) {
    this.machine = machine;
    this.corrects = corrects;
  }

  /** The time of {@code machine}, corrected. */
  public static StoreClock correcting(InstantSource machine) {
    return new StoreClock(machine, true);
  }

  /** The time that the application hands in: measured, never corrected. */
  public static StoreClock measuring(InstantSource given) {
    return new StoreClock(given, false);
  }

  @Override
  public Instant instant() {
    return machine.instant().plusMillis(correctionMillis);
  }

  @Override
  public long millis() {
    return machine.millis() + correctionMillis;
  }

  /** What the machine's own clock says, in epoch milliseconds. */
  public long machineMillis() {
    return machine.millis();
  }

  /**
   * How far this machine's clock is ahead of the store's, in milliseconds; negative when behind.
   */
  public long skewMillis() {
    return skewMillis;
  }

  /** Whether a reading of the store's clock has said anything yet. */
  public boolean known() {
    return known;
  }

  /** Whether {@link #instant} differs from what the machine says. */
  public boolean corrected() {
    return correctionMillis != 0;
  }

  /**
   * Notes a reading of the store's clock.
   *
   * @param sentAt what {@link #machineMillis} was before the store was asked
   * @param store what the store answered, in epoch milliseconds
   * @param heardAt what {@link #machineMillis} was afterwards
   * @param trip how long it took by a clock that nobody sets
   */
  public void measured(long sentAt, long store, long heardAt, Duration trip) {
    long tripMillis = trip.toMillis();
    if (tripMillis > LONGEST_TRIP_MILLIS || Math.abs(heardAt - sentAt - tripMillis) > 50) {
      return; // stood still, or was set in between
    }
    long skew = sentAt + (heardAt - sentAt) / 2 - store;
    skewMillis = skew;
    if (corrects) {
      correct(skew, TOLERATED_MILLIS + tripMillis / 2);
    }
    known = true;
  }

  private void correct(long skew, long tolerated) {
    if (Math.abs(skew) <= tolerated) {
      correctionMillis = 0;
    } else if (Math.abs(skew + correctionMillis) > tolerated) {
      correctionMillis = -skew;
    }
  }
}
