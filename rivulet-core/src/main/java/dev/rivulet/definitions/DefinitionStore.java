package dev.rivulet.definitions;

import java.util.Map;
import java.util.function.UnaryOperator;

/** Where definitions are kept. Thread-safe; every method throws when it cannot be reached. */
public interface DefinitionStore {
  /** The registries that ever held anything, with a number that grows with each change. */
  Map<Registry, Long> changes();

  /** What a registry holds now. */
  Contents load(Registry registry);

  /**
   * Changes a registry in one transaction. {@code edit} may be called several times, when others
   * change it too; what it throws is thrown on, and nothing is changed then. When it gives back
   * what it got, nothing is written. If this throws for want of a reply, the change may have been
   * made or not.
   *
   * @return what is stored afterwards
   */
  Contents edit(Registry registry, UnaryOperator<Contents> edit);
}
