package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a partition holds of a funnel.
 *
 * @param people persons of whom anything is kept
 * @param truncated those of whom more happened than is kept
 * @param pages pages of persons, the empty ones between included
 */
record Totals(int people, int truncated, int pages) {
  static final Totals NONE = new Totals(0, 0, 0);

  static Totals decode(byte @Nullable [] stored) {
    if (stored == null) {
      return NONE;
    }
    var in = new ByteReader(stored, 0);
    Layout.check(in.oneByte(), "the totals");
    return new Totals(in.varint(), in.varint(), in.varint());
  }

  byte[] encode() {
    var out = new ByteWriter(16);
    out.oneByte(Layout.FORMAT);
    out.varint(people);
    out.varint(truncated);
    out.varint(pages);
    return out.toBytes();
  }

  Totals plus(Totals other) {
    return new Totals(people + other.people, truncated + other.truncated, pages + other.pages);
  }

  /** These after a person of page {@code page} has changed. */
  Totals with(boolean kept, boolean cut, @Nullable PersonSteps now, int page) {
    int more = (now == null ? 0 : 1) - (kept ? 1 : 0);
    int moreCut = (now != null && now.truncated() ? 1 : 0) - (cut ? 1 : 0);
    return new Totals(people + more, truncated + moreCut, Math.max(pages, page + 1));
  }
}
