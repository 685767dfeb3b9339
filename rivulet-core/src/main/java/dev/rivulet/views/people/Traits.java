package dev.rivulet.views.people;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The traits of one person.
 *
 * <pre>
 * byte   format (1)
 * int    values not kept for want of room
 * short  number of traits; then per trait, by name
 *   UTF    name
 *   long   occurredAt of the value, epoch milliseconds
 *   UTF    JSON text of the value
 * </pre>
 *
 * Numbers are big-endian, texts as {@link DataOutputStream#writeUTF} writes them.
 */
final class Traits {
  /** Traits of one person. */
  static final int MOST_TRAITS = 200;

  /** Bytes of names and values of one person. */
  static final int MOST_BYTES = 32 * 1024;

  private static final byte FORMAT = 1;

  private final Map<String, Value> values = new TreeMap<>();
  private int bytes;
  private int refused;

  /** Says that trait {@code name} was {@code json} at {@code occurredAt}; returns what changed. */
  boolean put(String name, String json, long occurredAt) {
    Value known = values.get(name);
    if (known != null && !known.yieldsTo(json, occurredAt)) {
      return false;
    }
    int more = size(json) + (known == null ? size(name) : -size(known.json));
    if (bytes + more > MOST_BYTES || (known == null && values.size() >= MOST_TRAITS)) {
      refused++;
      return true;
    }
    values.put(name, new Value(json, occurredAt));
    bytes += more;
    return true;
  }

  /** Whether nothing is known. */
  boolean isEmpty() {
    return values.isEmpty() && refused == 0;
  }

  /** Traits that are known. */
  int size() {
    return values.size();
  }

  /**
   * Whether a value, as JSON or as the text it stands for, contains {@code text}, in lower case.
   */
  boolean anyContains(String text) {
    return values.values().stream()
        .anyMatch(value -> TraitReader.plain(value.json).toLowerCase(Locale.ROOT).contains(text));
  }

  /** Bytes of names and values. */
  int bytes() {
    return bytes;
  }

  /** Values that were not kept for want of room. */
  int refused() {
    return refused;
  }

  /** One JSON object with every trait, by name. */
  String toJson() {
    var json = new StringBuilder("{");
    values.forEach(
        (name, value) -> {
          json.append(json.length() > 1 ? ",\"" : "\"");
          JsonStringEncoder.getInstance().quoteAsString(name, json);
          json.append("\":").append(value.json);
        });
    return json.append('}').toString();
  }

  byte[] encode() {
    var out = new ByteArrayOutputStream(64 + bytes);
    try (var data = new DataOutputStream(out)) {
      data.writeByte(FORMAT);
      data.writeInt(refused);
      data.writeShort(values.size());
      for (Map.Entry<String, Value> trait : values.entrySet()) {
        data.writeUTF(trait.getKey());
        data.writeLong(trait.getValue().occurredAt);
        data.writeUTF(trait.getValue().json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * @param stored bytes of {@link #encode}, or null for nobody known
   * @throws IllegalStateException when the bytes are of another format
   */
  static Traits decode(byte @Nullable [] stored) {
    var traits = new Traits();
    if (stored == null) {
      return traits;
    }
    try (var data = new DataInputStream(new ByteArrayInputStream(stored))) {
      byte format = data.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "traits are stored in format " + format + ", this version reads " + FORMAT);
      }
      traits.refused = data.readInt();
      int count = data.readUnsignedShort();
      for (int i = 0; i < count; i++) {
        String name = data.readUTF();
        long occurredAt = data.readLong();
        var value = new Value(data.readUTF(), occurredAt);
        traits.values.put(name, value);
        traits.bytes += size(name) + size(value.json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return traits;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A value and when it was said. */
  private record Value(String json, long occurredAt) {
    private boolean yieldsTo(String other, long at) {
      return at > occurredAt || (at == occurredAt && other.compareTo(json) > 0);
    }
  }
}
