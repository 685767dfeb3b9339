package dev.rivulet.testkit.faults;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.event.Event;
import dev.rivulet.log.RecordBatch;
import dev.rivulet.redis.RedisAddress;
import dev.rivulet.redis.RedisConnection;
import dev.rivulet.redis.RedisNodes;
import dev.rivulet.redis.RedisStores;
import dev.rivulet.view.LogEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The log itself, read past Rivulet: what a fold of it must come to. */
final class SurvivingLog {
  private SurvivingLog() {}

  /** Every event of the log, the first of each id. */
  static List<Event> events(RedisAddress address, int partitions) {
    List<Event> events = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    try (var nodes = RedisNodes.connect(address)) {
      for (int partition = 0; partition < partitions; partition++) {
        for (LogEntry entry : entries(nodes, partition)) {
          for (Event event : RecordBatch.decode(entry.batch())) {
            if (event.id() == null || ids.add(event.id())) {
              events.add(event);
            }
          }
        }
      }
    }
    return events;
  }

  /** How many events with an id of their own a replica has, which is asked as it is. */
  static int replicated(RedisAddress.Standalone replica, int partitions) {
    Set<String> ids = new HashSet<>();
    try (var redis = RedisConnection.open(replica)) {
      for (int partition = 0; partition < partitions; partition++) {
        entries(redis, partition)
            .forEach(
                entry ->
                    RecordBatch.decode(entry.batch())
                        .forEach(e -> ids.add(String.valueOf(e.id()))));
      }
    }
    return ids.size();
  }

  /** Whether the store notes that a view is being filled. */
  static boolean isFilling(RedisAddress address, int partitions) {
    try (var nodes = RedisNodes.connect(address)) {
      var fills = RedisStores.fills(nodes);
      for (int partition = 0; partition < partitions; partition++) {
        if (!fills.pending(partition).isEmpty()) {
          return true;
        }
      }
      return false;
    }
  }

  private static List<LogEntry> entries(RedisNodes nodes, int partition) {
    return nodes.callIdempotent(Integer.toString(partition), redis -> entries(redis, partition));
  }

  private static List<LogEntry> entries(RedisConnection redis, int partition) {
    redis.send(bytes("XRANGE"), Keys.log(partition), bytes("-"), bytes("+"));
    return LogEntry.list(redis.receive());
  }
}
