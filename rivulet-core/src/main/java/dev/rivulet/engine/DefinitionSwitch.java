package dev.rivulet.engine;

import static java.util.Objects.requireNonNull;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.definitions.Registered;
import dev.rivulet.definitions.Registry;
import dev.rivulet.definitions.Revision;
import dev.rivulet.engine.Installed.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a revision answer once every partition has it live, and asks for a new one where a view's
 * version has changed. Whatever it does may be done by several nodes at once. Used by one thread at
 * a time.
 */
public final class DefinitionSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionSwitch.class);

  private final int partitions;
  private final FillStore store;
  private final Definitions definitions;
  private final ViewSet views;

  public DefinitionSwitch(int partitions, FillStore store, Definitions definitions, ViewSet views) {
    this.partitions = partitions;
    this.store = store;
    this.definitions = definitions;
    this.views = views;
  }

  /**
   * Looks once.
   *
   * @param own the partitions of this node; only what is live in all of them is looked up in others
   * @return whether anything was changed
   */
  public boolean look(Collection<DefinitionFill> own) {
    boolean changed = false;
    List<Candidate> candidates = new ArrayList<>();
    for (var entry : definitions.all().entrySet()) {
      Registry registry = entry.getKey();
      if (views.isDefined(registry.room())) {
        int version = views.version(registry.room());
        for (Registered registered : entry.getValue().names().values()) {
          if (registered.newest().version() < version) {
            refill(registry, registered, version);
            changed = true;
          } else {
            addCandidate(registry, registered, version, own, candidates);
          }
        }
      }
    }
    return (!candidates.isEmpty() && switchTo(candidates)) || changed;
  }

  private void refill(Registry registry, Registered registered, int version) {
    String name = registered.name();
    LOG.info("filling '{}' of {} anew for version {}", name, registry.room(), version);
    definitions.refill(registry, name, registered.newest().number());
  }

  private static void addCandidate(
      Registry registry,
      Registered registered,
      int version,
      Collection<DefinitionFill> own,
      List<Candidate> candidates) {
    Revision building = registered.building();
    if (building != null && building.version() == version && !own.isEmpty()) {
      Installed installed = WantedDefinitions.installed(registry, registered.name(), building);
      if (own.stream().allMatch(fill -> fill.isLive(installed.id()))) {
        candidates.add(new Candidate(registry, installed));
      }
    }
  }

  private boolean switchTo(List<Candidate> candidates) {
    List<String> ids = candidates.stream().map(one -> one.installed.id()).toList();
    List<Map<String, Installed>> found = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      found.add(store.installed(partition, ids));
    }
    boolean switched = false;
    for (Candidate candidate : candidates) {
      String id = candidate.installed.id();
      if (found.stream().allMatch(candidate::isLiveIn)) {
        long completeFrom =
            found.stream()
                .mapToLong(partition -> requireNonNull(partition.get(id)).completeFrom())
                .max()
                .orElse(0);
        var definition = candidate.installed.definition();
        definitions.switchTo(
            candidate.registry, definition.name(), definition.revision(), completeFrom);
        switched = true;
      }
    }
    return switched;
  }

  private record Candidate(Registry registry, Installed installed) {
    boolean isLiveIn(Map<String, Installed> partition) {
      Installed there = partition.get(installed.id());
      return there != null && there.stage() == Stage.LIVE && there.sameAs(installed);
    }
  }
}
