package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;

/**
 * The bytes of {@link PersonSteps}: {@code varint(size · 2 + truncated)}, then for each occurrence
 * the zigzag distance of its time from the one before (the first from 1970) and what it is: one
 * byte for nothing (0), one step (its number, 1 to 30) or one exclusion (31 + its index); else
 * {@value #SOME_STEPS} and a varint of step bits, or {@value #SOME_EXCLUSIONS} and a varint of
 * exclusion bits. Where sessions count, their number follows, and for each the distance of its
 * first event from the last of the one before, and its length. The version is the page's.
 */
final class PersonStepsCodec {
  private static final int NOTHING = 0;
  private static final int FIRST_EXCLUSION = 31;
  private static final int SOME_STEPS = 62;
  private static final int SOME_EXCLUSIONS = 63;

  private PersonStepsCodec() {}

  static void write(PersonSteps person, ByteWriter out) {
    out.varint(person.size() * 2 + (person.truncated() ? 1 : 0));
    long before = 0;
    for (int i = 0; i < person.size(); i++) {
      out.zigzag(person.time(i) - before);
      before = person.time(i);
      writeBits(person.steps(i), person.exclusions(i), out);
    }
    Sittings sittings = person.sittings();
    if (sittings != null) {
      writeSittings(sittings, out);
    }
  }

  static void read(PersonSteps person, ByteReader in) {
    int head = in.varint();
    int size = head >>> 1;
    if (size > PersonSteps.MOST) {
      throw new IllegalArgumentException(size + " occurrences at byte " + in.position());
    }
    long time = 0;
    for (int i = 0; i < size; i++) {
      time += in.zigzag();
      int code = in.oneByte();
      if (code == SOME_STEPS) {
        person.restore(time, in.varint(), 0);
      } else if (code == SOME_EXCLUSIONS) {
        person.restore(time, 0, in.varint());
      } else if (code >= FIRST_EXCLUSION && code < FIRST_EXCLUSION + Funnel.MOST_EXCLUSIONS) {
        person.restore(time, 0, 1 << (code - FIRST_EXCLUSION));
      } else if (code >= NOTHING && code <= Funnel.MOST_STEPS) {
        person.restore(time, code == NOTHING ? 0 : 1 << (code - 1), 0);
      } else {
        throw new IllegalArgumentException("code " + code + " at byte " + in.position());
      }
    }
    person.restoreTruncated((head & 1) != 0);
    Sittings sittings = person.sittings();
    if (sittings != null) {
      readSittings(sittings, in);
    }
  }

  private static void writeBits(int steps, int exclusions, ByteWriter out) {
    if (exclusions != 0) {
      if (Integer.bitCount(exclusions) == 1) {
        out.oneByte(FIRST_EXCLUSION + Integer.numberOfTrailingZeros(exclusions));
      } else {
        out.oneByte(SOME_EXCLUSIONS);
        out.varint(exclusions);
      }
    } else if (Integer.bitCount(steps) <= 1) {
      out.oneByte(steps == 0 ? NOTHING : Integer.numberOfTrailingZeros(steps) + 1);
    } else {
      out.oneByte(SOME_STEPS);
      out.varint(steps);
    }
  }

  private static void writeSittings(Sittings sittings, ByteWriter out) {
    out.varint(sittings.size());
    long before = 0;
    for (int i = 0; i < sittings.size(); i++) {
      out.zigzag(sittings.first(i) - before);
      out.zigzag(sittings.last(i) - sittings.first(i));
      before = sittings.last(i);
    }
  }

  private static void readSittings(Sittings sittings, ByteReader in) {
    int size = in.varint();
    if (size > Sittings.MOST) {
      throw new IllegalArgumentException(size + " sessions at byte " + in.position());
    }
    long before = 0;
    for (int i = 0; i < size; i++) {
      long first = before + in.zigzag();
      before = first + in.zigzag();
      sittings.restore(first, before);
    }
  }
}
