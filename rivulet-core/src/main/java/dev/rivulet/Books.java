package dev.rivulet;

import dev.rivulet.admission.RefusalLedger;
import dev.rivulet.admission.RefusalLedger.Newest;
import dev.rivulet.engine.NodeStatus;
import dev.rivulet.engine.PartitionAsides;
import dev.rivulet.engine.PartitionStatus;
import dev.rivulet.engine.StatusStore;
import dev.rivulet.engine.Tally;
import dev.rivulet.event.EntryId;
import dev.rivulet.projects.Project;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Draws up the {@link Status} of the server or of one project. */
final class Books {
  private static final int MOST_POISON = 100;

  private final int partitions;
  private final StatusStore store;
  private final RefusalLedger refusals;
  private final ThisNode self;

  Books(int partitions, StatusStore store, RefusalLedger refusals, ThisNode self) {
    this.partitions = partitions;
    this.store = store;
    this.refusals = refusals;
    this.self = self;
  }

  /**
   * @param only the project to count, or null for all of {@code projects}
   */
  Status status(
      @Nullable String only, List<String> projects, List<Status.Overflow> overflow, long now) {
    List<PartitionStatus> read = store.partitions(partitions);
    List<PartitionAsides> asides = store.asides(partitions); // later: as new as the books at least
    List<NodeStatus> known = store.nodes();
    var rows = new ArrayList<Status.Partition>();
    Tally total = Tally.NOTHING;
    long appended = 0;
    long lag = 0;
    long unreadable = 0;
    for (PartitionStatus partition : read) {
      Long logBytes = asides.get(partition.partition()).logBytes();
      Status.Partition row = row(partition, only, logBytes, now);
      rows.add(row);
      appended += row.appended();
      total = total.plus(tally(partition, only));
      unreadable += only == null ? unreadable(partition) : 0;
      lag = Math.max(lag, row.lagMillis());
    }
    List<Status.Refused> refused = refused(only == null ? projects : List.of(only), only);
    Map<String, Long> rejected = new TreeMap<>();
    refused.forEach(one -> rejected.merge(one.reason(), one.count(), Long::sum));
    long refusedItems = rejected.values().stream().mapToLong(Long::longValue).sum();
    List<Status.Node> nodes = NodeRows.of(known, rows);
    Map<String, Object> told = store.store(partitions);
    List<Status.PutAside> poison = only == null ? poison(asides) : List.of();
    return new Status(
        Instant.ofEpochMilli(now).toString(),
        appended + refusedItems,
        appended - total.duplicates(),
        appended,
        total.folded(),
        appended - total.folded(),
        total.duplicates(),
        total.poisonous(),
        unreadable,
        rejected,
        refused,
        poison,
        overflow,
        lag,
        rows,
        nodes,
        filling(nodes),
        Warnings.of(nodes, rows, total.poisonous(), unreadable, overflow, told),
        told);
  }

  /** What others fill is known from their last heartbeat, what this node fills from itself. */
  private Map<String, Double> filling(List<Status.Node> nodes) {
    var all = new TreeMap<>(self.filling());
    for (Status.Node node : nodes) {
      if (node.filling() != null && !node.node().equals(self.id())) {
        node.filling().forEach((view, done) -> all.merge(view, done, Math::min));
      }
    }
    return all;
  }

  /**
   * Details may quote what was sent, so they are told to those who may ask about the project; the
   * default project's keys are given to all who look at the server.
   */
  private List<Status.Refused> refused(List<String> projects, @Nullable String only) {
    List<Status.Refused> all = new ArrayList<>();
    for (String project : projects) {
      Map<String, Long> totals = refusals.totals(project);
      boolean mayQuote = only != null || project.equals(Project.DEFAULT);
      Map<String, Newest> newest =
          mayQuote && !totals.isEmpty() ? refusals.newest(project) : Map.of();
      totals.forEach(
          (reason, count) -> {
            Newest last = newest.get(reason);
            all.add(
                new Status.Refused(
                    project,
                    reason,
                    count,
                    last == null ? null : last.detail(),
                    last == null || last.at() == 0
                        ? null
                        : Instant.ofEpochMilli(last.at()).toString()));
          });
    }
    return all;
  }

  private static List<Status.PutAside> poison(List<PartitionAsides> asides) {
    record Aside(int partition, EntryId entry, String position, String reason) {}
    List<Aside> all = new ArrayList<>();
    for (PartitionAsides partition : asides) {
      partition
          .newestPoison()
          .forEach(
              (position, reason) -> {
                EntryId entry = EntryId.parse(position.substring(0, position.indexOf('/')));
                all.add(new Aside(partition.partition(), entry, position, reason));
              });
    }
    return all.stream()
        .sorted(Comparator.comparing(Aside::entry).reversed())
        .limit(MOST_POISON)
        .map(
            one ->
                new Status.PutAside(
                    one.partition,
                    one.position,
                    Instant.ofEpochMilli(one.entry.millis()).toString(),
                    one.reason))
        .toList();
  }

  /** Age of the oldest record of any partition that is not folded, in milliseconds. */
  long lagMillis(long now) {
    long lag = 0;
    for (PartitionStatus partition : store.partitions(partitions)) {
      lag = Math.max(lag, lag(partition, now));
    }
    return lag;
  }

  private static Status.Partition row(
      PartitionStatus from, @Nullable String only, @Nullable Long logBytes, long now) {
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
        logBytes,
        from.offset() == null ? Map.of() : from.offset().views());
  }

  private static long lag(PartitionStatus from, long now) {
    return from.oldestPendingMillis() == 0 ? 0 : Math.max(0, now - from.oldestPendingMillis());
  }

  /**
   * The offset counts all that was put aside, the projects' books only what is known to be theirs.
   */
  private static long unreadable(PartitionStatus from) {
    return from.offset() == null
        ? 0
        : Math.max(0, from.offset().poisonous() - tally(from, null).poisonous());
  }

  private static Tally tally(PartitionStatus from, @Nullable String only) {
    if (only != null) {
      return from.folded().getOrDefault(only, Tally.NOTHING);
    }
    return from.folded().values().stream().reduce(Tally.NOTHING, Tally::plus);
  }
}
