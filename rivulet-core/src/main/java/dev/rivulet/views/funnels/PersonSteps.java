package dev.rivulet.views.funnels;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;

/**
 * What one person did of a funnel: the times of the events that matter, with the steps and
 * exclusions they are, from which {@link Attempts} are made. Sorted by time. Not thread-safe.
 */
public final class PersonSteps {
  /** Occurrences kept of one person: the oldest; {@link #truncated} tells that there are more. */
  public static final int MOST = 2_000;

  /** Nobody's steps yet. */
  public PersonSteps(Funnel funnel) {
    throw new UnsupportedOperationException(funnel.toString());
  }

  /** Reads what {@link #encodeTo} wrote for the same funnel. */
  public static PersonSteps decode(Funnel funnel, ByteReader in) {
    throw new UnsupportedOperationException(funnel.toString() + in.position());
  }

  public void encodeTo(ByteWriter out) {
    throw new UnsupportedOperationException("" + out.length());
  }

  /**
   * Takes in an event, in whatever order they arrive. Where the funnel {@linkplain
   * Funnel#needsEveryEvent needs every event} it must be called for each, with no bits for those
   * that match nothing.
   *
   * @param time when it happened, in epoch milliseconds
   * @param steps the bits of {@link StepMatcher#steps}
   * @param exclusions the bits of {@link StepMatcher#exclusions}
   * @return whether anything changed
   */
  public boolean add(long time, int steps, int exclusions) {
    throw new UnsupportedOperationException("" + time + steps + exclusions);
  }

  /** Occurrences kept. */
  public int size() {
    return 0;
  }

  /** When the occurrence {@code index} happened. */
  public long time(int index) {
    throw new UnsupportedOperationException("" + index);
  }

  public int steps(int index) {
    throw new UnsupportedOperationException("" + index);
  }

  public int exclusions(int index) {
    throw new UnsupportedOperationException("" + index);
  }

  /** Whether there was more than is kept. */
  public boolean truncated() {
    return false;
  }
}
