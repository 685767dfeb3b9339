package dev.rivulet.server.ingest;

import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds values to an event's properties by copying parts of the body, never by reading and writing
 * JSON again. What does not fit into {@link Limits#EVENT_BYTES} is left out. Not thread-safe.
 */
final class PropertiesWriter {
  /** For a second value, so that the bytes need not be copied once more. */
  private static final int ROOM = 64;

  private final byte[] body;
  private final @Nullable Span base;
  private final int taken;
  private @Nullable Growing out;

  /**
   * @param base the sender's own properties, an object with at least one field; null for none
   * @param taken the {@link ReservedName}s among its fields, as bits
   */
  PropertiesWriter(byte[] body, @Nullable Span base, int taken) {
    this.body = body;
    this.base = base;
    this.taken = taken;
  }

  /** Adds a value as it stands in the body, unless the sender's own has the name. */
  void add(ReservedName name, @Nullable Span value) {
    if (value != null && (taken & name.bit()) == 0) {
      write(name, body, value.start(), value.length());
    }
  }

  /** Adds an object: the fields of {@code first}, then those that only {@code second} has. */
  void addMerged(ReservedName name, @Nullable Span first, @Nullable Span second)
      throws IOException {
    if (first == null || second == null || (taken & name.bit()) != 0) {
      add(name, first == null ? second : first);
      return;
    }
    Set<String> names = new HashSet<>();
    fields(first).forEach(field -> names.add(field.name));
    var object = new ByteArrayOutputStream(first.length() + second.length());
    object.write(body, first.start(), first.length() - 1);
    for (Field field : fields(second)) {
      if (!names.contains(field.name)) {
        object.write(',');
        object.write(body, field.span.start(), field.span.length());
      }
    }
    object.write('}');
    write(name, object.toByteArray(), 0, object.size());
  }

  /** All of it; the sender's own slice where nothing was added. */
  Properties properties() {
    if (out != null) {
      return out.closed();
    }
    return base == null ? Properties.NONE : Properties.slice(body, base.start(), base.length());
  }

  private record Field(String name, Span span) {}

  private List<Field> fields(Span object) throws IOException {
    var fields = new ArrayList<Field>();
    try (var in = new JsonCursor(body, object.start(), object.end())) {
      in.next();
      while (in.nextField()) {
        int start = in.nameStart();
        String name = in.name();
        in.skip();
        fields.add(new Field(name, new Span(start, in.end())));
      }
    }
    return fields;
  }

  /** Each field is followed by a comma; the last one becomes the closing brace. */
  private void write(ReservedName name, byte[] from, int offset, int length) {
    int known = out != null ? out.size() : base != null ? base.length() : 1;
    byte[] key = ("\"" + name.json() + "\":").getBytes(StandardCharsets.UTF_8);
    if (known + key.length + length + 1 > Limits.EVENT_BYTES) {
      return;
    }
    if (out == null) {
      out = new Growing(known + key.length + length + ROOM);
      if (base == null) {
        out.write('{');
      } else {
        out.write(body, base.start(), base.length() - 1);
        out.write(',');
      }
    }
    out.write(key, 0, key.length);
    out.write(from, offset, length);
    out.write(',');
  }

  /** Hands out its buffer instead of a copy. */
  private static final class Growing extends ByteArrayOutputStream {
    Growing(int size) {
      super(size);
    }

    Properties closed() {
      buf[count - 1] = '}';
      return Properties.slice(buf, 0, count);
    }
  }
}
