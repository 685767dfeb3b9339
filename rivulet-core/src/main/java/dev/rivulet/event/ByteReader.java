package dev.rivulet.event;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteWriter} wrote. Running past the end is an IndexOutOfBoundsException. */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteReader(byte[] bytes, int position) {
    this(bytes, position, bytes.length);
  }

  /** Reads from {@code position} on what ends before {@code end}. */
  public ByteReader(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  /** The array behind. */
  public byte[] array() {
    return bytes;
  }

  /** Where it ends in {@link #array}. */
  public int end() {
    return end;
  }

  public int position() {
    return position;
  }

  /** Passes over {@code length} bytes. */
  public void skip(int length) {
    position += length;
  }

  public byte oneByte() {
    return bytes[position++];
  }

  public int varint() {
    long value = unsigned();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("length " + value + " at byte " + position);
    }
    return (int) value;
  }

  /** Whether all is read. */
  public boolean isAtEnd() {
    return position >= end;
  }

  public long zigzag() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public long bigEndian() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | (bytes[position++] & 0xff);
    }
    return value;
  }

  public String text() {
    return text(varint());
  }

  public String text(int length) {
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  public Properties properties(int length) {
    if (length < 0 || position + length > end) {
      throw new IndexOutOfBoundsException("properties of " + length + " bytes at " + position);
    }
    Properties slice = Properties.slice(bytes, position, length);
    position += length;
    return slice;
  }

  private long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number without end at byte " + position);
  }
}
