package dev.rivulet.engine;

import java.util.List;
import java.util.Map;

/** Reads the state of the whole installation. Thread-safe. */
public interface StatusStore {
  /** One status per partition, in order. */
  List<PartitionStatus> partitions(int partitions);

  /** What is beside each partition's books, in order. */
  List<PartitionAsides> asides(int partitions);

  /** The nodes that announced themselves lately, seniors first. */
  List<NodeStatus> nodes();

  /** What the store tells of itself: version, memory, persistence. */
  Map<String, Object> store(int partitions);
}
