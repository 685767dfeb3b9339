package dev.rivulet.live;

import java.util.Set;

/**
 * How nodes tell each other whose numbers changed. A hint, never the truth: a message may be lost,
 * late, doubled or forged, and all it does is that questions are asked again. Thread-safe.
 */
public interface Changes extends AutoCloseable {
  /**
   * Tells the other nodes, soon and several changes at once, that a fold of {@code partition}
   * changed numbers of {@code projects}. Never blocks and never throws.
   */
  void tell(int partition, Set<String> projects);

  @Override
  void close();

  /** Hears what other nodes tell, on a thread that must not be held up. */
  interface Listener {
    /** The numbers of {@code projects} may have changed. */
    void changed(Set<String> projects);

    /** Messages may have been missed: any number may have changed. */
    void changedAll();
  }
}
