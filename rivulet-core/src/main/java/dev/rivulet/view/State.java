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
   * Asks for what only {@link #load} and its reads have shown to be needed, in one more round trip.
   * Called once, and then again until no view asks for more; so it must be no different twice. For
   * what memory mostly holds: a usual batch should be content with {@link #load}.
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
