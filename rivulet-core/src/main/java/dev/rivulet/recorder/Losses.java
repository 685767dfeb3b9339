package dev.rivulet.recorder;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what is lost, and tells it: to the log at most once a minute. Thread-safe. */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Of values that no series took, counted by whoever records. */
  private final Map<Loss, LongAdder> door = adders();

  /** Of values that were drained from a series. */
  private final Map<Loss, LongAdder> later = adders();

  private final LongAdder overflowed = new LongAdder();
  private final String project;
  private long told;
  private long toldAt;

  Losses(String project) {
    this.project = project;
  }

  /** Counts a value that no series took. */
  void atTheDoor(Loss reason) {
    adder(door, reason).increment();
  }

  /** Counts values that were drained from a series. */
  void add(Loss reason, long values) {
    adder(later, reason).add(values);
  }

  /** Counts values that are shipped under {@code $other}. */
  void overflowed(long values) {
    overflowed.add(values);
  }

  long overflowed() {
    return overflowed.sum();
  }

  /** Values that no series took, by reason. */
  Map<Loss, Long> atTheDoor() {
    return sums(door);
  }

  /** All losses by reason, given those {@link #atTheDoor() at the door}. */
  Map<Loss, Long> all(Map<Loss, Long> atTheDoor) {
    Map<Loss, Long> all = sums(later);
    atTheDoor.forEach((reason, count) -> all.merge(reason, count, Long::sum));
    return all;
  }

  /** Tells what is lost if that has grown; the first time at once. */
  synchronized void tell(boolean atOnce) {
    Map<Loss, Long> lost = all(atTheDoor());
    long all = overflowed.sum() + lost.values().stream().mapToLong(Long::longValue).sum();
    long now = System.nanoTime();
    if (all == told || (told > 0 && !atOnce && now - toldAt < PAUSE_NANOS)) {
      return;
    }
    told = all;
    toldAt = now;
    List<String> parts = new ArrayList<>();
    lost.forEach(
        (reason, count) -> {
          if (count > 0) {
            parts.add(count + " dropped (" + reason.word() + ")");
          }
        });
    if (overflowed.sum() > 0) {
      parts.add(overflowed.sum() + " counted under $other (too many series, or tags too long)");
    }
    LOG.warn(
        "of the values recorded for project {} since the start: {}",
        project,
        String.join(", ", parts));
  }

  private static Map<Loss, LongAdder> adders() {
    var adders = new EnumMap<Loss, LongAdder>(Loss.class);
    for (Loss loss : Loss.values()) {
      adders.put(loss, new LongAdder());
    }
    return adders;
  }

  private static Map<Loss, Long> sums(Map<Loss, LongAdder> adders) {
    var sums = new EnumMap<Loss, Long>(Loss.class);
    adders.forEach((reason, adder) -> sums.put(reason, adder.sum()));
    return sums;
  }

  private static LongAdder adder(Map<Loss, LongAdder> adders, Loss reason) {
    return Objects.requireNonNull(adders.get(reason));
  }
}
