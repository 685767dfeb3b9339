package dev.rivulet.boards;

import org.jspecify.annotations.Nullable;

/** Where boards are kept. Thread-safe; every method throws when it cannot be reached. */
public interface BoardStore {
  /** The boards of a project. */
  Shelf shelf(String project);

  /** One board, or null. */
  @Nullable StoredBoard find(String project, String name);

  /**
   * Changes one board and the shelf in one transaction, if the shelf is still what {@code seen}
   * says. If this throws for want of a reply, the change may have been made or not.
   *
   * @param board what is to stand under {@code name}; null takes it away
   * @return false when somebody else was quicker, and nothing was changed
   */
  boolean store(String project, Shelf seen, Shelf next, String name, @Nullable StoredBoard board);
}
