package dev.rivulet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sender said about an event: a JSON object, kept as the bytes it came in (a slice of the
 * body), so that it makes an exact round trip. Its top-level scalars are parsed once, when first
 * asked for. Immutable; may be shared between threads.
 *
 * <p>A scalar value is a {@code String}, {@code Long}, {@code Double} or {@code Boolean}. Numbers
 * compare by value: {@code 10} and {@code 10.0} are the same, {@code 10} and {@code "10"} are not.
 */
public final class Properties {
  public static final Properties NONE = new Properties("{}".getBytes(StandardCharsets.UTF_8), 0, 2);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.NESTING + 2).build())
          .build();
  private static final double LONGEST_EXACT = 9_007_199_254_740_992.0;

  private final byte[] json;
  private final int offset;
  private final int length;
  private volatile @Nullable Scalars scalars;

  private Properties(byte[] json, int offset, int length) {
    this.json = json;
    this.offset = offset;
    this.length = length;
  }

  /** A slice that is known to hold one well-formed JSON object. The bytes are not copied. */
  public static Properties slice(byte[] json, int offset, int length) {
    return length <= 2 ? NONE : new Properties(json, offset, length);
  }

  /** The JSON object of a map of strings, numbers, booleans, lists, maps and nulls. */
  public static Properties of(Map<String, ? extends @Nullable Object> values) {
    var out = new ByteArrayOutputStream(128);
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      write(generator, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return slice(out.toByteArray(), 0, out.size());
  }

  /** Length of the JSON text in bytes. */
  public int length() {
    return length;
  }

  /** Copies the JSON text to {@code target} at {@code position}. */
  public void copyTo(byte[] target, int position) {
    System.arraycopy(json, offset, target, position, length);
  }

  /** Number of top-level scalars. */
  public int scalarCount() {
    return scalars().count;
  }

  /** Name of the top-level scalar {@code index}. */
  public String key(int index) {
    return scalars().keys[index];
  }

  /** Value of the top-level scalar {@code index}. */
  public Object value(int index) {
    return scalars().values[index];
  }

  /** The top-level scalar named {@code key}, or null when it is absent, null or nested. */
  public @Nullable Object value(String key) {
    Scalars all = scalars();
    int index = all.indexOf(key);
    return index < 0 ? null : all.values[index];
  }

  /** The JSON text, exactly as it was sent. */
  public String toJson() {
    return new String(json, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return toJson();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Properties that
        && Arrays.equals(
            json, offset, offset + length, that.json, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  /** The canonical form of a JSON number: a whole number is a Long whatever its spelling. */
  public static Object canonical(double number) {
    if (number == Math.rint(number) && Math.abs(number) <= LONGEST_EXACT) {
      return (long) number;
    }
    return number;
  }

  private Scalars scalars() {
    Scalars known = scalars;
    if (known == null) {
      known = PlainJson.scalars(json, offset, length);
      if (known == null) {
        known = parse();
      }
      scalars = known;
    }
    return known;
  }

  private Scalars parse() {
    var found = new Scalars();
    try (JsonParser parser = JSON.createParser(json, offset, length)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        switch (parser.nextToken()) {
          case VALUE_STRING -> found.add(key, wellFormed(parser.getText()));
          case VALUE_NUMBER_INT -> addInteger(found, key, parser);
          case VALUE_NUMBER_FLOAT -> addFinite(found, key, parser.getDoubleValue());
          case VALUE_TRUE -> found.add(key, Boolean.TRUE);
          case VALUE_FALSE -> found.add(key, Boolean.FALSE);
          default -> parser.skipChildren();
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("properties are not a JSON object", e);
    }
  }

  /**
   * A number beyond all bounds, such as 1e999 or a thousand digits, stays in the JSON and is no
   * scalar.
   */
  private static void addFinite(Scalars found, String key, double number) {
    if (Double.isFinite(number)) {
      found.add(key, canonical(number));
    }
  }

  /** Halves of characters cannot be stored as UTF-8: they become a question mark in the scalar. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        String stored = new String(utf8, StandardCharsets.UTF_8);
        return stored.equals(text) ? text : stored;
      }
    }
    return text;
  }

  private static void addInteger(Scalars found, String key, JsonParser parser) throws IOException {
    if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      addFinite(found, key, parser.getDoubleValue());
    } else {
      found.add(key, parser.getLongValue());
    }
  }

  private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.writeFieldName(String.valueOf(entry.getKey()));
        write(out, entry.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      out.writeStartArray();
      for (Object item : list) {
        write(out, item);
      }
      out.writeEndArray();
    } else if (value == null
        || value instanceof String
        || value instanceof Boolean
        || (value instanceof Number number && Double.isFinite(number.doubleValue()))) {
      out.writePOJO(value);
    } else {
      throw new IllegalArgumentException(
          "property value "
              + value
              + " ("
              + value.getClass().getName()
              + ") is not a string, finite number, boolean, list, map or null");
    }
  }
}
