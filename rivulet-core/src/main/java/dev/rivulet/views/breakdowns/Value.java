package dev.rivulet.views.breakdowns;

import dev.rivulet.event.ByteReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value over a whole range; the count may be too high by {@code error}. Known by the bytes it is
 * stored as until somebody asks what it is.
 */
final class Value implements Comparable<Value> {
  final int hash;
  long total;
  long error;

  private final byte[] page;
  private final int from;
  private final int to;
  private @Nullable Object decoded;

  Value(byte[] page, int from, int to, int hash) {
    this.page = page;
    this.from = from;
    this.to = to;
    this.hash = hash;
  }

  /** A string, number or boolean. */
  Object value() {
    Object known = decoded;
    if (known == null) {
      known = ValueCodec.read(new ByteReader(page, from));
      decoded = known;
    }
    return known;
  }

  boolean isStoredAs(byte[] other, int otherFrom, int otherTo) {
    return Arrays.equals(page, from, to, other, otherFrom, otherTo);
  }

  @Override
  public int compareTo(Value other) {
    int byTotal = Long.compare(other.total, total);
    return byTotal != 0
        ? byTotal
        : String.valueOf(value()).compareTo(String.valueOf(other.value()));
  }
}
