package dev.rivulet.server.cli.imports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * The time of an access log, {@code 10/Oct/2000:13:55:36 -0700}: always 26 bytes. Neighbouring
 * lines mostly share their minute, so that is converted once. Not safe for use by several threads.
 */
final class LogTime {
  static final int LENGTH = 26;

  /** What {@link #millis} answers for bytes that are no time. */
  static final long INVALID = Long.MIN_VALUE;

  private static final int MINUTE = "10/Oct/2000:13:55".length();
  private static final int ZONE = "10/Oct/2000:13:55:36".length();
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final byte[] lastMinute = new byte[MINUTE];
  private final byte[] lastZone = new byte[LENGTH - ZONE];
  private long lastMinuteMillis = INVALID;

  /** Epoch milliseconds of the 26 bytes at {@code from}, or {@link #INVALID}. */
  long millis(byte[] bytes, int from) {
    var minute = minuteMillis(bytes, from);
    var second = twoDigits(bytes, from + MINUTE + 1);
    if (minute == INVALID || bytes[from + MINUTE] != ':' || second < 0 || second > 60) {
      return INVALID;
    }
    return minute + second * 1_000L;
  }

  private long minuteMillis(byte[] bytes, int from) {
    if (lastMinuteMillis != INVALID
        && Arrays.equals(bytes, from, from + MINUTE, lastMinute, 0, MINUTE)
        && Arrays.equals(bytes, from + ZONE, from + LENGTH, lastZone, 0, LENGTH - ZONE)) {
      return lastMinuteMillis;
    }
    lastMinuteMillis = convert(bytes, from);
    System.arraycopy(bytes, from, lastMinute, 0, MINUTE);
    System.arraycopy(bytes, from + ZONE, lastZone, 0, LENGTH - ZONE);
    return lastMinuteMillis;
  }

  private static long convert(byte[] b, int from) {
    var day = twoDigits(b, from);
    var month = month(b, from + 3);
    var century = twoDigits(b, from + 7);
    var year = twoDigits(b, from + 9);
    var hour = twoDigits(b, from + 12);
    var minute = twoDigits(b, from + 15);
    var zoneHour = twoDigits(b, from + 22);
    var zoneMinute = twoDigits(b, from + 24);
    var sign = b[from + 21];
    var separated =
        b[from + 2] == '/'
            && b[from + 6] == '/'
            && b[from + 11] == ':'
            && b[from + 14] == ':'
            && b[from + ZONE] == ' '
            && (sign == '+' || sign == '-');
    if (!separated || month < 0 || century < 0 || year < 0 || hour < 0 || hour > 23) {
      return INVALID;
    }
    if (minute < 0 || minute > 59 || zoneHour < 0 || zoneHour > 18 || zoneMinute < 0) {
      return INVALID;
    }
    long epochDay;
    try {
      epochDay = LocalDate.of(century * 100 + year, month, day).toEpochDay();
    } catch (DateTimeException noSuchDay) {
      return INVALID;
    }
    var offset = (zoneHour * 60L + zoneMinute) * (sign == '-' ? -1 : 1);
    return (epochDay * 1_440 + hour * 60L + minute - offset) * 60_000L;
  }

  private static int month(byte[] b, int at) {
    for (var i = 0; i < MONTHS.length(); i += 3) {
      if (b[at] == MONTHS.charAt(i)
          && b[at + 1] == MONTHS.charAt(i + 1)
          && b[at + 2] == MONTHS.charAt(i + 2)) {
        return i / 3 + 1;
      }
    }
    return -1;
  }

  private static int twoDigits(byte[] b, int at) {
    var tens = b[at] - '0';
    var ones = b[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }
}
