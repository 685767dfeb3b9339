package dev.rivulet.testkit;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.DefinitionFill;
import dev.rivulet.engine.DefinitionSwitch;
import dev.rivulet.engine.FillStore;
import dev.rivulet.engine.ViewSet;
import dev.rivulet.engine.WantedDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is defined in every partition, looked after on one thread. */
final class Defining {
  private final int partitions;
  private final FillStore store;
  private final ViewSet views;
  private final WantedDefinitions wanting;
  private final DefinitionSwitch switching;
  private final Supplier<CrashPlan> plan;
  private final List<DefinitionFill> fills = new ArrayList<>();

  Defining(
      int partitions,
      FillStore store,
      ViewSet views,
      Definitions definitions,
      Supplier<CrashPlan> plan) {
    this.partitions = partitions;
    this.store = store;
    this.views = views;
    this.wanting = new WantedDefinitions(definitions, views);
    this.switching = new DefinitionSwitch(partitions, store, definitions, views);
    this.plan = plan;
  }

  /** One step in each partition; where there is none to do, the switch. */
  boolean step() {
    boolean did = false;
    for (DefinitionFill fill : opened()) {
      did |= fill.step();
    }
    return did || switching.look(fills);
  }

  void restart() {
    fills.forEach(DefinitionFill::close);
    fills.clear();
  }

  private List<DefinitionFill> opened() {
    while (fills.size() < partitions) {
      int partition = fills.size();
      var own = new CrashingDefinitionFillStore(store.definitionFill(partition), plan);
      fills.add(new DefinitionFill(partition, own, views, wanting));
    }
    return fills;
  }
}
