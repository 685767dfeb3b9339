package dev.rivulet.server.cli.imports;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of JSON bytes. Strings are copied from the bytes of the file without becoming
 * {@code String}s; what is not valid UTF-8 becomes U+FFFD, one for each byte. Not safe for use by
 * several threads.
 */
final class EventWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
  private static final byte[] PAIRS = new byte[200];
  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (var i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
    for (var c = 0x20; c < 0x80; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private byte[] bytes = new byte[1024 * 1024];
  private byte[] unescaped = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Goes back to an earlier {@link #length()}. */
  void truncate(int earlier) {
    length = earlier;
  }

  void raw(byte[] constant) {
    raw(constant, 0, constant.length);
  }

  void raw(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  void raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  void number(long value) {
    reserve(20);
    if (value < 0) {
      if (value == Long.MIN_VALUE) {
        raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        return;
      }
      bytes[length++] = '-';
    }
    var rest = Math.abs(value);
    var digits = 1;
    for (var bound = 10L; digits < 19 && rest >= bound; bound *= 10) {
      digits++;
    }
    length += digits;
    var at = length;
    while (rest >= 100) {
      var pair = 2 * (int) (rest % 100);
      rest /= 100;
      bytes[--at] = PAIRS[pair + 1];
      bytes[--at] = PAIRS[pair];
    }
    bytes[--at] = PAIRS[2 * (int) rest + 1];
    if (rest >= 10) {
      bytes[at - 1] = PAIRS[2 * (int) rest];
    }
  }

  /** Sixteen hexadecimal digits, without quotation marks. */
  void hex(long value) {
    reserve(16);
    for (var shift = 60; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(int) (value >>> shift) & 15];
    }
  }

  /** The id of a line: digest and number, as a JSON string. */
  void id(long digest, long number) {
    raw('"');
    hex(digest);
    raw('-');
    number(number);
    raw('"');
  }

  void string(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  /** A JSON string of the given bytes. */
  void string(byte[] source, int from, int to) {
    raw('"');
    content(source, from, to);
    raw('"');
  }

  /** The inside of a JSON string, without quotation marks. */
  void content(byte[] source, int from, int to) {
    reserve(6 * (to - from));
    var out = bytes;
    var at = length;
    for (var i = from; i < to; ) {
      if (i + Long.BYTES <= to) {
        var word = (long) Scan.WORDS.get(source, i);
        if (Scan.isPlain(word)) {
          Scan.WORDS.set(out, at, word);
          i += Long.BYTES;
          at += Long.BYTES;
          continue;
        }
      }
      var next = source[i];
      if (PLAIN[next & 0xFF]) {
        out[at++] = next;
        i++;
      } else if (next < 0) {
        var size = sequenceLength(source, i, to);
        var valid = size > 0;
        size = Math.max(1, size);
        System.arraycopy(valid ? source : REPLACEMENT, valid ? i : 0, out, at, valid ? size : 3);
        at += valid ? size : 3;
        i += size;
      } else {
        at = escape(out, at, next);
        i++;
      }
    }
    length = at;
  }

  /**
   * A JSON string of bytes in which a web server has escaped what it would not write as it is:
   * {@code \"}, {@code \\}, {@code \xHH} and the C escapes.
   */
  void logged(byte[] source, int from, int to) {
    if (unescaped.length < to - from) {
      unescaped = new byte[to - from];
    }
    var size = 0;
    for (var i = from; i < to; i++) {
      var next = source[i];
      if (next != '\\' || i + 1 == to) {
        unescaped[size++] = next;
        continue;
      }
      var code = source[++i];
      switch (code) {
        case '"', '\\' -> unescaped[size++] = code;
        case 'n' -> unescaped[size++] = '\n';
        case 't' -> unescaped[size++] = '\t';
        case 'r' -> unescaped[size++] = '\r';
        case 'b' -> unescaped[size++] = '\b';
        case 'f' -> unescaped[size++] = '\f';
        case 'v' -> unescaped[size++] = 0x0B;
        case 'x', 'X' -> {
          var high = i + 2 < to ? Character.digit(source[i + 1], 16) : -1;
          var low = i + 2 < to ? Character.digit(source[i + 2], 16) : -1;
          if (high >= 0 && low >= 0) {
            unescaped[size++] = (byte) (high << 4 | low);
            i += 2;
          } else {
            unescaped[size++] = '\\';
            unescaped[size++] = code;
          }
        }
        default -> {
          unescaped[size++] = '\\';
          unescaped[size++] = code;
        }
      }
    }
    string(unescaped, 0, size);
  }

  private static int escape(byte[] out, int start, byte control) {
    var at = start;
    out[at++] = '\\';
    switch (control) {
      case '"', '\\' -> out[at++] = control;
      case '\n' -> out[at++] = 'n';
      case '\r' -> out[at++] = 'r';
      case '\t' -> out[at++] = 't';
      default -> {
        out[at++] = 'u';
        out[at++] = '0';
        out[at++] = '0';
        out[at++] = HEX[control >> 4];
        out[at++] = HEX[control & 15];
      }
    }
    return at;
  }

  /** The length of the well-formed UTF-8 sequence at {@code i} (RFC 3629), or 0. */
  private static int sequenceLength(byte[] source, int i, int to) {
    var lead = source[i] & 0xFF;
    var size = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : 4;
    if (lead < 0xC2 || lead > 0xF4 || i + size > to) {
      return 0;
    }
    var second = source[i + 1] & 0xFF;
    var least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    var most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (var k = 2; k < size; k++) {
      if ((source[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
