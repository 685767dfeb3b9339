package dev.rivulet.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-decoding of path segments and query strings that refuses what is malformed. */
final class PercentCoding {
  private PercentCoding() {}

  /**
   * Decodes a path segment; {@code %2F} becomes data.
   *
   * @throws Problem 400 when an escape is malformed or the bytes are not UTF-8
   */
  static String segment(String raw) {
    return decode(raw, false);
  }

  /** Decodes a name or value of a query string, where {@code +} is a space. */
  static String query(String raw) {
    return decode(raw, true);
  }

  /** Replaces {@code %2C} by a comma and {@code %25} by a per cent sign, and nothing else. */
  static String listItem(String raw) {
    return raw.indexOf('%') < 0
        ? raw
        : raw.replace("%2C", ",").replace("%2c", ",").replace("%25", "%");
  }

  private static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && isAscii(raw)) {
      return plusIsSpace ? raw.replace('+', ' ') : raw;
    }
    // A client may send UTF-8 without escapes; Netty hands each such byte over as one char.
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) (digit(raw, i + 1) << 4 | digit(raw, i + 2));
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes[length++] = ' ';
      } else if (c < 256) {
        bytes[length++] = (byte) c;
      } else {
        throw Problem.badRequest("the address holds the character U+" + Integer.toHexString(c));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("'" + shown(raw) + "' in the address is not UTF-8");
    }
  }

  private static int digit(String raw, int at) {
    int value = at < raw.length() ? Character.digit(raw.charAt(at), 16) : -1;
    if (value < 0 || raw.charAt(at) > 'f') {
      throw Problem.badRequest(
          "'" + shown(raw) + "' in the address has a % that two hexadecimal digits do not follow");
    }
    return value;
  }

  private static boolean isAscii(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  private static String shown(String raw) {
    return raw.length() <= 60 ? raw : raw.substring(0, 60) + "…";
  }
}
