package dev.rivulet.views.sessions;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.Arrays;

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

  /** Pages in rising order, and how often each. */
  private int[] pages = new int[4];

  private long[] counts = new long[4];
  private int size;
  private long other;
  private boolean full;

  /** Counts a page {@code times} more; its number is negative when it has none. */
  void add(int page, long times) {
    int found = page < 0 ? -1 : Arrays.binarySearch(pages, 0, size, page);
    if (found >= 0) {
      counts[found] += times;
      if (counts[found] == 0 && !full) {
        size--;
        System.arraycopy(pages, found + 1, pages, found, size - found);
        System.arraycopy(counts, found + 1, counts, found, size - found);
      }
    } else if (page >= 0 && size < MOST && !full) {
      insert(-found - 1, page, times);
    } else {
      full |= page >= 0;
      other += times;
    }
  }

  private void insert(int place, int page, long times) {
    if (size == pages.length) {
      pages = Arrays.copyOf(pages, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(pages, place, pages, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    pages[place] = page;
    counts[place] = times;
    size++;
  }

  /** Pages that are told apart. */
  int size() {
    return size;
  }

  /** Hands over each page that is told apart. */
  void forEach(Each each) {
    for (int i = 0; i < size; i++) {
      each.page(pages[i], counts[i]);
    }
  }

  /** Takes a page's number and its sessions. */
  @FunctionalInterface
  interface Each {
    void page(int number, long sessions);
  }

  /** Sessions of pages that are not told apart. */
  long other() {
    return other;
  }

  void encodeTo(ByteWriter out) {
    out.varint(size * 2 + (full ? 1 : 0));
    out.zigzag(other);
    int before = 0;
    for (int i = 0; i < size; i++) {
      out.varint(pages[i] - before);
      out.zigzag(counts[i]);
      before = pages[i];
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
      tally.insert(i, page, in.zigzag());
    }
    return tally;
  }
}
