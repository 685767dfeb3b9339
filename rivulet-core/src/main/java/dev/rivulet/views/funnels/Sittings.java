package dev.rivulet.views.funnels;

import java.util.Arrays;

/**
 * The sessions of one person: a session goes on while the gaps between its events are under 30
 * minutes. Kept as first and last event, which late events extend and join. The oldest {@value
 * #MOST} are kept.
 */
final class Sittings {
  static final int MOST = 2_000;

  /** A gap this long ends a session. */
  static final long GAP_MILLIS = 30 * 60 * 1_000;

  private long[] firsts = new long[2];
  private long[] lasts = new long[2];
  private int size;
  private boolean truncated;

  int size() {
    return size;
  }

  long first(int index) {
    return firsts[index];
  }

  long last(int index) {
    return lasts[index];
  }

  /** Whether there were more than are kept. */
  boolean truncated() {
    return truncated;
  }

  /** Takes in an event's time; tells whether a session began, grew or joined another. */
  boolean add(long time) {
    int next = size;
    while (next > 0 && firsts[next - 1] > time) {
      next--;
    }
    boolean joinsBefore = next > 0 && time - lasts[next - 1] < GAP_MILLIS;
    boolean joinsAfter = next < size && firsts[next] - time < GAP_MILLIS;
    if (joinsBefore && joinsAfter) {
      lasts[next - 1] = lasts[next];
      System.arraycopy(firsts, next + 1, firsts, next, size - next - 1);
      System.arraycopy(lasts, next + 1, lasts, next, size - next - 1);
      size--;
      return true;
    }
    if (joinsBefore) {
      boolean grows = time > lasts[next - 1];
      lasts[next - 1] = Math.max(lasts[next - 1], time);
      return grows;
    }
    if (joinsAfter) {
      firsts[next] = time;
      return true;
    }
    return insert(next, time);
  }

  /** Appends a session that was kept before. */
  void restore(long first, long last) {
    makeRoom();
    firsts[size] = first;
    lasts[size++] = last;
  }

  private boolean insert(int place, long time) {
    if (size == MOST) {
      truncated = true;
      if (place == MOST) {
        return false;
      }
      size--;
    }
    makeRoom();
    System.arraycopy(firsts, place, firsts, place + 1, size - place);
    System.arraycopy(lasts, place, lasts, place + 1, size - place);
    firsts[place] = time;
    lasts[place] = time;
    size++;
    return true;
  }

  private void makeRoom() {
    if (size == firsts.length) {
      firsts = Arrays.copyOf(firsts, Math.min(MOST, size * 2));
      lasts = Arrays.copyOf(lasts, Math.min(MOST, size * 2));
    }
  }
}
