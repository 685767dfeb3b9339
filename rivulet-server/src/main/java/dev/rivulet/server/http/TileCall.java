package dev.rivulet.server.http;

import dev.rivulet.boards.Tile;
import dev.rivulet.boards.TileKind;
import dev.rivulet.time.Range;
import dev.rivulet.time.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The calls that a tile makes on its page: its query, over the range of the board, with a step for
 * the chart, and what its kind needs besides. Immutable.
 *
 * @param variables the values in the path, decoded
 * @param own the query's own parameters, decoded
 */
record TileCall(
    TileKind kind, boolean compares, Routes.Route route, List<String> variables, Parameters own) {
  private static final Set<String> RANGE = Set.of("last", "from", "to");

  /** What the reader brings along, whatever is asked. */
  private static final Set<String> READERS = Set.of("key", "project");

  /** The percentiles of a band chart, which asks for one after the other. */
  private static final Set<String> BANDS = Set.of("p50", "p90", "p99");

  /** The page's clock, and that it asks for what went before once a minute. */
  private static final long TOLERANCE_MILLIS = Duration.ofMinutes(2).toMillis();

  private static final Duration UNUSED = Duration.ofDays(1);

  static TileCall of(Tile tile, Routes.Match match, Parameters own) {
    boolean compares =
        tile.kind() == TileKind.NUMBER && !Boolean.FALSE.equals(tile.options().compare());
    return new TileCall(tile.kind(), compares, match.route(), match.variables(), own);
  }

  /** Whether {@code given} on {@code asked} is one of the tile's calls when it is {@code now}. */
  boolean covers(Routes.Route asked, List<String> values, Parameters given, long now) {
    if (asked.number() != route.number() || !values.equals(variables)) {
      return false;
    }
    Map<String, String> wanted = rest(own);
    Map<String, String> rest = rest(given);
    if (kind == TileKind.PERCENTILES
        && route.template().equals("/api/v1/metrics/{name}")
        && BANDS.contains(rest.getOrDefault("stat", ""))) {
      wanted.remove("stat");
      rest.remove("stat");
    }
    for (String chosen : List.of("step", "tz")) {
      if (!wanted.containsKey(chosen)) {
        rest.remove(chosen);
      }
    }
    if (route.template().equals("/api/v1/performance") && !wanted.containsKey("limit")) {
      rest.remove("limit", "1"); // the page leaves out what it does not draw
    }
    return rest.equals(wanted) && coversRange(given, now);
  }

  /** A range of the tile's own is asked as it is, or for a trend with the stretch before it. */
  private boolean coversRange(Parameters given, long now) {
    if (!isPinned(own) || !isPinned(given)) {
      return true; // where the call has a range, one that is left out is the call's usual one
    }
    try {
      Range ownRange = own.range(UNUSED, now);
      Range asked = given.range(UNUSED, now);
      return ownRange.equals(asked) || compares && isBefore(ownRange.at(now), asked.at(now));
    } catch (Problem noRange) {
      return false;
    }
  }

  private static boolean isPinned(Parameters parameters) {
    return RANGE.stream().anyMatch(name -> parameters.text(name) != null);
  }

  private static boolean isBefore(TimeRange own, TimeRange asked) {
    long length = own.to() - own.from();
    return asked.from() >= own.from() - length - TOLERANCE_MILLIS
        && asked.to() <= own.to() + TOLERANCE_MILLIS;
  }

  /** All but the range and what is the reader's; an empty value counts as absent. */
  private static Map<String, String> rest(Parameters parameters) {
    Map<String, String> all = new TreeMap<>(parameters.startingWith(""));
    all.keySet().removeAll(RANGE);
    all.keySet().removeAll(READERS);
    all.values().removeIf(String::isEmpty);
    return all;
  }
}
