package dev.rivulet.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which leases a node takes and gives back, from what every node sees alike: who lives, in
 * order of seniority, and who holds what. Shares differ by one at most and the seniors have the
 * larger ones, so a node that joins or leaves moves no more partitions than it must.
 *
 * <p>A partition that nobody has taken for {@link #ORPHANED} is adopted beyond the share, for
 * {@link #ADOPTED} at a time: the node whose share has room for it may be cut off from that
 * primary. Not thread-safe.
 */
public final class Shares {
  static final Duration ORPHANED = Duration.ofSeconds(3);
  static final Duration ADOPTED = Duration.ofSeconds(30);

  private final int partitions;
  private final String me;
  private final Set<Integer> wanted = new TreeSet<>();
  private final Map<Integer, Long> freeSince = new HashMap<>();
  private final Map<Integer, Long> adoptedAt = new HashMap<>();

  public Shares(int partitions, String me) {
    this.partitions = partitions;
    this.me = me;
  }

  /** What to do now. No partition is in two of the sets. */
  public record Plan(Set<Integer> renew, Set<Integer> giveBack, Set<Integer> take) {}

  /**
   * @param living ids of the nodes heard lately, seniors first
   * @param owners the holder of each partition that could be looked at, null for none
   * @param unseen partitions of this node that could not be looked at
   * @param nowNanos by a clock that nobody sets
   */
  public Plan plan(
      List<String> living,
      Map<Integer, @Nullable String> owners,
      Set<Integer> unseen,
      long nowNanos) {
    var mine = new TreeSet<Integer>();
    var free = new TreeSet<Integer>();
    owners.forEach(
        (partition, owner) -> {
          if (owner == null) {
            free.add(partition);
          } else if (owner.equals(me)) {
            mine.add(partition);
          }
        });
    note(free, mine, nowNanos);
    int share = share(partitions, living, me);
    int held = mine.size() + unseen.size();
    var giveBack = new TreeSet<Integer>();
    for (int partition : mine.descendingSet()) {
      if (held - giveBack.size() <= share + adoptedAt.size()) {
        break;
      }
      if (!adoptedAt.containsKey(partition)) {
        giveBack.add(partition);
      }
    }
    mine.removeAll(giveBack);
    Set<Integer> take = giveBack.isEmpty() ? take(free, share - held, living, nowNanos) : Set.of();
    wanted.clear();
    wanted.addAll(mine);
    wanted.addAll(unseen);
    wanted.addAll(take);
    return new Plan(mine, giveBack, take);
  }

  /** How many partitions a node should have; one that is not in the list is the youngest. */
  static int share(int partitions, List<String> living, String node) {
    int rank = living.indexOf(node);
    int nodes = living.size() + (rank < 0 ? 1 : 0);
    int place = rank < 0 ? living.size() : rank;
    return partitions / nodes + (place < partitions % nodes ? 1 : 0);
  }

  private void note(Set<Integer> free, Set<Integer> mine, long now) {
    freeSince.keySet().retainAll(free);
    free.forEach(partition -> freeSince.putIfAbsent(partition, now));
    adoptedAt.keySet().retainAll(mine);
    adoptedAt.values().removeIf(since -> now - since >= ADOPTED.toNanos());
  }

  private Set<Integer> take(Set<Integer> free, int room, List<String> living, long now) {
    var take = new TreeSet<Integer>();
    if (room > 0) {
      // What this node had first, whose lease ran out while the store was away: it knows it.
      free.stream().filter(wanted::contains).limit(room).forEach(take::add);
      if (!take.isEmpty()) {
        return take;
      }
      List<Integer> inTurn = new ArrayList<>(free);
      // Nodes that start together reach for different ones.
      int start = Math.max(0, living.indexOf(me)) * room;
      for (int i = 0; i < Math.min(room, inTurn.size()); i++) {
        take.add(inTurn.get((start + i) % inTurn.size()));
      }
      return take;
    }
    for (Map.Entry<Integer, Long> since : new TreeMap<>(freeSince).entrySet()) {
      if (now - since.getValue() >= ORPHANED.toNanos()) {
        adoptedAt.put(since.getKey(), now);
        take.add(since.getKey());
        break; // one at a time: others adopt too
      }
    }
    return take;
  }
}
