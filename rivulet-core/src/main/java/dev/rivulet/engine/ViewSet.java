package dev.rivulet.engine;

import static java.util.Objects.requireNonNull;

import dev.rivulet.definitions.Definitions;
import dev.rivulet.engine.Installed.Stage;
import dev.rivulet.view.DefinedView;
import dev.rivulet.view.Definition;
import dev.rivulet.view.Scope;
import dev.rivulet.view.State;
import dev.rivulet.view.View;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The views this process folds. A view's stored state has a generation; a rebuild makes the next
 * one beside it and then switches. Immutable.
 */
public final class ViewSet implements Definitions.Rooms {
  private static final Pattern NAME = Pattern.compile("[a-z]{2,20}");
  private static final Set<String> TAKEN =
      Set.of(
          "log",
          "trimmed",
          "appended",
          "folded",
          "offset",
          "persons",
          "users",
          "erasing",
          "erasures",
          "rewrite",
          "names",
          "ids",
          "dropped",
          "poison",
          "lease",
          "nodes",
          "partitions",
          "fills",
          "defined",
          "definitions",
          "filling",
          "generations",
          "projects",
          "keys",
          "refusals",
          "installation");

  private final List<View> views;
  private final Function<String, ZoneId> zones;

  /**
   * @throws IllegalArgumentException when two views share a name or one has a name that cannot be
   */
  public ViewSet(List<View> views, Function<String, ZoneId> zones) {
    var seen = new HashSet<String>();
    for (View view : views) {
      String name = view.name();
      if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
        throw new IllegalArgumentException(
            "view name '" + name + "' is taken or not 2 to 20 letters a to z");
      }
      if (!seen.add(name)) {
        throw new IllegalArgumentException("two views are named '" + name + "'");
      }
    }
    this.views = List.copyOf(views);
    this.zones = zones;
  }

  /** The stored name of a view in this version. */
  public static String id(View view) {
    return view.name() + "/" + view.version();
  }

  public List<View> views() {
    return views;
  }

  /**
   * @throws IllegalArgumentException naming the view and those that exist
   */
  public View named(String name) {
    return views.stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no view '"
                        + name
                        + "'; there are "
                        + String.join(", ", views.stream().map(View::name).toList())));
  }

  /** On an empty log every view starts up to date. */
  Map<String, Integer> freshGenerations() {
    var generations = new TreeMap<String, Integer>();
    for (View view : views) {
      if (!(view instanceof DefinedView)) {
        generations.put(id(view), 1);
      }
    }
    return generations;
  }

  /** {@code stored} with those views only that this process folds and so keeps up to date. */
  Offset kept(Offset stored) {
    var kept = new TreeMap<>(stored.views());
    kept.keySet().retainAll(freshGenerations().keySet());
    return kept.size() == stored.views().size() ? stored : stored.with(kept);
  }

  /** The views that are not up to date at {@code offset} and have to be filled from the log. */
  List<View> missing(Offset offset) {
    var missing = new ArrayList<View>();
    for (View view : views) {
      if (!(view instanceof DefinedView) && !offset.views().containsKey(id(view))) {
        missing.add(view);
      }
    }
    return missing;
  }

  /** Opens the state of each view that has a generation. */
  Map<View, State> open(int partition, Map<String, Integer> generations) {
    var states = new LinkedHashMap<View, State>();
    for (View view : views) {
      Integer generation = generations.get(id(view));
      if (generation != null) {
        states.put(view, open(partition, view, generation));
      }
    }
    return states;
  }

  State open(int partition, View view, int generation) {
    return view.open(Keys.scope(partition, view.name(), generation, zones));
  }

  /** Opens the state of {@code definitions}, all of views that {@link #folds} them. */
  Map<View, State> open(int partition, Collection<Installed> definitions) {
    var states = new LinkedHashMap<View, State>();
    for (View view : views) {
      if (view instanceof DefinedView defined) {
        List<Definition> own = new ArrayList<>();
        for (Installed installed : definitions) {
          if (installed.room().equals(view.name())) {
            own.add(installed.definition());
          }
        }
        if (!own.isEmpty()) {
          states.put(view, defined.open(scope(partition, view.name()), own));
        }
      }
    }
    return states;
  }

  /**
   * Whether this process can keep a definition up to date.
   *
   * @throws RuntimeException when the view cannot open it
   */
  boolean folds(Installed installed) {
    DefinedView view = defined(installed.room());
    if (view == null || view.version() != installed.version()) {
      return false;
    }
    view.open(scope(0, installed.room()), List.of(installed.definition()));
    return true;
  }

  /** The keys of a definition's state in one partition; none when its view is not known here. */
  List<byte[]> keys(int partition, Installed installed) {
    DefinedView view = defined(installed.room());
    return view == null
        ? List.of()
        : view.keys(scope(partition, installed.room()), installed.definition());
  }

  /** Whether {@code room} is a view in which things are defined. */
  public boolean isDefined(String room) {
    return defined(room) != null;
  }

  @Override
  public int version(String room) {
    DefinedView view = defined(room);
    if (view == null) {
      throw new IllegalArgumentException(
          "nothing can be defined in '"
              + room
              + "', only in "
              + String.join(", ", views.stream().map(View::name).filter(this::isDefined).toList()));
    }
    return view.version();
  }

  @Override
  public void check(String room, Definition definition) {
    requireNonNull(zones.apply(definition.project()), "a project that exists has a zone");
    folds(new Installed(room, version(room), definition, Stage.FILLING, 0));
  }

  private @Nullable DefinedView defined(String room) {
    for (View view : views) {
      if (view.name().equals(room) && view instanceof DefinedView defined) {
        return defined;
      }
    }
    return null;
  }

  /** A revision has state of its own, so the state of a defined view needs no generations. */
  private Scope scope(int partition, String room) {
    return Keys.scope(partition, room, 1, zones);
  }
}
