package dev.rivulet.views.uniques;

import dev.rivulet.view.Command;
import dev.rivulet.view.Writes;
import java.nio.ByteBuffer;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/** The people of one subject and day, with the hours in which each was seen, as bits. */
final class DaySet {
  /** What an empty set is taken to cost, in entries. */
  static final int OVERHEAD = 32;

  private final @Nullable String subject;
  private final byte[] key;
  private final Int2IntHashMap hoursOf = new Int2IntHashMap(0);
  private final int[] sizes = new int[DayHours.MOST];
  private final IntArrayList added = new IntArrayList();
  private int changedHours;
  private long usedAt;

  DaySet(@Nullable String subject, byte[] key) {
    this.subject = subject;
    this.key = key;
  }

  /** Takes in what is stored. */
  void load(byte @Nullable [] words) {
    if (words != null) {
      var buffer = ByteBuffer.wrap(words);
      while (buffer.remaining() >= Integer.BYTES) {
        int word = buffer.getInt();
        insert(word >>> Layout.HOUR_BITS, word & Layout.HOUR_MASK);
      }
    }
  }

  boolean holds(int person, int hour) {
    return (hoursOf.get(person) & 1 << hour) != 0;
  }

  /**
   * Puts {@code person} into {@code hour}; returns whether this is the first change since a write.
   */
  boolean mark(int person, int hour) {
    if (!insert(person, hour)) {
      return false;
    }
    added.addInt(person << Layout.HOUR_BITS | hour);
    changedHours |= 1 << hour;
    return added.size() == 1;
  }

  /** Hands over the words added since the last call and adds the changed sizes to {@code pairs}. */
  void write(Writes writes, List<byte[]> pairs) {
    var buffer = ByteBuffer.allocate(added.size() * Integer.BYTES);
    for (int i = 0; i < added.size(); i++) {
      buffer.putInt(added.getInt(i));
    }
    writes.append(key, buffer.array());
    for (int hour = 0; hour < DayHours.MOST; hour++) {
      if ((changedHours & 1 << hour) != 0) {
        pairs.add(Layout.hourField(subject, hour));
        pairs.add(Command.bytes(sizes[hour]));
      }
    }
    pairs.add(Layout.dayField(subject));
    pairs.add(Command.bytes(hoursOf.size()));
    added.clear();
    changedHours = 0;
  }

  int entries() {
    return OVERHEAD + hoursOf.size();
  }

  void usedAt(long batch) {
    usedAt = batch;
  }

  long usedAt() {
    return usedAt;
  }

  private boolean insert(int person, int hour) {
    int known = hoursOf.get(person);
    int bit = 1 << hour;
    if ((known & bit) != 0) {
      return false;
    }
    hoursOf.put(person, known | bit);
    sizes[hour]++;
    return true;
  }
}
