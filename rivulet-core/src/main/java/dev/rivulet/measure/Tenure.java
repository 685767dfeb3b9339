package dev.rivulet.measure;

/**
 * The times whose values of a place are those of one holder. Both ends are those of a UTC day, so
 * that no stored summary has values of two holders.
 *
 * @param from first moment, in epoch milliseconds; the least there is for the first holder
 * @param to first moment after; the greatest there is while the place is held
 */
public record Tenure(long from, long to) {
  /** Of a place that was never given away. */
  public static final Tenure ALWAYS = new Tenure(Long.MIN_VALUE, Long.MAX_VALUE);

  /** Whether {@code time} is in it. */
  public boolean contains(long time) {
    return from <= time && time < to;
  }

  /** Whether it has a moment of a range. */
  public boolean touches(long rangeFrom, long rangeTo) {
    return from < rangeTo && to > rangeFrom;
  }
}
