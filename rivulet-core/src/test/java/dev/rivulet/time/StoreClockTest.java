package dev.rivulet.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreClockTest {
  private static final long STORE = 1_800_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final AtomicLong machine = new AtomicLong(STORE);
  private final StoreClock clock = StoreClock.correcting(() -> Instant.ofEpochMilli(machine.get()));

  @Test
  void hourAhead_isCorrected() {
    machine.set(STORE + HOUR);
    measure(clock, STORE, 4);
    assertEquals(HOUR, clock.skewMillis());
    assertEquals(STORE, clock.millis());
    assertEquals(STORE, clock.instant().toEpochMilli());
    assertTrue(clock.corrected());
    machine.addAndGet(5_000);
    assertEquals(STORE + 5_000, clock.millis());
  }

  @Test
  void hourBehind_isCorrected_andLeftAloneOnceItIsRight() {
    machine.set(STORE - HOUR);
    measure(clock, STORE, 0);
    assertEquals(STORE, clock.millis());
    machine.set(STORE + 40);
    measure(clock, STORE, 0);
    assertFalse(clock.corrected());
    assertEquals(STORE + 40, clock.millis());
  }

  @Test
  void smallDifferences_areLeftAlone() {
    machine.set(STORE + 90);
    measure(clock, STORE, 10);
    assertFalse(clock.corrected());
    assertEquals(STORE + 90, clock.millis());
  }

  @Test
  void correction_isNotJoltedByTheRoundTrip() {
    machine.set(STORE + HOUR);
    measure(clock, STORE, 0);
    machine.addAndGet(60);
    measure(clock, STORE, 200); // the reply took long on one of its ways
    assertEquals(STORE + 60, clock.millis());
  }

  @Test
  void readingOfAProcessThatStoodStill_saysNothing() {
    machine.set(STORE + HOUR);
    measure(clock, STORE, 9_000);
    assertEquals(0, clock.skewMillis());
    assertFalse(clock.corrected());
    // The clock was set while the store was asked.
    clock.measured(STORE, STORE, STORE + HOUR, Duration.ofMillis(1));
    assertFalse(clock.corrected());
    assertFalse(clock.known());
    measure(clock, STORE, 0);
    assertTrue(clock.known());
  }

  @Test
  void clockOfTheApplication_isMeasuredOnly() {
    var given = StoreClock.measuring(() -> Instant.ofEpochMilli(machine.get()));
    machine.set(STORE + HOUR);
    measure(given, STORE, 0);
    assertEquals(HOUR, given.skewMillis());
    assertEquals(STORE + HOUR, given.millis());
    assertFalse(given.corrected());
  }

  /** The reply comes when the machine's clock stands as it does now. */
  private void measure(StoreClock of, long store, long tripMillis) {
    long now = machine.get();
    long asked = now - tripMillis / 2;
    of.measured(asked, store, asked + tripMillis, Duration.ofMillis(tripMillis));
  }
}
