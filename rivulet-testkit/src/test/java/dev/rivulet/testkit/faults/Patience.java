package dev.rivulet.testkit.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Waits that say what they wait for. Long, since the machine may be busy; no test asserts a time.
 */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(240);

  private Patience() {}

  /** Waits until {@code condition} holds; what it throws means not yet. */
  static void until(String what, Callable<Boolean> condition) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Exception last = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
        last = null;
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() > deadline) {
        throw failure(what, last);
      }
      pause(20);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static AssertionError failure(String what, @Nullable Exception last) {
    return new AssertionError(
        "waited "
            + LONGEST.toSeconds()
            + " s in vain until "
            + what
            + (last == null ? "" : "; the last look failed: " + last),
        last);
  }
}
