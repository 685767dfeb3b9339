package dev.rivulet.views.breakdowns;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values found by the bytes they are stored as, in open addressing. A top 10 of a day reads some
 * 20,000 counters and shows ten of them: adding up takes half the time when the others are never
 * decoded.
 */
final class ValueTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  /** Values come from outside: nobody shall know which fall together. */
  private static final long SEED = new SecureRandom().nextLong();

  private @Nullable Value[] slots = new @Nullable Value[1_024];
  private int size;

  /** The value stored in these bytes of a page, taken up if it is new. */
  Value at(byte[] page, int from, int to) {
    int hash = hash(page, from, to);
    int slot = slot(page, from, to, hash);
    Value known = slots[slot];
    if (known != null) {
      return known;
    }
    var added = new Value(page, from, to, hash);
    slots[slot] = added;
    if (++size > slots.length / 2) {
      grow();
    }
    return added;
  }

  /** The values, in no order. */
  List<Value> values() {
    List<Value> values = new ArrayList<>(size);
    for (Value value : slots) {
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  /** Where the value is, or would be. */
  private int slot(byte[] page, int from, int to, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (Value known = slots[slot]; known != null; known = slots[slot]) {
      if (known.hash == hash && known.isStoredAs(page, from, to)) {
        break;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    @Nullable Value[] old = slots;
    slots = new @Nullable Value[2 * old.length];
    int mask = slots.length - 1;
    for (Value value : old) {
      if (value != null) {
        int slot = value.hash & mask;
        while (slots[slot] != null) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = value;
      }
    }
  }

  /** Eight bytes at a time: a hash by the byte took most of the time. */
  private static int hash(byte[] page, int from, int to) {
    long hash = SEED;
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(page, at));
    }
    for (; at < to; at++) {
      hash = hash << 8 ^ hash >>> 56 ^ page[at];
    }
    return (int) (mixed(hash) >>> 32);
  }

  private static long mixed(long bits) {
    return bits * FACTOR ^ Math.multiplyHigh(bits, FACTOR);
  }
}
