package dev.rivulet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The books: {@code appended = folded + pending} at every moment, {@code received = accepted +
 * duplicates + rejected}. Times are ISO-8601 in UTC.
 *
 * @param at when it was read
 * @param received items that arrived
 * @param accepted of these, appended and not found to be duplicates
 * @param appended records in the log since it began
 * @param folded of these, folded into the views, duplicates and poisonous ones included
 * @param pending of these, not yet folded
 * @param duplicates found while folding
 * @param poisonous put aside because a view could not fold them
 * @param unreadable entries of the log that cannot be read, so that nobody knows whose records they
 *     held: of the whole server, and what they held stays in {@code pending}
 * @param rejected refused items by reason
 * @param refusals the newest refusal of each reason
 * @param poison of those put aside the newest, at most 100, newest first
 * @param overflow what has more names, tags or nodes than are told apart, at most 100 rows
 * @param lagMillis age of the oldest record that is not folded; 0 when all is
 * @param partitions one row per partition
 * @param nodes the server processes, seniors first
 * @param filling views being filled from the log by any node, with the part done from 0 to 1
 * @param warnings what somebody should look at
 * @param redis what the store tells of itself
 */
public record Status(
    String at,
    long received,
    long accepted,
    long appended,
    long folded,
    long pending,
    long duplicates,
    long poisonous,
    long unreadable,
    Map<String, Long> rejected,
    List<Refused> refusals,
    List<PutAside> poison,
    List<Overflow> overflow,
    long lagMillis,
    List<Partition> partitions,
    List<Node> nodes,
    Map<String, Double> filling,
    List<Warning> warnings,
    Map<String, Object> redis) {
  /**
   * One partition's books.
   *
   * @param owner the node that folds it, null while none does
   * @param offset the last folded entry
   * @param entries entries in its log
   * @param logBytes memory that its log takes, estimated by the store; null when it does not tell
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
      @JsonInclude(Include.NON_NULL) @Nullable Long logBytes,
      Map<String, Integer> views) {}

  /**
   * A server process and the partitions it folds.
   *
   * @param node its id, which no other has
   * @param name what it is called
   * @param live whether it was heard within the length of a lease; else it is silent
   * @param silentMillis since when it was not heard
   * @param address where it listens; null when nothing does
   * @param clockSkewMillis how far its clock is ahead of the store's
   * @param clockCorrected whether it corrects its clock by that
   * @param subscribers live streams
   * @param appended events appended by this process
   * @param folded records folded by this process
   * @param filling views it fills
   */
  @JsonInclude(Include.NON_NULL)
  public record Node(
      String node,
      String name,
      boolean live,
      @Nullable Long silentMillis,
      List<Integer> partitions,
      @Nullable String startedAt,
      @Nullable String version,
      @Nullable String address,
      @Nullable Long clockSkewMillis,
      @Nullable Boolean clockCorrected,
      @Nullable Long heapUsedBytes,
      @Nullable Long heapMaxBytes,
      @Nullable Integer subscribers,
      @Nullable Long appended,
      @Nullable Long folded,
      @Nullable Map<String, Double> filling) {}

  /**
   * The newest refusal of a reason in a project.
   *
   * @param count refused for this reason since the project began
   * @param detail what was wrong with the last one
   * @param time when that was
   */
  @JsonInclude(Include.NON_NULL)
  public record Refused(
      String project, String reason, long count, @Nullable String detail, @Nullable String time) {}

  /**
   * A record that is not counted because a view could not fold it.
   *
   * @param position entry of the log and place in it; -1 for a whole entry
   * @param time when it was appended
   */
  public record PutAside(int partition, String position, String time, String reason) {}

  /**
   * Something more varied than is told apart; the rest of it counts as {@code $other}.
   *
   * @param room {@code events} when there are too many names of events, {@code metrics} when a
   *     metric has too many series, values of a tag or nodes, or there are too many metrics
   * @param name the metric, absent for events
   */
  public record Overflow(
      String project, String room, @JsonInclude(Include.NON_NULL) @Nullable String name) {}

  /**
   * Something to look at.
   *
   * @param kind {@code clock_skew}, {@code same_name}, {@code silent_node}, {@code no_owner},
   *     {@code poison}, {@code overflow}, {@code memory} or {@code versions}
   * @param detail what it is and what to do about it
   */
  public record Warning(String kind, String detail) {}
}
