package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;

/**
 * What is known of a series as a whole.
 *
 * @param count values ever
 * @param first the earliest time values are counted at, in epoch milliseconds
 * @param latest the latest time values are counted at
 * @param lastAt when the last value was measured
 * @param value the last value; of several at that moment the greatest
 * @param receivedAt when the one that arrived last did
 * @param sealedFrom values before it were stored in quarter-hours and minutes only; the least there
 *     is when that is true of none
 */
public record SeriesStats(
    long count,
    long first,
    long latest,
    long lastAt,
    double value,
    long receivedAt,
    long sealedFrom) {
  /** What {@link #sealedFrom} is of a series that was always sealed. */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** Of no values. */
  public static final SeriesStats NONE =
      new SeriesStats(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, 0, Long.MIN_VALUE, ALWAYS);

  /** Of a time when nothing was sealed. */
  private static final byte UNSEALED = 1;

  private static final byte SEALED = 2;
  private static final byte SEALED_FROM = 3;

  /**
   * Of the values of one record.
   *
   * @param at the time they are counted at, in epoch milliseconds
   */
  static SeriesStats of(Summary values, long at, long receivedAt) {
    return new SeriesStats(
        values.count(), at, at, values.lastAt(), values.last(), receivedAt, ALWAYS);
  }

  /** These and others together. */
  public SeriesStats plus(SeriesStats other) {
    boolean newer =
        count == 0
            || lastAt == Long.MIN_VALUE
            || other.lastAt > lastAt
            || (other.lastAt == lastAt && other.value > value);
    return new SeriesStats(
        count + other.count,
        Math.min(first, other.first),
        Math.max(latest, other.latest),
        Math.max(lastAt, other.lastAt),
        newer ? other.value : value,
        Math.max(receivedAt, other.receivedAt),
        Math.max(sealedFrom, other.sealedFrom));
  }

  /** The same without the last value, which was another holder's. */
  SeriesStats withoutLast() {
    return new SeriesStats(count, first, latest, Long.MIN_VALUE, 0, receivedAt, sealedFrom);
  }

  /** Whether there are values in a range. */
  public boolean touches(long from, long to) {
    return first < to && latest >= from;
  }

  /** The stored form. */
  public byte[] encode() {
    var out = new ByteWriter(32);
    out.oneByte(sealedFrom == ALWAYS ? SEALED : SEALED_FROM);
    out.zigzag(count);
    out.zigzag(first);
    out.zigzag(latest);
    out.zigzag(lastAt);
    out.bigEndian(Double.doubleToRawLongBits(value));
    out.zigzag(receivedAt);
    if (sealedFrom != ALWAYS) {
      out.zigzag(sealedFrom);
    }
    return out.toBytes();
  }

  /** Reads the stored form. */
  public static SeriesStats decode(byte[] stored) {
    var in = new ByteReader(stored, 0);
    byte format = in.oneByte();
    if (format < UNSEALED || format > SEALED_FROM) {
      throw new IllegalArgumentException("statistics have format " + format + ", not 1 to 3");
    }
    long count = in.zigzag();
    long first = in.zigzag();
    long latest = in.zigzag();
    long lastAt = in.zigzag();
    double value = Double.longBitsToDouble(in.bigEndian());
    long receivedAt = in.zigzag();
    long sealedFrom =
        switch (format) {
          case UNSEALED -> latest + 1;
          case SEALED -> ALWAYS;
          default -> in.zigzag();
        };
    return new SeriesStats(count, first, latest, lastAt, value, receivedAt, sealedFrom);
  }
}
