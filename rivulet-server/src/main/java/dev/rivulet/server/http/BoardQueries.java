package dev.rivulet.server.http;

import dev.rivulet.boards.Board;
import dev.rivulet.boards.InvalidBoard;
import dev.rivulet.boards.Tile;
import dev.rivulet.boards.TileKind;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the tiles of boards may ask: calls of this server that answer numbers and name nobody. A
 * board is read by others than the one who made it, so that is a list of what may be asked.
 */
final class BoardQueries {
  /** Calls that answer numbers; of these, a tile may ask what the server has. */
  private static final Set<String> NUMBERS =
      Set.of(
          "/api/v1/events",
          "/api/v1/events/count",
          "/api/v1/events/uniques",
          "/api/v1/events/top",
          "/api/v1/events/stats",
          "/api/v1/events/properties",
          "/api/v1/sessions",
          "/api/v1/online",
          "/api/v1/overview",
          "/api/v1/metrics",
          "/api/v1/metrics/{name}",
          "/api/v1/metrics/{name}/current",
          "/api/v1/performance",
          "/api/v1/performance/heatmap",
          "/api/v1/funnels/{name}/report",
          "/api/v1/retention",
          "/api/v1/retention/stickiness",
          "/api/v1/retention/lifecycle",
          "/api/v1/experiments/{key}/report",
          "/api/v1/sets/{name}",
          "/api/v1/status");

  private final Routes routes;

  BoardQueries(Routes routes) {
    this.routes = routes;
  }

  /** The templates of the calls that a tile may make. */
  List<String> allowed() {
    var allowed = new TreeSet<String>();
    for (Routes.Route route : routes.all()) {
      if (route.method().equals(HttpMethod.GET)
          && route.door() == Door.READ
          && NUMBERS.contains(route.template())) {
        allowed.add(route.template());
      }
    }
    return List.copyOf(allowed);
  }

  /**
   * @throws InvalidBoard naming the tile whose query is none of them, and those that are
   */
  void check(Board board) {
    for (int i = 0; i < board.tiles().size(); i++) {
      Tile tile = board.tiles().get(i);
      if (tile.kind() != TileKind.TEXT) {
        check(tile, "tiles[" + i + "].query");
      }
    }
  }

  private void check(Tile tile, String field) {
    String[] parts = tile.query().split("\\?", 2);
    try {
      Parameters asked = Parameters.parse(parts.length == 1 ? null : parts[1]);
      for (String own : List.of("key", "project")) {
        if (asked.text(own) != null) {
          throw new InvalidBoard(
              field,
              "tile '"
                  + tile.id()
                  + "' names a "
                  + own
                  + " in its query: leave it out, the reader's is taken");
        }
      }
      Routes.Match match = routes.find(HttpMethod.GET, parts[0]);
      if (match != null && allowed().contains(match.route().template())) {
        return;
      }
    } catch (Problem problem) {
      throw new InvalidBoard(field, "tile '" + tile.id() + "': " + problem.getMessage());
    }
    throw new InvalidBoard(
        field,
        "tile '"
            + tile.id()
            + "' asks "
            + (parts[0].length() > 80 ? parts[0].substring(0, 80) + "…" : parts[0])
            + ", which is no call that answers numbers: use one of "
            + String.join(", ", allowed()));
  }
}
