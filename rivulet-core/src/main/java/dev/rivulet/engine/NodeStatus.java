package dev.rivulet.engine;

import org.jspecify.annotations.Nullable;

/**
 * A node as the store knows it.
 *
 * @param node its id
 * @param silentMillis since when it was not heard, by the store's clock
 * @param report what it told last, null when that is gone
 */
public record NodeStatus(String node, long silentMillis, @Nullable NodeReport report) {
  /** Whether it counts: it was heard within the length of a lease. */
  public boolean live() {
    return silentMillis < Leases.LENGTH.toMillis();
  }
}
