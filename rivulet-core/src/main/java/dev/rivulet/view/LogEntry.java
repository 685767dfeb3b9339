package dev.rivulet.view;

import dev.rivulet.event.EntryId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a partition's log as the store replies it.
 *
 * @param batch the bytes of the record batch
 */
public record LogEntry(EntryId id, byte[] batch) {
  /** The one field of an entry. */
  public static final String FIELD = "b";

  /** Reads the reply of a stream range: a list of id and fields. */
  public static List<LogEntry> list(@Nullable Object reply) {
    var entries = new ArrayList<LogEntry>();
    if (reply instanceof List<?> rows) {
      for (Object row : rows) {
        List<?> pair = (List<?>) row;
        List<?> fields = (List<?>) pair.get(1);
        String id = new String((byte[]) pair.get(0), StandardCharsets.US_ASCII);
        entries.add(new LogEntry(EntryId.parse(id), (byte[]) fields.get(1)));
      }
    }
    return entries;
  }

  static byte @Nullable [] onlyBatch(@Nullable Object reply) {
    List<LogEntry> entries = list(reply);
    return entries.isEmpty() ? null : entries.get(0).batch();
  }
}
