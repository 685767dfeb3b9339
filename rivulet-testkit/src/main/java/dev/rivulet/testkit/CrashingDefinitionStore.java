package dev.rivulet.testkit;

import dev.rivulet.definitions.Contents;
import dev.rivulet.definitions.DefinitionStore;
import dev.rivulet.definitions.Registry;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Registries at whose every change the process may die, before it or after it. */
final class CrashingDefinitionStore implements DefinitionStore {
  private final DefinitionStore store;
  private final Supplier<CrashPlan> plan;

  CrashingDefinitionStore(DefinitionStore store, Supplier<CrashPlan> plan) {
    this.store = store;
    this.plan = plan;
  }

  @Override
  public Map<Registry, Long> changes() {
    return store.changes();
  }

  @Override
  public Contents load(Registry registry) {
    return store.load(registry);
  }

  @Override
  public Contents edit(Registry registry, UnaryOperator<Contents> edit) {
    plan.get().pass("before a registry was changed");
    Contents after = store.edit(registry, edit);
    plan.get().pass("after a registry was changed");
    return after;
  }
}
