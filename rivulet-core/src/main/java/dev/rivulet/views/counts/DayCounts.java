package dev.rivulet.views.counts;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import org.jspecify.annotations.Nullable;

/**
 * One subject's counts of one UTC day: an array of counters, stored as one string of which a commit
 * overwrites the part that changed. Memory holds pages of {@value #PAGE} counters where there are
 * any, as an import of years touches many days in few places.
 */
final class DayCounts {
  private static final int PAGE = 48;

  private final byte[] key;
  private final long slotMillis;
  private final long startMillis;
  private final int width;
  private final int slots;
  private final long[] @Nullable [] pages;
  private int firstChanged = Integer.MAX_VALUE;
  private int lastChanged = -1;
  private long expiresAt;
  private long storedExpiry;

  /**
   * @param slots counters, of {@code slotMillis} each, from {@code startMillis} on
   * @param width bytes of a stored counter, 4 or 8
   */
  DayCounts(byte[] key, long startMillis, long slotMillis, int slots, int width) {
    this.key = key;
    this.startMillis = startMillis;
    this.slotMillis = slotMillis;
    this.width = width;
    this.slots = slots;
    this.pages = new long[(slots + PAGE - 1) / PAGE][];
  }

  void load(Reads reads) {
    reads.get(key, this::restore);
  }

  void add(long time) {
    int slot = (int) ((time - startMillis) / slotMillis);
    page(slot)[slot % PAGE]++;
    firstChanged = Math.min(firstChanged, slot);
    lastChanged = Math.max(lastChanged, slot);
  }

  /** Whether anything was added since the last {@link #write}. */
  boolean isChanged() {
    return lastChanged >= 0;
  }

  /** Keeps the stored counts at least until {@code epochMillis}. */
  void keepUntil(long epochMillis) {
    expiresAt = Math.max(expiresAt, epochMillis);
  }

  void write(Writes writes) {
    if (lastChanged < 0) {
      return;
    }
    byte[] changed = new byte[(lastChanged - firstChanged + 1) * width];
    for (int slot = firstChanged; slot <= lastChanged; slot++) {
      encode(count(slot), changed, (slot - firstChanged) * width);
    }
    writes.setRange(key, firstChanged * width, changed);
    firstChanged = Integer.MAX_VALUE;
    lastChanged = -1;
    if (expiresAt > storedExpiry) {
      writes.expireAt(key, expiresAt);
      storedExpiry = expiresAt;
    }
  }

  private void restore(byte @Nullable [] stored) {
    if (stored != null) {
      for (int slot = 0; slot < slots && (slot + 1) * width <= stored.length; slot++) {
        long count = decode(stored, slot * width, width);
        if (count != 0) {
          page(slot)[slot % PAGE] = count;
        }
      }
    }
  }

  private long[] page(int slot) {
    long[] page = pages[slot / PAGE];
    if (page == null) {
      page = new long[PAGE];
      pages[slot / PAGE] = page;
    }
    return page;
  }

  private long count(int slot) {
    long[] page = pages[slot / PAGE];
    return page == null ? 0 : page[slot % PAGE];
  }

  private void encode(long count, byte[] target, int position) {
    if (width == Integer.BYTES) {
      Bytes.putInt(target, position, count);
    } else {
      Bytes.putLong(target, position, count);
    }
  }

  static long decode(byte[] stored, int position, int width) {
    return width == Integer.BYTES
        ? Bytes.unsignedInt(stored, position)
        : Bytes.longAt(stored, position);
  }

  /** The sum of stored counters. */
  static long sum(byte[] stored, int width) {
    long sum = 0;
    for (int position = 0; position + width <= stored.length; position += width) {
      sum += decode(stored, position, width);
    }
    return sum;
  }
}
