package dev.rivulet.definitions;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One registry at one moment. Immutable.
 *
 * @param lastRevision the greatest revision number that was ever given, 0 before the first
 * @param names what is defined, by name
 */
public record Contents(int lastRevision, SortedMap<String, Registered> names) {
  /** Before anything is defined. */
  public static final Contents EMPTY = new Contents(0, new TreeMap<>());

  public Contents {
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  Contents with(int last, Registered changed) {
    var all = new TreeMap<>(names);
    all.put(changed.name(), changed);
    return new Contents(last, all);
  }

  Contents without(String name) {
    var all = new TreeMap<>(names);
    all.remove(name);
    return new Contents(lastRevision, all);
  }
}
