package dev.rivulet.views.counts;

import dev.rivulet.view.Scope;
import java.time.LocalDate;

/** Where counts are stored, and in which grain. */
enum CountsLayout {
  /** Of every subject, 400 days. */
  QUARTERS(900_000, 86_400_000, 8, 400L * 86_400_000),
  /** Of every subject, 48 hours. */
  MINUTES(60_000, 86_400_000, 4, 48L * 3_600_000),
  /** Of all events together, 2 hours: the pulse of the live page. */
  SECONDS(1_000, 3_600_000, 4, 2L * 3_600_000);

  final long slotMillis;
  final long blockMillis;
  final int width;
  final long keptMillis;

  CountsLayout(long slotMillis, long blockMillis, int width, long keptMillis) {
    this.slotMillis = slotMillis;
    this.blockMillis = blockMillis;
    this.width = width;
    this.keptMillis = keptMillis;
  }

  int slots() {
    return (int) (blockMillis / slotMillis);
  }

  /** The block, a day or an hour, that holds {@code time}. */
  long block(long time) {
    return Math.floorDiv(time, blockMillis);
  }

  byte[] key(Scope scope, String project, String subject, long block) {
    long day = Math.floorDiv(block * blockMillis, 86_400_000L);
    String date = LocalDate.ofEpochDay(day).toString();
    return switch (this) {
      case QUARTERS -> scope.key(project, subject, date);
      case MINUTES -> scope.key(project, subject, date, "minutes");
      case SECONDS -> scope.key(project, subject, date, "seconds", Long.toString(block % 24));
    };
  }

  DayCounts open(Scope scope, String project, String subject, long block) {
    byte[] key = key(scope, project, subject, block);
    return new DayCounts(key, block * blockMillis, slotMillis, slots(), width);
  }

  /** When a block may go: its age counts from its end or from arrival, whichever is later. */
  long expiry(long block, long receivedAt) {
    long end = (block + 1) * blockMillis;
    long arrival = (Math.floorDiv(receivedAt, 3_600_000L) + 1) * 3_600_000L;
    return Math.max(end, arrival) + keptMillis;
  }
}
