package dev.rivulet.recorder;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when it is told, and as it is told. */
final class ManualClock implements InstantSource {
  private volatile Instant now;

  ManualClock(String now) {
    this.now = Instant.parse(now);
  }

  void set(String time) {
    now = Instant.parse(time);
  }

  void addMillis(long millis) {
    now = now.plusMillis(millis);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
