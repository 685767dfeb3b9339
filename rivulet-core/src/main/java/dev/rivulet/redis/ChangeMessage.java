package dev.rivulet.redis;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What goes through a partition's channel: a format byte, 8 bytes that name the sending process,
 * and the projects. At most {@value #MOST_BYTES} bytes.
 *
 * @param projects none for any of them, when there would be more than {@value #MOST_PROJECTS}
 */
record ChangeMessage(long sender, Set<String> projects) {
  static final int MOST_PROJECTS = 50;
  private static final int MOST_ID_BYTES = 64;
  private static final int MOST_BYTES = 10 + MOST_PROJECTS * (1 + MOST_ID_BYTES);
  private static final byte FORMAT = 1;

  ChangeMessage {
    projects = Set.copyOf(projects);
  }

  byte[] encode() {
    var out = new ByteWriter(64);
    out.oneByte(FORMAT);
    out.bigEndian(sender);
    out.varint(projects.size());
    projects.forEach(out::text);
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote; null for anything else, whoever sent it. */
  static @Nullable ChangeMessage decode(byte[] bytes) {
    if (bytes.length > MOST_BYTES || bytes.length == 0 || bytes[0] != FORMAT) {
      return null;
    }
    try {
      var in = new ByteReader(bytes, 1);
      long sender = in.bigEndian();
      int count = in.varint();
      if (count > MOST_PROJECTS) {
        return null;
      }
      Set<String> projects = new HashSet<>();
      for (int i = 0; i < count; i++) {
        String project = in.text();
        if (project.isEmpty()
            || project.getBytes(StandardCharsets.UTF_8).length > MOST_ID_BYTES
            || !projects.add(project)) {
          return null;
        }
      }
      return in.isAtEnd() ? new ChangeMessage(sender, projects) : null;
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      return null;
    }
  }
}
