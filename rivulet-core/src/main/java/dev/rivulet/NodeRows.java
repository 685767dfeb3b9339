package dev.rivulet;

import dev.rivulet.engine.NodeReport;
import dev.rivulet.engine.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of the {@link Status}, each with the partitions it folds. */
final class NodeRows {
  private NodeRows() {}

  /** The known nodes in their order, then owners that nobody has heard lately. */
  static List<Status.Node> of(List<NodeStatus> known, List<Status.Partition> partitions) {
    Map<String, List<Integer>> owned = new LinkedHashMap<>();
    known.forEach(node -> owned.put(node.node(), new ArrayList<>()));
    for (Status.Partition row : partitions) {
      if (row.owner() != null) {
        owned.computeIfAbsent(row.owner(), n -> new ArrayList<>()).add(row.partition());
      }
    }
    Map<String, NodeStatus> byId = new LinkedHashMap<>();
    known.forEach(node -> byId.put(node.node(), node));
    List<Status.Node> rows = new ArrayList<>();
    owned.forEach((id, own) -> rows.add(row(id, byId.get(id), own)));
    return rows;
  }

  private static Status.Node row(String id, @Nullable NodeStatus node, List<Integer> own) {
    NodeReport told = node == null ? null : node.report();
    boolean live = node != null && node.live();
    Long silent = node == null ? null : (Long) node.silentMillis();
    if (told == null) {
      return new Status.Node(
          id, id, live, silent, own, null, null, null, null, null, null, null, null, null, null,
          null);
    }
    return new Status.Node(
        id,
        told.name(),
        live,
        silent,
        own,
        Instant.ofEpochMilli(told.startedAt()).toString(),
        told.version(),
        told.address(),
        told.clockSkewMillis(),
        told.clockCorrected(),
        told.heapUsedBytes(),
        told.heapMaxBytes(),
        told.subscribers(),
        told.appended(),
        told.folded(),
        told.filling());
  }
}
