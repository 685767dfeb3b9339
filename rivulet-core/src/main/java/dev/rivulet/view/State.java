package dev.rivulet.view;

import java.util.List;

/**
 * One view's state of one partition, held by the partition's owner. Used by one thread. When
 * anything is in doubt the owner drops it and opens a new one, so it must be able to start from
 * what is stored at any time.
 */
public interface State {
  /**
   * Asks for whatever folding {@code batch} needs and memory does not hold. The reads are done in
   * one round trip before {@link #fold}.
   */
  void load(List<Occurrence> batch, Reads reads);

  /**
   * Asks for what can be known to be needed only now that {@link #load} has read what it asked for.
   * That costs a second round trip, and none when no view asks for anything: a view asks here for
   * what memory mostly holds.
   */
  default void loadMore(List<Occurrence> batch, Reads reads) {}

  /**
   * Folds one event: no clock, no random, no I/O, so that a replay gives the same state.
   *
   * @throws RuntimeException when this event cannot be folded; it is then put aside with its reason
   */
  void fold(Occurrence occurrence);

  /** Hands over what has changed since the last call, and lets go of what memory need not hold. */
  void write(Writes writes);
}
