package dev.rivulet.engine;

import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The books of a partition: a {@link Tally} per project, stored with every commit. */
final class Tallies {
  private final byte[] key;
  private final Map<String, Tally> tallies = new HashMap<>();

  /** What the batch adds. */
  private final Map<String, Added> added = new HashMap<>();

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

  void counted(String project) {
    added(project).counted++;
  }

  void duplicate(String project) {
    added(project).duplicates++;
  }

  void poisonous(String project) {
    added(project).poisonous++;
  }

  private Added added(String project) {
    return added.computeIfAbsent(project, name -> new Added());
  }

  void write(Writes writes) {
    List<byte[]> pairs = new ArrayList<>();
    added.forEach(
        (project, more) -> {
          Tally tally = tallies.merge(project, more.tally(), Tally::plus);
          pairs.add(Command.bytes(project));
          pairs.add(tally.encode());
        });
    writes.hash(key, pairs);
    added.clear();
  }

  private static final class Added {
    private long counted;
    private long duplicates;
    private long poisonous;

    private Tally tally() {
      return new Tally(counted, duplicates, poisonous);
    }
  }
}
