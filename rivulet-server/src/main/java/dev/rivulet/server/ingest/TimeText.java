package dev.rivulet.server.ingest;

import dev.rivulet.event.EventDraft;

/**
 * Times as senders write them: ISO-8601 date and time with an offset, or epoch milliseconds. Read
 * by hand, without objects: every event carries one.
 */
final class TimeText {
  /** The answer for what is not a time. */
  static final long INVALID = EventDraft.ABSENT;

  /** What an error says after the value. */
  static final String EXPECTED =
      "is neither ISO-8601 with an offset (2026-11-22T12:00:00.000Z) nor epoch milliseconds of the"
          + " years 0 to 9999";

  private static final long EARLIEST = -62_167_219_200_000L;
  private static final long LATEST = 253_402_300_799_999L;

  private TimeText() {}

  /** Epoch milliseconds that lie in the years 0 to 9999, else {@link #INVALID}. */
  static long bounded(long millis) {
    return millis >= EARLIEST && millis <= LATEST ? millis : INVALID;
  }

  /** Epoch milliseconds with a fraction, rounded down. NaN and infinities are {@link #INVALID}. */
  static long bounded(double millis) {
    return millis >= EARLIEST && millis <= LATEST ? (long) Math.floor(millis) : INVALID;
  }

  /**
   * Reads {@code yyyy-MM-ddTHH:mm[:ss[.fraction]]} followed by {@code Z} or {@code ±HH[[:]mm]}, or
   * whole epoch milliseconds. Fractions of a millisecond are cut off; the separator may be a small
   * {@code t} or a blank (RFC 3339), second 60 is a leap second and begins the next minute.
   *
   * @return epoch milliseconds, or {@link #INVALID}
   */
  static long parse(char[] text, int offset, int length) {
    int end = offset + length;
    if (length < 17 || text[offset + 4] != '-') {
      return epochMillis(text, offset, end);
    }
    int year = digits(text, offset, 4);
    int month = digits(text, offset + 5, 2);
    int day = digits(text, offset + 8, 2);
    int hour = digits(text, offset + 11, 2);
    int minute = digits(text, offset + 14, 2);
    char separator = text[offset + 10];
    if ((year | month | day | hour | minute) < 0
        || text[offset + 7] != '-'
        || (separator != 'T' && separator != 't' && separator != ' ')
        || text[offset + 13] != ':'
        || month < 1
        || month > 12
        || day < 1
        || day > daysOf(year, month)
        || hour > 23
        || minute > 59) {
      return INVALID;
    }
    int at = offset + 16;
    int second = 0;
    int millis = 0;
    if (text[at] == ':') {
      second = end - at > 3 ? digits(text, at + 1, 2) : -1;
      if (second < 0 || second > 60) {
        return INVALID;
      }
      at += 3;
      if (text[at] == '.' || text[at] == ',') {
        int first = ++at;
        for (int unit = 100; at < end && isDigit(text[at]); at++, unit /= 10) {
          millis += unit * (text[at] - '0');
        }
        if (at == first || at - first > 9) {
          return INVALID;
        }
      }
    }
    int offsetMinutes = offsetMinutes(text, at, end);
    if (offsetMinutes == Integer.MIN_VALUE) {
      return INVALID;
    }
    long minutes = (epochDay(year, month, day) * 24 + hour) * 60 + minute - offsetMinutes;
    return bounded((minutes * 60 + second) * 1_000 + millis);
  }

  private static int offsetMinutes(char[] text, int at, int end) {
    int left = end - at;
    if (left == 1 && (text[at] == 'Z' || text[at] == 'z')) {
      return 0;
    }
    if (left < 3 || left > 6 || (text[at] != '+' && text[at] != '-')) {
      return Integer.MIN_VALUE;
    }
    int hours = digits(text, at + 1, 2);
    int minutes =
        switch (left) {
          case 3 -> 0;
          case 5 -> digits(text, at + 3, 2);
          case 6 -> text[at + 3] == ':' ? digits(text, at + 4, 2) : -1;
          default -> -1;
        };
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    int sum = hours * 60 + minutes;
    return text[at] == '-' ? -sum : sum;
  }

  private static long epochMillis(char[] text, int offset, int end) {
    boolean negative = offset < end && text[offset] == '-';
    int at = negative ? offset + 1 : offset;
    if (at == end || end - at > 18) {
      return INVALID;
    }
    long value = 0;
    for (; at < end; at++) {
      if (!isDigit(text[at])) {
        return INVALID;
      }
      value = value * 10 + (text[at] - '0');
    }
    return bounded(negative ? -value : value);
  }

  /** The number of {@code count} digits, or −1. */
  private static int digits(char[] text, int offset, int count) {
    int value = 0;
    for (int i = offset; i < offset + count; i++) {
      if (!isDigit(text[i])) {
        return -1;
      }
      value = value * 10 + (text[i] - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int daysOf(int year, int month) {
    return switch (month) {
      case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /** Days since 1970-01-01 in the proleptic Gregorian calendar, the year beginning in March. */
  private static long epochDay(int year, int month, int day) {
    long marchYear = month > 2 ? year : year - 1;
    long era = Math.floorDiv(marchYear, 400L);
    long yearOfEra = marchYear - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
