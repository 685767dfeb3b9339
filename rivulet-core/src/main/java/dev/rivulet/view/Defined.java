package dev.rivulet.view;

import org.jspecify.annotations.Nullable;

/**
 * A definition as a query finds it; one of {@code live} and {@code building} is there at least.
 *
 * @param live the revision that answers; null until the first is filled
 * @param building the revision that is being filled and then takes its place; null when none is
 * @param progress how much of {@code building} is filled, from 0 to 1; 1 when there is none
 * @param completeFrom the time of events, in epoch milliseconds, from which the numbers of {@code
 *     live} are complete; 0 when nothing was missing from the log it was filled from. Without
 *     {@code live} it is what is known so far of {@code building}
 */
public record Defined(
    @Nullable Definition live, @Nullable Definition building, double progress, long completeFrom) {
  /** The revision that was asked for last. */
  public Definition newest() {
    Definition newest = building != null ? building : live;
    if (newest == null) {
      throw new IllegalStateException("nothing is defined");
    }
    return newest;
  }
}
