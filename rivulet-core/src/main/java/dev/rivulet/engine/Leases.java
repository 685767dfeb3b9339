package dev.rivulet.engine;

import java.time.Duration;
import java.util.Set;

/**
 * Spreads partitions over the nodes that are alive. Correctness never depends on a lease: two
 * owners of one partition fence each other. The store's clock decides.
 */
public interface Leases extends AutoCloseable {
  /** How long a lease lasts without being renewed: what a node that died or hangs leaves idle. */
  Duration LENGTH = Duration.ofSeconds(5);

  /** How often leases are renewed and a node tells that it lives: five tries before it is out. */
  Duration EVERY = Duration.ofSeconds(1);

  /** How long a node that is not heard any more is still told of. */
  Duration REMEMBERED = Duration.ofSeconds(15);

  /**
   * Announces this node, and renews, takes or gives back what it should.
   *
   * @return the partitions that are this node's for {@link #LENGTH}
   */
  Set<Integer> renew();

  /** Gives all of this node's leases back, so that others need not wait. */
  @Override
  void close();
}
