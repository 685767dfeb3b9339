package dev.rivulet.engine;

import java.util.List;
import java.util.Set;

/** Hears what partition workers do. Called on their threads: be quick and do not throw. */
public interface FoldListener {
  /** A worker took up a partition at {@code offset}. */
  default void opened(int partition, Offset offset) {}

  /** A batch is committed: the numbers of {@code projects} may have changed. */
  default void folded(int partition, Offset offset, Set<String> projects) {}

  /** A record was put aside because a view could not fold it. */
  default void poisoned(int partition, String position, Throwable reason) {}

  /**
   * The store refused a part of a transaction it applied; views of the partition need a rebuild.
   */
  default void damaged(int partition, List<String> errors) {}
}
