package dev.rivulet.server.ingest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 (RFC 3629). The JSON parser lets overlong forms and surrogates pass; a
 * slice with such bytes would not come out as it went in.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** The position of the first byte in {@code [from, to)} that is not UTF-8, or −1. */
  static int firstInvalid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      while (at + 8 <= to && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
        at += 8;
      }
      if (at == to) {
        break;
      }
      int length = sequence(bytes, at, to);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  /** Length of the well-formed sequence at {@code at}, or 0. */
  private static int sequence(byte[] bytes, int at, int to) {
    int lead = bytes[at];
    if (lead >= 0) {
      return 1;
    }
    int second = at + 1 < to ? bytes[at + 1] & 0xff : 0;
    lead &= 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return isTrail(second) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      int lowest = lead == 0xe0 ? 0xa0 : 0x80;
      int highest = lead == 0xed ? 0x9f : 0xbf; // 0xed 0xa0 and above are surrogates
      return second >= lowest && second <= highest && trails(bytes, at + 2, 1, to) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
      int lowest = lead == 0xf0 ? 0x90 : 0x80;
      int highest = lead == 0xf4 ? 0x8f : 0xbf;
      return second >= lowest && second <= highest && trails(bytes, at + 2, 2, to) ? 4 : 0;
    }
    return 0;
  }

  private static boolean trails(byte[] bytes, int at, int count, int to) {
    if (at + count > to) {
      return false;
    }
    for (int i = at; i < at + count; i++) {
      if (!isTrail(bytes[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTrail(int unsigned) {
    return (unsigned & 0xc0) == 0x80;
  }
}
