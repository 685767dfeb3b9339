package dev.rivulet.engine;

import dev.rivulet.event.EntryId;
import dev.rivulet.view.Command;
import dev.rivulet.view.LogEntry;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records of the log are not counted, as the first fold decided: duplicates and poisonous
 * ones. A view that is filled later follows the same decisions, so it agrees with the others even
 * when the original of a duplicate has left the log. Not thread-safe.
 */
public final class Dropped {
  private final byte[] key;
  private final Map<EntryId, BitSet> marks = new HashMap<>();

  public Dropped(int partition) {
    this.key = Keys.of(partition, "dropped");
  }

  /** Reads the decisions about {@code entries}. */
  public void load(List<LogEntry> entries, Reads reads) {
    marks.clear();
    List<byte[]> fields = new ArrayList<>();
    entries.forEach(entry -> fields.add(Command.bytes(entry.id().toString())));
    reads.hash(
        key,
        fields,
        values -> {
          for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
              marks.put(entries.get(i).id(), BitSet.valueOf(value));
            }
          }
        });
  }

  /** Whether the record is not counted; its entry must have been loaded. */
  public boolean contains(EntryId entry, int index) {
    BitSet marked = marks.get(entry);
    return marked != null && marked.get(index);
  }

  void add(EntryId entry, int index) {
    marks.computeIfAbsent(entry, id -> new BitSet()).set(index);
  }

  /** Stores the marks made since the last call. */
  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    marks.forEach(
        (entry, marked) -> {
          pairs.add(entry.toString().getBytes(StandardCharsets.US_ASCII));
          pairs.add(marked.toByteArray());
        });
    writes.hash(key, pairs);
    marks.clear();
  }
}
