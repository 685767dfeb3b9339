package dev.rivulet.measure;

import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import java.time.LocalDate;

/**
 * How finely the values of a series are kept. A quarter-hour builds exact hours and days in every
 * time zone. Both are stored as hashes with one {@link Summary} a field.
 */
enum Grain {
  /** A hash per UTC hour, 48 hours. */
  MINUTE(60_000, 3_600_000, 48L * 3_600_000),
  /** A hash per UTC day, 400 days. */
  QUARTER(900_000, 86_400_000, 400L * 86_400_000);

  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;

  final long slotMillis;
  final long blockMillis;
  final long keptMillis;

  Grain(long slotMillis, long blockMillis, long keptMillis) {
    this.slotMillis = slotMillis;
    this.blockMillis = blockMillis;
    this.keptMillis = keptMillis;
  }

  /** The slot that holds {@code time}, counted from the epoch. */
  long slot(long time) {
    return Math.floorDiv(time, slotMillis);
  }

  /** The hash that holds a slot, counted from the epoch. */
  long block(long slot) {
    return Math.floorDiv(slot * slotMillis, blockMillis);
  }

  /** The field of a slot in its hash. */
  byte[] field(long slot) {
    return Command.bytes(Math.floorMod(slot, blockMillis / slotMillis));
  }

  byte[] key(Scope scope, SeriesPlace place, long block) {
    long start = block * blockMillis;
    String date = LocalDate.ofEpochDay(Math.floorDiv(start, DAY)).toString();
    return this == QUARTER
        ? scope.key(place.project(), place.subject(), place.series(), date)
        : scope.key(
            place.project(),
            place.subject(),
            place.series(),
            date,
            Long.toString(Math.floorMod(start, DAY) / HOUR));
  }

  /** When a hash may go: its age counts from its end or from arrival, whichever is later. */
  long expiry(long block, long receivedAt) {
    long end = (block + 1) * blockMillis;
    long arrival = (Math.floorDiv(receivedAt, HOUR) + 1) * HOUR;
    return Math.max(end, arrival) + keptMillis;
  }
}
