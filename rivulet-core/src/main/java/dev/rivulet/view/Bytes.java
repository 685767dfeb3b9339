package dev.rivulet.view;

import java.nio.charset.StandardCharsets;

/** Numbers in stored state: big-endian, fixed width. */
public final class Bytes {
  private Bytes() {}

  /** The unsigned 32-bit number at {@code position}. */
  public static long unsignedInt(byte[] bytes, int position) {
    return (bytes[position] & 0xffL) << 24
        | (bytes[position + 1] & 0xffL) << 16
        | (bytes[position + 2] & 0xffL) << 8
        | (bytes[position + 3] & 0xffL);
  }

  /** Writes the low 32 bits of {@code value}. */
  public static void putInt(byte[] bytes, int position, long value) {
    bytes[position] = (byte) (value >>> 24);
    bytes[position + 1] = (byte) (value >>> 16);
    bytes[position + 2] = (byte) (value >>> 8);
    bytes[position + 3] = (byte) value;
  }

  /** The 64-bit number at {@code position}. */
  public static long longAt(byte[] bytes, int position) {
    return unsignedInt(bytes, position) << 32 | unsignedInt(bytes, position + 4);
  }

  public static void putLong(byte[] bytes, int position, long value) {
    putInt(bytes, position, value >>> 32);
    putInt(bytes, position + 4, value);
  }

  /** ASCII or UTF-8 text. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
