package dev.rivulet.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the few encodings that stored state uses. Not thread-safe. */
public final class ByteWriter {
  private byte[] bytes;
  private int length;

  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(capacity, 32)];
  }

  public int length() {
    return length;
  }

  /** Forgets what was written, to be used again. */
  public void clear() {
    length = 0;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public void oneByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  /** Seven bits a byte, low first: 1 to 5 bytes. */
  public void varint(int value) {
    room(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Small numbers of either sign in few bytes: 1 to 10 bytes. */
  public void zigzag(long value) {
    room(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  public void bigEndian(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  public void text(String text) {
    text(text, 0);
  }

  /** The length of the UTF-8 text plus {@code bias}, then the text. */
  public void text(String text, int bias) {
    int before = length;
    int chars = text.length();
    varint(chars + bias);
    room(chars);
    for (int i = 0; i < chars; i++) {
      char next = text.charAt(i);
      if (next > 0x7f) {
        length = before;
        utf8(text, bias);
        return;
      }
      bytes[length + i] = (byte) next;
    }
    length += chars;
  }

  private void utf8(String text, int bias) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    varint(utf8.length + bias);
    bytes(utf8, 0, utf8.length);
  }

  public void bytes(ByteWriter other) {
    room(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  /** {@code count} bytes of {@code source} from {@code offset} on. */
  public void bytes(byte[] source, int offset, int count) {
    room(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  public void properties(Properties properties) {
    room(properties.length());
    properties.copyTo(bytes, length);
    length += properties.length();
  }

  /** The array behind; what lies past {@link #length} has no meaning. */
  public byte[] array() {
    return bytes;
  }

  /** Counts {@code more} bytes that were written to {@link #array} after its end. */
  public void advance(int more) {
    length += more;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
