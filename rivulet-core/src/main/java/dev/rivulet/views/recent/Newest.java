package dev.rivulet.views.recent;

import dev.rivulet.event.EntryId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The places of the newest events of one project and partition, newest first.
 *
 * <pre>
 * byte    format (1)
 * varint  number of places; then per place, newest first
 *   zigzag varint  milliseconds of the entry id, less than the one before by
 *   zigzag varint  sequence of the entry id, likewise
 *   zigzag varint  index in the entry, likewise
 * </pre>
 */
final class Newest {
  /** Places kept. */
  static final int MOST = 200;

  private static final byte FORMAT = 1;

  private final Place[] ring = new Place[MOST];
  private int next;
  private int count;

  void add(EntryId entry, int index) {
    ring[next] = new Place(entry, index);
    next = (next + 1) % MOST;
    count = Math.min(count + 1, MOST);
  }

  /** Newest first. */
  List<Place> places() {
    var places = new ArrayList<Place>(count);
    for (int i = 1; i <= count; i++) {
      places.add(ring[Math.floorMod(next - i, MOST)]);
    }
    return places;
  }

  byte[] encode() {
    var out = new ByteArrayOutputStream(16 + count * 4);
    out.write(FORMAT);
    write(out, count);
    var before = new Place(EntryId.START, 0);
    for (Place place : places()) {
      zigzag(out, before.entry.millis() - place.entry.millis());
      zigzag(out, before.entry.sequence() - place.entry.sequence());
      zigzag(out, (long) before.index - place.index);
      before = place;
    }
    return out.toByteArray();
  }

  /**
   * @throws IllegalStateException when the bytes are of another format
   */
  static Newest decode(byte[] stored) {
    if (stored[0] != FORMAT) {
      throw new IllegalStateException(
          "recent events are stored in format " + stored[0] + ", this version reads " + FORMAT);
    }
    var in = new Varints(stored, 1);
    int count = (int) in.unsigned();
    var places = new ArrayList<Place>(count);
    var before = new Place(EntryId.START, 0);
    for (int i = 0; i < count; i++) {
      long millis = before.entry.millis() - in.zigzag();
      long sequence = before.entry.sequence() - in.zigzag();
      before = new Place(new EntryId(millis, sequence), (int) (before.index - in.zigzag()));
      places.add(before);
    }
    var newest = new Newest();
    for (int i = count - 1; i >= 0; i--) {
      newest.add(places.get(i).entry, places.get(i).index);
    }
    return newest;
  }

  private static void zigzag(ByteArrayOutputStream out, long value) {
    write(out, (value << 1) ^ (value >> 63));
  }

  private static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A place in the partition's log. */
  record Place(EntryId entry, int index) {}

  private static final class Varints {
    private final byte[] bytes;
    private int position;

    private Varints(byte[] bytes, int position) {
      this.bytes = bytes;
      this.position = position;
    }

    private long unsigned() {
      long value = 0;
      int shift = 0;
      byte part;
      do {
        part = bytes[position++];
        value |= (long) (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
      return value;
    }

    private long zigzag() {
      long value = unsigned();
      return (value >>> 1) ^ -(value & 1);
    }
  }
}
