package dev.rivulet.boards;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The boards of a project without what is on them.
 *
 * @param lastRevision the newest revision of any board, deleted ones included
 * @param boards by name
 */
public record Shelf(int lastRevision, SortedMap<String, Entry> boards) {
  public static final Shelf EMPTY = new Shelf(0, new TreeMap<>());

  /**
   * One board.
   *
   * @param updatedAt in epoch milliseconds
   */
  public record Entry(String title, int revision, int tiles, long updatedAt) {}

  public Shelf {
    boards = Collections.unmodifiableSortedMap(new TreeMap<>(boards));
  }

  Shelf with(String name, Entry entry) {
    var changed = new TreeMap<>(boards);
    changed.put(name, entry);
    return new Shelf(entry.revision(), changed);
  }

  Shelf without(String name) {
    var changed = new TreeMap<>(boards);
    changed.remove(name);
    return new Shelf(lastRevision, changed);
  }
}
