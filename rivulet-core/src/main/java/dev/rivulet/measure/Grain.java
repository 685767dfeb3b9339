package dev.rivulet.measure;

import dev.rivulet.view.Command;
import dev.rivulet.view.Scope;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How finely the values of a series are kept, one {@link Summary} a slot, each a field of a hash. A
 * quarter-hour builds exact hours and days in every time zone. Longer slots are <em>sealed</em>:
 * what the slots in them come to, written once the series has a value past their end, and again
 * with each late value. They save reading: a day of UTC is one of them, a day of a zone that is
 * apart by whole hours at most thirteen slots, by half-hours at most thirteen too.
 */
enum Grain {
  /** In a hash per UTC hour, 48 hours. */
  MINUTE(60_000, 3_600_000, 48L * 3_600_000, "", null),
  /** In a hash per UTC day, as all longer ones, 400 days. */
  QUARTER(900_000, 86_400_000, 400L * 86_400_000, "", null),
  TWO_HOURS(7_200_000, 86_400_000, 400L * 86_400_000, "h", QUARTER),
  EIGHT_HOURS(28_800_000, 86_400_000, 400L * 86_400_000, "e", TWO_HOURS),
  DAY(86_400_000, 86_400_000, 400L * 86_400_000, "d", EIGHT_HOURS);

  /** Those that every value is added to at once. */
  static final List<Grain> LIVE = List.of(MINUTE, QUARTER);

  /** Those made of others, each after the one it is made of. */
  static final List<Grain> SEALED = List.of(TWO_HOURS, EIGHT_HOURS, DAY);

  private static final long DAY_MILLIS = 86_400_000;
  private static final long HOUR_MILLIS = 3_600_000;

  final long slotMillis;
  final long blockMillis;
  final long keptMillis;

  /** What a slot is made of when it is sealed; null for those that are not. */
  final @Nullable Grain parts;

  private final String mark;

  Grain(long slotMillis, long blockMillis, long keptMillis, String mark, @Nullable Grain parts) {
    this.slotMillis = slotMillis;
    this.blockMillis = blockMillis;
    this.keptMillis = keptMillis;
    this.mark = mark;
    this.parts = parts;
  }

  /** The slot that holds {@code time}, counted from the epoch. */
  long slot(long time) {
    return Math.floorDiv(time, slotMillis);
  }

  /** First moment of a slot. */
  long start(long slot) {
    return slot * slotMillis;
  }

  /** First moment after a slot. */
  long end(long slot) {
    return (slot + 1) * slotMillis;
  }

  /** The hash that holds a slot, counted from the epoch. */
  long block(long slot) {
    return Math.floorDiv(slot * slotMillis, blockMillis);
  }

  /** The field of a slot in its hash. */
  byte[] field(long slot) {
    return Command.bytes(mark + Math.floorMod(slot, blockMillis / slotMillis));
  }

  byte[] key(Scope scope, SeriesPlace place, long block) {
    long start = block * blockMillis;
    String date = LocalDate.ofEpochDay(Math.floorDiv(start, DAY_MILLIS)).toString();
    return this == MINUTE
        ? scope.key(
            place.project(),
            place.subject(),
            place.series(),
            date,
            Long.toString(Math.floorMod(start, DAY_MILLIS) / HOUR_MILLIS))
        : scope.key(place.project(), place.subject(), place.series(), date);
  }

  /** When a hash may go: its age counts from its end or from arrival, whichever is later. */
  long expiry(long block, long receivedAt) {
    long end = (block + 1) * blockMillis;
    long arrival = (Math.floorDiv(receivedAt, HOUR_MILLIS) + 1) * HOUR_MILLIS;
    return Math.max(end, arrival) + keptMillis;
  }
}
