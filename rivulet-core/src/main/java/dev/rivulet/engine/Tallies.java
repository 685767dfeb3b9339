package dev.rivulet.engine;

import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The books of a partition: a {@link Tally} per project, stored with every commit. */
final class Tallies {
  private final byte[] key;
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Set<String> changed = new HashSet<>();
  private boolean loaded;

  Tallies(int partition) {
    this.key = Keys.folded(partition);
  }

  void load(Reads reads) {
    if (!loaded) {
      loaded = true;
      reads.wholeHash(
          key,
          stored -> stored.forEach((project, tally) -> tallies.put(project, Tally.decode(tally))));
    }
  }

  void add(String project, Tally more) {
    tallies.merge(project, more, Tally::plus);
    changed.add(project);
  }

  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    for (String project : changed) {
      pairs.add(Command.bytes(project));
      pairs.add(tallies.getOrDefault(project, Tally.NOTHING).encode());
    }
    writes.hash(key, pairs);
    changed.clear();
  }
}
