package dev.rivulet.view;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;

/**
 * How {@link PersonSegments} are stored. A segment's base is a field of the hash {@code <subject>}:
 *
 * <pre>
 * byte    format (2)
 * varint  generation: how often the segment was written anew; then per person
 *   6 bytes  the high bits of the hash of the person's id
 *   varint   length of the value
 *   value
 * </pre>
 *
 * What was appended since is the value {@code <subject>:<segment>}, the later entry of a person
 * coming after the earlier:
 *
 * <pre>
 * byte    format (2)
 * varint  generation of the base that it belongs to
 *   6 bytes  as above
 *   varint   twice the length of what follows, 0 when there is no value any more; plus 1 for changes
 *   a value, or changes of the value that the person had, as the room tells them
 * </pre>
 *
 * Who reads both while they are written anew may get what was appended to the base before; the
 * generations tell. Format 1 had no generations and no changes. It is read, and written anew in
 * format 2 at the next change.
 */
final class StoredSegment {
  static final int HEAD_BYTES = 6;

  private static final byte FORMAT = 2;
  private static final byte FIRST_FORMAT = 1;
  private static final int LOW_BITS = 16;

  private final byte[] stored;
  private final boolean base;
  private final boolean first;
  private final int generation;
  private final int start;

  private StoredSegment(byte[] stored, boolean base) {
    if (stored[0] != FORMAT && stored[0] != FIRST_FORMAT) {
      throw new IllegalStateException(
          "people are stored in format " + stored[0] + ", this version reads 1 and " + FORMAT);
    }
    this.stored = stored;
    this.base = base;
    this.first = stored[0] == FIRST_FORMAT;
    var in = new ByteReader(stored, 1);
    this.generation = first ? 0 : in.varint();
    this.start = in.position();
  }

  static StoredSegment base(byte[] stored) {
    return new StoredSegment(stored, true);
  }

  static StoredSegment appended(byte[] stored) {
    return new StoredSegment(stored, false);
  }

  /** Takes an entry, whose bytes end where {@code bytes} ends. */
  interface EntryReader {
    void entry(long head, ByteReader bytes, boolean isChange);
  }

  /** What an entry tells of the person whose id has that hash. */
  static long head(long hash) {
    return hash >>> LOW_BITS;
  }

  static long headAt(byte[] bytes, int position) {
    return Bytes.unsignedInt(bytes, position) << 16
        | (bytes[position + 4] & 0xffL) << 8
        | (bytes[position + 5] & 0xffL);
  }

  /** The value of a base's entry whose length stands at {@code position}. */
  static ByteReader value(byte[] bytes, int position) {
    var in = new ByteReader(bytes, position);
    int length = in.varint();
    return new ByteReader(bytes, in.position(), in.position() + length);
  }

  int generation() {
    return generation;
  }

  /** Where the entries begin. */
  int start() {
    return start;
  }

  /** Whether this version may append to it. */
  boolean isExtensible() {
    return !first;
  }

  void forEach(EntryReader reader) {
    var in = new ByteReader(stored, start);
    while (!in.isAtEnd()) {
      long head = headAt(stored, in.position());
      in.skip(HEAD_BYTES);
      int word = in.varint();
      int length = base || first ? word : word >>> 1;
      boolean isChange = !base && !first && (word & 1) != 0;
      reader.entry(head, new ByteReader(stored, in.position(), in.position() + length), isChange);
      in.skip(length);
    }
  }

  /** Writes what stands before what is appended to a base. */
  static void begin(int generation, ByteWriter out) {
    out.oneByte(FORMAT);
    out.varint(generation);
  }

  /** Writes an entry to append. */
  static void add(long head, ByteWriter bytes, boolean isChange, ByteWriter out) {
    addHead(head, out);
    out.varint(bytes.length() * 2 + (isChange ? 1 : 0));
    out.bytes(bytes);
  }

  static void addHead(long head, ByteWriter out) {
    for (int shift = 8 * (HEAD_BYTES - 1); shift >= 0; shift -= 8) {
      out.oneByte((int) (head >>> shift));
    }
  }

  /** The base with those entries. */
  static byte[] encodeBase(int generation, ByteWriter entries) {
    var out = new ByteWriter(entries.length() + 6);
    begin(generation, out);
    out.bytes(entries);
    return out.toBytes();
  }
}
