package dev.rivulet.log;

import dev.rivulet.event.EntryId;
import java.util.Map;

/**
 * The promise that events are in the log and will be counted once.
 *
 * @param upTo by partition, the last entry that holds an event of the request
 */
public record Receipt(Map<Integer, EntryId> upTo) {
  public static final Receipt NOTHING = new Receipt(Map.of());
}
