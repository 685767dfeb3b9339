package dev.rivulet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books: {@code appended = folded + pending} at every moment, {@code received = accepted +
 * duplicates + rejected}.
 *
 * @param received items that arrived
 * @param accepted of these, appended and not found to be duplicates
 * @param appended records in the log since it began
 * @param folded of these, folded into the views, duplicates and poisonous ones included
 * @param pending of these, not yet folded
 * @param duplicates found while folding
 * @param poisonous put aside because a view could not fold them
 * @param rejected refused items by reason
 * @param lagMillis age of the oldest record that is not folded; 0 when all is
 * @param partitions one row per partition
 * @param nodes the server processes that are alive
 * @param filling views being filled from the log, with the part done from 0 to 1
 * @param redis what the store tells of itself
 */
public record Status(
    long received,
    long accepted,
    long appended,
    long folded,
    long pending,
    long duplicates,
    long poisonous,
    Map<String, Long> rejected,
    long lagMillis,
    List<Partition> partitions,
    List<Node> nodes,
    Map<String, Double> filling,
    Map<String, Object> redis) {
  /**
   * One partition's books.
   *
   * @param owner the node that folds it, null while none does
   * @param offset the last folded entry
   * @param entries entries in its log
   * @param views generation by view and version
   */
  public record Partition(
      int partition,
      @Nullable String owner,
      long appended,
      long folded,
      long pending,
      long lagMillis,
      @JsonInclude(Include.NON_NULL) @Nullable String offset,
      long entries,
      Map<String, Integer> views) {}

  /** A server process and the partitions it folds. */
  public record Node(String node, List<Integer> partitions) {}
}
