package dev.rivulet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes that see the same leases, round by round. */
class SharesTest {
  private static final long SECOND = 1_000_000_000;

  private final Map<String, Shares> nodes = new LinkedHashMap<>();
  private final Map<Integer, @Nullable String> owners = new TreeMap<>();
  private long now;

  @Test
  void loneNode_takesAllAtOnce() {
    partitions(4);
    join("a");
    round();
    assertEquals(Map.of("a", 4), held());
  }

  @Test
  void nodeThatJoins_getsItsShare_andNothingElseMoves() {
    partitions(8);
    join("a");
    join("b");
    settle();
    Map<Integer, @Nullable String> before = new HashMap<>(owners);
    join("c");
    settle();
    assertEquals(Map.of("a", 3, "b", 3, "c", 2), held());
    long moved = owners.keySet().stream().filter(p -> !same(before.get(p), owners.get(p))).count();
    assertEquals(2, moved);
  }

  @Test
  void nodeThatLeaves_leavesToAll() {
    partitions(6);
    List.of("a", "b", "c").forEach(this::join);
    settle();
    leave("b");
    settle();
    assertEquals(Map.of("a", 3, "c", 3), held());
  }

  @Test
  void moreNodesThanPartitions_oneEach_forTheSeniors() {
    partitions(2);
    List.of("d", "c", "b", "a").forEach(this::join);
    settle();
    assertEquals(Map.of("d", 1, "c", 1), held());
    leave("d");
    settle();
    assertEquals(Map.of("c", 1, "b", 1), held());
  }

  @Test
  void membersThatComeAndGo_settleEvenly_withoutFlapping() {
    long seed = new Random().nextLong();
    System.out.println("SharesTest seed " + seed);
    var random = new Random(seed);
    partitions(1 + random.nextInt(30));
    join("n0");
    for (int i = 1; i < 200; i++) {
      if (nodes.size() > 1 && random.nextBoolean()) {
        leave(new ArrayList<>(nodes.keySet()).get(random.nextInt(nodes.size())));
      } else {
        join("n" + i);
      }
      if (random.nextInt(3) == 0) {
        continue; // two changes at once
      }
      settle();
      var counts = new ArrayList<Integer>();
      nodes.keySet().forEach(node -> counts.add(held().getOrDefault(node, 0)));
      int most = counts.stream().mapToInt(n -> n).max().orElseThrow();
      int least = counts.stream().mapToInt(n -> n).min().orElseThrow();
      assertTrue(most - least <= 1, () -> "seed " + seed + ": " + held());
      assertEquals(owners.size(), counts.stream().mapToInt(n -> n).sum(), "seed " + seed);
      Map<Integer, @Nullable String> settled = new HashMap<>(owners);
      for (int rounds = 0; rounds < 5; rounds++) {
        round();
        assertEquals(settled, owners, "seed " + seed);
      }
    }
  }

  @Test
  void partitionThatItsNodeCannotReach_isAdoptedByAnother() {
    partitions(4);
    join("a");
    join("b");
    settle();
    int lost = owners.keySet().stream().filter(p -> "b".equals(owners.get(p))).findFirst().get();
    for (int rounds = 0; rounds < 40 && !"a".equals(owners.get(lost)); rounds++) {
      owners.put(lost, null); // b has room for it and never gets it
      now += SECOND;
      move("a", Set.of());
      move("b", Set.of(lost));
    }
    assertEquals("a", owners.get(lost));
    move("a", Set.of());
    assertEquals("a", owners.get(lost), "kept for a while");
    for (int rounds = 0; rounds < 60; rounds++) {
      round();
    }
    assertEquals(Map.of("a", 2, "b", 2), held(), "given back once it can be reached");
  }

  @Test
  void leasesThatRanOut_goToWhoHadThem() {
    partitions(9);
    List.of("a", "b", "c").forEach(this::join);
    settle();
    Map<Integer, @Nullable String> before = new HashMap<>(owners);
    owners.replaceAll((partition, owner) -> null); // the store was away for longer
    round();
    assertEquals(before, owners);
  }

  @Test
  void partitionsThatCannotBeSeen_count() {
    partitions(2);
    join("a");
    join("b");
    var shares = nodes.get("a");
    owners.remove(1); // its primary is down, a held it
    var plan = shares.plan(List.of("a", "b"), owners, Set.of(1), now);
    assertEquals(Set.of(), plan.take());
  }

  private void partitions(int count) {
    for (int partition = 0; partition < count; partition++) {
      owners.put(partition, null);
    }
  }

  private void join(String node) {
    nodes.put(node, new Shares(owners.size(), node));
  }

  private void leave(String node) {
    nodes.remove(node);
    owners.replaceAll((partition, owner) -> node.equals(owner) ? null : owner);
  }

  private void settle() {
    for (int rounds = 0; rounds < 6; rounds++) {
      round();
    }
  }

  /** A second, in which each node has its turn. */
  private void round() {
    now += SECOND;
    List.copyOf(nodes.keySet()).forEach(node -> move(node, Set.of()));
  }

  private void move(String node, Set<Integer> outOfReach) {
    Map<Integer, @Nullable String> seen = new TreeMap<>(owners);
    seen.keySet().removeAll(outOfReach);
    var plan = nodes.get(node).plan(List.copyOf(nodes.keySet()), seen, Set.of(), now);
    plan.giveBack().forEach(partition -> owners.put(partition, null));
    plan.take().forEach(partition -> owners.put(partition, node));
  }

  private Map<String, Integer> held() {
    var held = new TreeMap<String, Integer>();
    owners.values().stream().filter(o -> o != null).forEach(o -> held.merge(o, 1, Integer::sum));
    return held;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && one.equals(other);
  }
}
