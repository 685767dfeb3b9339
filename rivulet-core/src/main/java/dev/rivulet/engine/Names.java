package dev.rivulet.engine;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Command;
import dev.rivulet.view.Reads;
import dev.rivulet.view.Writes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The event names of a project that are counted each for itself: the first {@value
 * Limits#EVENT_NAMES} of the partition. Later ones count together as {@value Limits#OTHER}.
 */
final class Names {
  private final int partition;

  /** The names of each project, each by itself: one instance is quick to look up again. */
  private final Map<String, Map<String, String>> projects = new HashMap<>();

  private final Map<String, List<byte[]>> added = new HashMap<>();

  Names(int partition) {
    this.partition = partition;
  }

  void load(String project, boolean afresh, Reads reads) {
    if (projects.containsKey(project) && !afresh) {
      return;
    }
    Map<String, String> names = projects.computeIfAbsent(project, p -> new HashMap<>());
    reads.wholeHash(
        key(project), stored -> stored.keySet().forEach(name -> names.putIfAbsent(name, name)));
  }

  /** The name under which events called {@code name} are counted. */
  String subject(String project, String name) {
    Map<String, String> names = projects.get(project);
    if (names == null) {
      throw new IllegalStateException("names of project " + project + " are not loaded");
    }
    String known = names.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= Limits.EVENT_NAMES) {
      return Limits.OTHER;
    }
    List<byte[]> pairs = added.computeIfAbsent(project, p -> new ArrayList<>());
    pairs.add(Command.bytes(name));
    pairs.add(Command.bytes(names.size()));
    names.put(name, name);
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
