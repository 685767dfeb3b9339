package dev.rivulet.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one partition, read in one transaction.
 *
 * @param appended records ever appended, by project
 * @param folded what became of those folded, by project
 * @param offset how far it is folded, null before the first commit
 * @param entries entries in the log
 * @param oldestPendingMillis when the oldest entry that is not folded was appended, in epoch
 *     milliseconds; 0 when all is folded
 * @param owner the node that holds the lease, null when none does
 */
public record PartitionStatus(
    int partition,
    Map<String, Long> appended,
    Map<String, Tally> folded,
    @Nullable Offset offset,
    long entries,
    long oldestPendingMillis,
    @Nullable String owner) {}
