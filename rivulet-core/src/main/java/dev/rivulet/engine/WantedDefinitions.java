package dev.rivulet.engine;

import dev.rivulet.definitions.Contents;
import dev.rivulet.definitions.Definitions;
import dev.rivulet.definitions.Registered;
import dev.rivulet.definitions.Registry;
import dev.rivulet.definitions.Revision;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.view.Definition;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every partition is to have, as the registries say it. Thread-safe. */
public final class WantedDefinitions {
  private static final Logger LOG = LoggerFactory.getLogger(WantedDefinitions.class);

  private final Definitions definitions;
  private final ViewSet views;
  private volatile Wanted last = new Wanted(Map.of(), Map.of(), Map.of());

  public WantedDefinitions(Definitions definitions, ViewSet views) {
    this.definitions = definitions;
    this.views = views;
  }

  /**
   * What the registries say.
   *
   * @param registries what they hold
   * @param listed all that they list, by {@link Installed#id}
   * @param foldable of these, what this process can keep up to date
   */
  record Wanted(
      Map<Registry, Contents> registries,
      Map<String, Installed> listed,
      Map<String, Installed> foldable) {
    boolean lists(Installed installed) {
      Installed entry = listed.get(installed.id());
      return entry != null && entry.sameAs(installed);
    }

    boolean folds(Installed installed) {
      Installed entry = foldable.get(installed.id());
      return entry != null && entry.sameAs(installed);
    }
  }

  /** What they said lately. */
  Wanted lately() {
    return of(definitions.all());
  }

  /** What they say now. */
  Wanted now() {
    return of(definitions.refresh());
  }

  private Wanted of(Map<Registry, Contents> registries) {
    Wanted known = last;
    if (known.registries != registries) {
      known = read(registries);
      last = known;
    }
    return known;
  }

  private Wanted read(Map<Registry, Contents> registries) {
    Map<String, Installed> listed = new HashMap<>();
    Map<String, Installed> foldable = new HashMap<>();
    registries.forEach(
        (registry, contents) -> {
          for (Registered registered : contents.names().values()) {
            for (Revision revision : registered.revisions()) {
              Installed installed = installed(registry, registered.name(), revision);
              listed.put(installed.id(), installed);
              if (isFoldable(installed)) {
                foldable.put(installed.id(), installed);
              }
            }
          }
        });
    return new Wanted(registries, listed, foldable);
  }

  private boolean isFoldable(Installed installed) {
    try {
      return views.folds(installed);
    } catch (RuntimeException e) {
      Definition definition = installed.definition();
      LOG.error(
          "'{}' of {} in project {} cannot be kept up to date by this version; define it anew: {}",
          definition.name(),
          installed.room(),
          definition.project(),
          e.getMessage());
      return false;
    }
  }

  static Installed installed(Registry registry, String name, Revision revision) {
    var definition = new Definition(registry.project(), name, revision.number(), revision.body());
    return new Installed(
        registry.room(), revision.version(), definition, Stage.FILLING, revision.completeFrom());
  }
}
