package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Scope;
import java.util.List;

/** The counters of one subject over a range, summed over the partitions. */
final class CountsRead {
  /** The longest range that is read by the minute. */
  static final long MOST_MINUTES_RANGE = 4L * 86_400_000;

  private static final int MOST_BLOCKS = 5_000;
  private static final int MINUTES_PER_QUARTER = 15;

  private final String project;
  private final String subject;
  private final CountsLayout layout;
  private NameStats ofProject = NameStats.NONE;
  private NameStats ofSubject = NameStats.NONE;
  private long start;
  private long[] counts = {};

  CountsRead(String project, String subject, CountsLayout layout) {
    this.project = project;
    this.subject = subject;
    this.layout = layout;
  }

  /** When the first event of the whole project happened, in epoch milliseconds. */
  long firstOfProject() {
    return ofProject.first();
  }

  /**
   * Reads the counters of {@code range}.
   *
   * @return false when counters that must have been there are no longer kept in this grain
   */
  boolean read(Asking asking, TimeRange range) {
    readStats(asking);
    long from = Math.max(range.from(), ofSubject.first());
    long to = Math.min(range.to(), ofSubject.last() + 1);
    if (ofSubject.total() == 0 || from >= to) {
      start = range.from();
      return true;
    }
    long firstBlock = layout.block(from);
    long lastBlock = layout.block(to - 1);
    if (lastBlock - firstBlock >= MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "the range spans "
              + (lastBlock - firstBlock + 1)
              + " days with data: at most "
              + MOST_BLOCKS
              + " are read at once");
    }
    start = firstBlock * layout.blockMillis;
    counts = new long[Math.toIntExact((lastBlock - firstBlock + 1) * layout.slots())];
    boolean[] gone = new boolean[1];
    asking.scatter(
        CountsView.ROOM,
        (scope, reads) -> {
          for (long block = firstBlock; block <= lastBlock; block++) {
            int base = (int) ((block - firstBlock) * layout.slots());
            long blockStart = block * layout.blockMillis;
            int first = slot(Math.max(from, blockStart) - blockStart);
            int last = slot(Math.min(to, blockStart + layout.blockMillis) - 1 - blockStart);
            if (layout == CountsLayout.MINUTES) {
              readMinutes(scope, reads, block, last, base, gone);
            } else {
              byte[] key = layout.key(scope, project, subject, block);
              reads.range(
                  key,
                  first * layout.width,
                  (last + 1) * layout.width - 1,
                  found -> add(found, base + first));
            }
          }
        });
    return !gone[0];
  }

  /** The counts of each bucket. */
  long[] sums(Buckets buckets) {
    long[] sums = new long[buckets.count()];
    int bucket = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      long time = start + slot * layout.slotMillis;
      while (bucket < sums.length && time >= buckets.end(bucket)) {
        bucket++;
      }
      if (bucket == sums.length) {
        break;
      }
      if (time >= buckets.start(bucket)) {
        sums[bucket] += counts[slot];
      }
    }
    return sums;
  }

  /**
   * Reads the minutes of a day until the quarter-hour that holds minute {@code last}, behind the
   * same quarter-hours. Fewer events in the minutes mean that these were let go since, even if a
   * late event began them anew; more came in between the two reads.
   */
  private void readMinutes(Scope scope, Reads reads, long day, int last, int base, boolean[] gone) {
    int quarters = last / MINUTES_PER_QUARTER + 1;
    int quarterWidth = CountsLayout.QUARTERS.width;
    long[] counted = new long[1];
    reads.range(
        CountsLayout.QUARTERS.key(scope, project, subject, day),
        0,
        quarters * quarterWidth - 1,
        found -> counted[0] = DayCounts.sum(found, quarterWidth));
    reads.range(
        layout.key(scope, project, subject, day),
        0,
        quarters * MINUTES_PER_QUARTER * layout.width - 1,
        found -> {
          gone[0] |= DayCounts.sum(found, layout.width) < counted[0];
          add(found, base);
        });
  }

  private int slot(long intoBlock) {
    return (int) (intoBlock / layout.slotMillis);
  }

  private void add(byte[] stored, int base) {
    for (int i = 0; (i + 1) * layout.width <= stored.length; i++) {
      counts[base + i] += DayCounts.decode(stored, i * layout.width, layout.width);
    }
  }

  private void readStats(Asking asking) {
    List<byte[]> fields = List.of(Command.bytes(Limits.EVERY), Command.bytes(subject));
    asking.scatter(
        CountsView.ROOM,
        (scope, reads) ->
            reads.hash(
                scope.key(project),
                fields,
                found -> {
                  byte[] all = found.get(0);
                  byte[] own = found.get(1);
                  ofProject = all == null ? ofProject : ofProject.plus(NameStats.decode(all));
                  ofSubject = own == null ? ofSubject : ofSubject.plus(NameStats.decode(own));
                }));
  }
}
