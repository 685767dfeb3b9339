package dev.rivulet.engine;

import dev.rivulet.view.State;
import dev.rivulet.view.View;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The views this process folds. A view's stored state has a generation; a rebuild makes the next
 * one beside it and then switches. Immutable.
 */
public final class ViewSet {
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
    views.forEach(view -> generations.put(id(view), 1));
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
      if (!offset.views().containsKey(id(view))) {
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
}
