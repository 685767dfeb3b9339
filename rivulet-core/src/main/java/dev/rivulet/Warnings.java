package dev.rivulet;

import dev.rivulet.Status.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of the {@link Status} somebody should look at, in words. */
final class Warnings {
  private static final long SKEW_MILLIS = 1_000;

  /** A beat is due each second; one that is late says that the node may just have been replaced. */
  private static final long BEATING_MILLIS = 2_500;

  private static final double FULL = 0.9;

  private Warnings() {}

  static List<Warning> of(
      List<Status.Node> nodes,
      List<Status.Partition> partitions,
      long poisonous,
      long unreadable,
      List<Status.Overflow> overflow,
      Map<String, Object> redis) {
    List<Warning> all = new ArrayList<>();
    clocks(nodes, all);
    names(nodes, all);
    for (Status.Node node : nodes) {
      Long silent = node.silentMillis();
      if (!node.live() && silent != null) {
        String since = inWords(silent);
        all.add(
            new Warning(
                "silent_node",
                node.node()
                    + " was not heard for "
                    + since
                    + ": it has died, hangs or cannot reach the store. Its partitions go to others"));
      }
    }
    versions(nodes, all);
    List<Integer> idle =
        partitions.stream().filter(p -> p.owner() == null).map(p -> p.partition()).toList();
    if (!idle.isEmpty()) {
      all.add(
          new Warning(
              "no_owner",
              "nobody folds partition"
                  + (idle.size() == 1 ? " " + idle.get(0) : "s " + idle)
                  + "; events are kept and a node should take over within seconds"));
    }
    if (poisonous > 0) {
      all.add(
          new Warning(
              "poison",
              poisonous
                  + (poisonous == 1 ? " record was" : " records were")
                  + " put aside and not counted because a view could not fold them; the reasons are"
                  + " in 'poison'"));
    }
    if (unreadable > 0) {
      all.add(
          new Warning(
              "poison",
              unreadable
                  + (unreadable == 1 ? " entry" : " entries")
                  + " of the log cannot be read; whose events were in there is unknown, and they"
                  + " stay in 'pending'; the reasons are in 'poison'"));
    }
    overflow(overflow, all);
    memory(redis, all);
    return all;
  }

  private static void overflow(List<Status.Overflow> overflow, List<Warning> all) {
    if (overflow.isEmpty()) {
      return;
    }
    List<String> named =
        overflow.stream()
            .limit(3)
            .map(one -> one.name() == null ? "the names of events" : "metric " + one.name())
            .toList();
    all.add(
        new Warning(
            "overflow",
            String.join(", ", named)
                + (overflow.size() > named.size() ? " and others" : "")
                + (overflow.size() == 1 && overflow.get(0).name() != null ? " has" : " have")
                + " more different names, tags or nodes than are told apart: the rest counts as"
                + " $other. Send route templates rather than raw paths, and no ids in tags"));
  }

  private static void clocks(List<Status.Node> nodes, List<Warning> all) {
    for (Status.Node node : nodes) {
      Long skew = node.clockSkewMillis();
      if (skew != null && Math.abs(skew) >= SKEW_MILLIS) {
        String what =
            "the clock of "
                + node.node()
                + " is "
                + inWords(Math.abs(skew))
                + (skew > 0 ? " ahead of" : " behind")
                + " the store's";
        String then =
            Boolean.TRUE.equals(node.clockCorrected())
                ? ". What it receives is dated by the store's clock; set the clock right"
                : ". Its application hands in the time, which is taken as it is";
        all.add(new Warning("clock_skew", what + then));
      }
    }
  }

  private static void names(List<Status.Node> nodes, List<Warning> all) {
    var byName = new TreeMap<String, List<String>>();
    for (Status.Node node : nodes) {
      Long silent = node.silentMillis();
      if (silent != null && silent < BEATING_MILLIS) {
        byName.computeIfAbsent(node.name(), n -> new ArrayList<>()).add(node.node());
      }
    }
    byName.forEach(
        (name, ids) -> {
          if (ids.size() > 1) {
            all.add(
                new Warning(
                    "same_name",
                    ids.size()
                        + " nodes are called "
                        + name
                        + ": "
                        + String.join(", ", ids)
                        + ". They work, but give each a name of its own (--node) to tell them"
                        + " apart"));
          }
        });
  }

  private static void versions(List<Status.Node> nodes, List<Warning> all) {
    var versions = new TreeSet<String>();
    nodes.stream().map(Status.Node::version).filter(Objects::nonNull).forEach(versions::add);
    if (versions.size() > 1) {
      all.add(
          new Warning(
              "versions",
              "the nodes are of the versions "
                  + String.join(" and ", versions)
                  + "; that is fine while they are replaced one by one"));
    }
  }

  private static void memory(Map<String, Object> redis, List<Warning> all) {
    if (!(redis.get("primaries") instanceof List<?> primaries)) {
      return;
    }
    for (Object primary : primaries) {
      if (primary instanceof Map<?, ?> told
          && told.get("usedMemory") instanceof Long used
          && told.get("maxmemory") instanceof Long most
          && most > 0
          && used >= FULL * most) {
        String full =
            used >= most
                ? "is full"
                : "has %d %% in use".formatted(Math.round(100.0 * used / most));
        all.add(
            new Warning(
                "memory",
                "the memory of Redis at "
                    + told.get("address")
                    + " "
                    + full
                    + "; while it is full, events are refused with 503"));
      }
    }
  }

  private static String inWords(long millis) {
    var length = Duration.ofMillis(millis);
    if (length.toMinutes() < 2) {
      return length.toSeconds() + " s";
    }
    return length.toHours() < 2 ? length.toMinutes() + " min" : length.toHours() + " h";
  }
}
