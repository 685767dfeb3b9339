package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many sessions began, or ended, on each page, by the pages' numbers. Past {@value #MOST}
 * different pages later ones count together; that is so for good, so what was counted there is
 * taken out there. Mutable.
 *
 * <pre>
 * varint  twice the number of pages, plus 1 when it was ever full
 * zigzag  sessions of pages that are not told apart
 * per page, by number
 *   varint  the number, after the one before
 *   zigzag  sessions
 * </pre>
 */
final class PageTally {
  /** Pages of a quarter-hour and partition that are told apart. */
  static final int MOST = 1_000;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long other;
  private boolean full;

  /** Counts a page {@code times} more; its number is negative when it has none. */
  void add(int page, long times) {
    Long known = page < 0 ? null : counts.get(page);
    if (known != null) {
      long now = known + times;
      if (now == 0 && !full) {
        counts.remove(page);
      } else {
        counts.put(page, now);
      }
    } else if (page >= 0 && counts.size() < MOST && !full) {
      counts.put(page, times);
    } else {
      full |= page >= 0;
      other += times;
    }
  }

  /** Sessions by the number of the page. */
  Map<Integer, Long> counts() {
    return counts;
  }

  /** Sessions of pages that are not told apart. */
  long other() {
    return other;
  }

  void encodeTo(ByteWriter out) {
    out.varint(counts.size() * 2 + (full ? 1 : 0));
    out.zigzag(other);
    int before = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      out.varint(entry.getKey() - before);
      out.zigzag(entry.getValue());
      before = entry.getKey();
    }
  }

  static PageTally decode(ByteReader in) {
    var tally = new PageTally();
    int head = in.varint();
    tally.full = (head & 1) != 0;
    tally.other = in.zigzag();
    int page = 0;
    for (int i = 0; i < head / 2; i++) {
      page += in.varint();
      tally.counts.put(page, in.zigzag());
    }
    return tally;
  }
}
