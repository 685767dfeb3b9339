package dev.rivulet.views.breakdowns;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;

/** A property value in stored state: a tag and what it needs. */
final class ValueCodec {
  private static final int FALSE = 0;
  private static final int TRUE = 1;
  private static final int LONG = 2;
  private static final int DOUBLE = 3;
  private static final int TEXT = 4;

  private ValueCodec() {}

  static void write(ByteWriter out, Object value) {
    if (value instanceof String text) {
      out.text(text, TEXT);
    } else if (value instanceof Long number) {
      out.varint(LONG);
      out.zigzag(number);
    } else if (value instanceof Double number) {
      out.varint(DOUBLE);
      out.bigEndian(Double.doubleToLongBits(number));
    } else {
      out.varint(Boolean.TRUE.equals(value) ? TRUE : FALSE);
    }
  }

  /** Passes over a value. */
  static void skip(ByteReader in) {
    int tag = in.varint();
    switch (tag) {
      case FALSE, TRUE -> {}
      case LONG -> in.zigzag();
      case DOUBLE -> in.skip(Double.BYTES);
      default -> in.skip(tag - TEXT);
    }
  }

  static Object read(ByteReader in) {
    int tag = in.varint();
    return switch (tag) {
      case FALSE -> Boolean.FALSE;
      case TRUE -> Boolean.TRUE;
      case LONG -> in.zigzag();
      case DOUBLE -> Double.longBitsToDouble(in.bigEndian());
      default -> in.text(tag - TEXT);
    };
  }
}
