package dev.rivulet;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.engine.PartitionStatus;
import dev.rivulet.engine.StatusStore;
import dev.rivulet.engine.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws up the {@link Status} of the server or of one project. */
final class Books {
  private final int partitions;
  private final StatusStore store;
  private final RefusalLedger refusals;
  private final Supplier<Map<String, Double>> filling;

  Books(
      int partitions,
      StatusStore store,
      RefusalLedger refusals,
      Supplier<Map<String, Double>> filling) {
    this.partitions = partitions;
    this.store = store;
    this.refusals = refusals;
    this.filling = filling;
  }

  /**
   * @param only the project to count, or null for all of {@code projects}
   */
  Status status(@Nullable String only, List<String> projects, long now) {
    var rows = new ArrayList<Status.Partition>();
    Tally total = Tally.NOTHING;
    long appended = 0;
    long lag = 0;
    Map<String, List<Integer>> owned = new TreeMap<>();
    store.nodes().forEach(node -> owned.put(node, new ArrayList<>()));
    for (PartitionStatus partition : store.partitions(partitions)) {
      Status.Partition row = row(partition, only, now);
      rows.add(row);
      appended += row.appended();
      total = total.plus(tally(partition, only));
      lag = Math.max(lag, row.lagMillis());
      if (partition.owner() != null) {
        owned.computeIfAbsent(partition.owner(), n -> new ArrayList<>()).add(row.partition());
      }
    }
    Map<String, Long> rejected = new TreeMap<>();
    for (String project : only == null ? projects : List.of(only)) {
      refusals.totals(project).forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    }
    long refused = rejected.values().stream().mapToLong(Long::longValue).sum();
    List<Status.Node> nodes = new ArrayList<>();
    owned.forEach((node, own) -> nodes.add(new Status.Node(node, own)));
    return new Status(
        appended + refused,
        appended - total.duplicates(),
        appended,
        total.folded(),
        appended - total.folded(),
        total.duplicates(),
        total.poisonous(),
        rejected,
        lag,
        rows,
        nodes,
        filling.get(),
        store.store());
  }

  /** Age of the oldest record of any partition that is not folded, in milliseconds. */
  long lagMillis(long now) {
    long lag = 0;
    for (PartitionStatus partition : store.partitions(partitions)) {
      lag = Math.max(lag, lag(partition, now));
    }
    return lag;
  }

  private static Status.Partition row(PartitionStatus from, @Nullable String only, long now) {
    long appended =
        only != null
            ? from.appended().getOrDefault(only, 0L)
            : from.appended().values().stream().mapToLong(Long::longValue).sum();
    long folded = tally(from, only).folded();
    return new Status.Partition(
        from.partition(),
        from.owner(),
        appended,
        folded,
        appended - folded,
        lag(from, now),
        from.offset() == null ? null : from.offset().entry().toString(),
        from.entries(),
        from.offset() == null ? Map.of() : from.offset().views());
  }

  private static long lag(PartitionStatus from, long now) {
    return from.oldestPendingMillis() == 0 ? 0 : Math.max(0, now - from.oldestPendingMillis());
  }

  private static Tally tally(PartitionStatus from, @Nullable String only) {
    if (only != null) {
      return from.folded().getOrDefault(only, Tally.NOTHING);
    }
    return from.folded().values().stream().reduce(Tally.NOTHING, Tally::plus);
  }
}
