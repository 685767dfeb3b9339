package dev.rivulet.policies;

/** The storage that a {@link LogKeeper} watches over. Used by one thread. */
public interface LogStorage {
  /** Part of the allowed memory in use where {@code partition} lives; 0 where none is set. */
  double memoryUsed(int partition);

  /**
   * Removes the oldest entries of a partition's log, those only that every fold of it has folded,
   * the fills under way included.
   *
   * @param part of the folded entries to remove, from 0 to 1
   * @return how many were removed
   */
  long trimOldest(int partition, double part);
}
