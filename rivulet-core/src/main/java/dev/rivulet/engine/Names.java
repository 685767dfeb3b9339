package dev.rivulet.engine;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The event names of a project that are counted each for itself: the first {@value
 * Limits#EVENT_NAMES} of the partition. Later ones count together as {@value Limits#OTHER}.
 */
final class Names {
  private final int partition;
  private final Map<String, Set<String>> projects = new HashMap<>();
  private final Map<String, List<byte[]>> added = new HashMap<>();

  Names(int partition) {
    this.partition = partition;
  }

  void load(String project, boolean afresh, Reads reads) {
    if (projects.containsKey(project) && !afresh) {
      return;
    }
    Set<String> names = projects.computeIfAbsent(project, p -> new HashSet<>());
    reads.wholeHash(key(project), stored -> names.addAll(stored.keySet()));
  }

  /** The name under which events called {@code name} are counted. */
  String subject(String project, String name) {
    Set<String> names = projects.get(project);
    if (names == null) {
      throw new IllegalStateException("names of project " + project + " are not loaded");
    }
    if (names.contains(name)) {
      return name;
    }
    if (names.size() >= Limits.EVENT_NAMES) {
      return Limits.OTHER;
    }
    List<byte[]> pairs = added.computeIfAbsent(project, p -> new ArrayList<>());
    pairs.add(Command.bytes(name));
    pairs.add(Command.bytes(names.size()));
    names.add(name);
    return name;
  }

  void write(Writes writes) {
    added.forEach((project, pairs) -> writes.hash(key(project), pairs));
    added.clear();
  }

  private byte[] key(String project) {
    return Keys.of(partition, "names", project);
  }
}
