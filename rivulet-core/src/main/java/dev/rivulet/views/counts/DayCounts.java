package dev.rivulet.views.counts;

import dev.rivulet.view.Bytes;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import org.jspecify.annotations.Nullable;

/**
 * One subject's counts of one UTC day: an array of counters, stored as one string of which a commit
 * overwrites the part that changed.
 */
final class DayCounts {
  private final byte[] key;
  private final long slotMillis;
  private final long startMillis;
  private final int width;
  private final long[] counts;
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
    this.counts = new long[slots];
  }

  void load(Reads reads) {
    reads.get(key, this::restore);
  }

  void add(long time) {
    int slot = (int) ((time - startMillis) / slotMillis);
    counts[slot]++;
    firstChanged = Math.min(firstChanged, slot);
    lastChanged = Math.max(lastChanged, slot);
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
      encode(counts[slot], changed, (slot - firstChanged) * width);
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
      for (int slot = 0; (slot + 1) * width <= stored.length; slot++) {
        counts[slot] = decode(stored, slot * width, width);
      }
    }
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
}
