package dev.rivulet.engine;

import java.time.Duration;
import java.util.Set;

/**
 * Spreads partitions over the nodes that are alive. Correctness never depends on a lease: two
 * owners of one partition fence each other. The store's clock decides.
 */
public interface Leases extends AutoCloseable {
  /**
   * Announces this node and renews or takes what it may have.
   *
   * @param length how long a lease lasts without being renewed
   * @return the partitions that are this node's until then
   */
  Set<Integer> renew(Duration length);

  /** Gives all of this node's leases back, so that others need not wait. */
  @Override
  void close();
}
