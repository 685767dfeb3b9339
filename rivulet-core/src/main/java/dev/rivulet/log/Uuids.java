package dev.rivulet.log;

import java.util.UUID;

/**
 * Recognises ids that are UUIDs in canonical lower-case form: 16 bytes in the log instead of 36.
 */
final class Uuids {
  private static final int LENGTH = 36;

  private Uuids() {}

  static boolean isCanonical(String id) {
    if (id.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = id.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  static long high(String id) {
    return Long.parseUnsignedLong(id, 0, 8, 16) << 32
        | Long.parseUnsignedLong(id, 9, 13, 16) << 16
        | Long.parseUnsignedLong(id, 14, 18, 16);
  }

  static long low(String id) {
    return Long.parseUnsignedLong(id, 19, 23, 16) << 48 | Long.parseUnsignedLong(id, 24, 36, 16);
  }

  static String text(long high, long low) {
    return new UUID(high, low).toString();
  }
}
