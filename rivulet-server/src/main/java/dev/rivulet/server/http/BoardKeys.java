package dev.rivulet.server.http;

import dev.rivulet.boards.Board;
import dev.rivulet.boards.Boards;
import dev.rivulet.boards.StoredBoard;
import dev.rivulet.boards.Tile;
import dev.rivulet.boards.TileKind;
import dev.rivulet.boards.UnknownBoard;
import dev.rivulet.projects.Access;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the key of one board opens: that board, what its tiles ask, and the topic {@value
 * #LIVE_TOPIC}. It follows the board as it is saved: what is remembered of one is at most a second
 * old, and nothing is refused without looking. Thread-safe, bounded.
 */
final class BoardKeys {
  /** Tells that numbers moved, and none of them. */
  static final String LIVE_TOPIC = "freshness";

  private static final int MOST = 1_000;
  private static final long FRESH_NANOS = 1_000_000_000L;

  /** What a board asked when it was looked at. */
  private record Known(List<TileCall> calls, long lookedAtNanos) {}

  /** A board of a project. */
  private record Place(String project, String board) {}

  private final ConcurrentHashMap<Place, Known> boards = new ConcurrentHashMap<>();
  private final Boards stored;
  private final Routes routes;
  private final InstantSource clock;

  /**
   * @param routes what the server answers; may still grow
   */
  BoardKeys(Boards stored, Routes routes, InstantSource clock) {
    this.stored = stored;
    this.routes = routes;
    this.clock = clock;
  }

  /**
   * Whether the key may ask what it asks, as far as can be told without looking at the board; if
   * not, {@link #look} decides. Never blocks.
   *
   * @throws Problem 403 when the key opens nothing of the kind, whatever is on the board
   */
  boolean admits(Exchange exchange, Access access) {
    String board = boardOf(access);
    String project = exchange.parameters().text("project");
    if (project != null && !project.equals(access.project())) {
      throw Problem.forbidden(reads(board) + " in project '" + access.project() + "'");
    }
    Routes.Route route = exchange.route();
    if (!route.method().equals(HttpMethod.GET) || route.door() != Door.READ) {
      throw refusal(exchange, board);
    }
    return switch (route.template()) {
      case "/api/v1/key" -> true;
      case "/api/v1/boards/{name}" -> isBoard(exchange, board);
      case "/api/v1/live" -> isFreshness(exchange, board);
      default -> {
        Known known = boards.get(new Place(access.project(), board));
        yield known != null
            && System.nanoTime() - known.lookedAtNanos() < FRESH_NANOS
            && asks(known, exchange);
      }
    };
  }

  private static boolean isBoard(Exchange exchange, String board) {
    if (!exchange.variable(0).equals(board)) {
      throw refusal(exchange, board);
    }
    return true;
  }

  private static boolean isFreshness(Exchange exchange, String board) {
    if (!LIVE_TOPIC.equals(exchange.parameters().required("topics"))) {
      throw Problem.forbidden(reads(board) + ", and watches only the topic '" + LIVE_TOPIC + "'");
    }
    return true;
  }

  /**
   * Looks at the board as it is saved. Blocks for a round trip to the store.
   *
   * @throws Problem 403 when no tile of it asks that
   * @throws dev.rivulet.boards.UnknownBoard when it is no more
   */
  void look(Exchange exchange, Access access) {
    String board = boardOf(access);
    var place = new Place(access.project(), board);
    long lookedAt = System.nanoTime();
    StoredBoard saved;
    try {
      saved = stored.require(access.project(), board);
    } catch (UnknownBoard gone) {
      boards.remove(place);
      throw gone;
    }
    var known = new Known(calls(saved.board()), lookedAt);
    if (boards.size() >= MOST) {
      boards.clear(); // they are only looked at again
    }
    boards.put(place, known);
    if (!asks(known, exchange)) {
      throw refusal(exchange, board);
    }
  }

  private boolean asks(Known known, Exchange exchange) {
    long now = clock.millis();
    return known.calls().stream()
        .anyMatch(
            call ->
                call.covers(exchange.route(), exchange.variables(), exchange.parameters(), now));
  }

  private List<TileCall> calls(Board board) {
    var calls = new ArrayList<TileCall>();
    for (Tile tile : board.tiles()) {
      if (tile.kind() != TileKind.TEXT) {
        String[] parts = tile.query().split("\\?", 2);
        Routes.Match match = routes.find(HttpMethod.GET, parts[0]);
        if (match != null) {
          Parameters own = Parameters.parse(parts.length == 1 ? null : parts[1]);
          calls.add(TileCall.of(tile, match, own));
        }
      }
    }
    return List.copyOf(calls);
  }

  private static String boardOf(Access access) {
    return Objects.requireNonNull(access.board(), "the key is of a whole project");
  }

  private static Problem refusal(Exchange exchange, String board) {
    String path = exchange.request().path();
    String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
    return Problem.forbidden(reads(board) + "; none asks " + shown + " like this");
  }

  private static String reads(String board) {
    return "the key reads only the board '" + board + "' and what its tiles ask";
  }
}
