package dev.rivulet.server.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rivulet.Rivulet;
import dev.rivulet.boards.Board;
import dev.rivulet.boards.Boards;
import dev.rivulet.boards.InvalidBoard;
import dev.rivulet.boards.StoredBoard;
import dev.rivulet.projects.Projects;
import dev.rivulet.view.Times;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Boards: saved arrangements of tiles over the calls of this API. */
final class BoardRoutes {
  private final Boards boards;
  private final Projects projects;
  private final Body body;
  private final BoardQueries queries;

  /**
   * @param routes what the server answers; may still grow
   */
  BoardRoutes(Rivulet rivulet, Body body, Routes routes) {
    this.boards = rivulet.boards();
    this.projects = rivulet.projects();
    this.body = body;
    this.queries = new BoardQueries(routes);
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/boards", Door.READ, this::list)
        .put("/api/v1/boards/{name}", Door.ADMIN, this::put)
        .get("/api/v1/boards/{name}", Door.READ, this::show)
        .delete("/api/v1/boards/{name}", Door.ADMIN, this::delete);
  }

  private record Listed(String board, String title, int revision, int tiles, String updatedAt) {}

  private record All(List<Listed> boards) {}

  private record Deleted(String deleted) {}

  private void list(Exchange exchange) {
    exchange.answer(
        () -> {
          var all = new ArrayList<Listed>();
          boards
              .list(exchange.project())
              .boards()
              .forEach(
                  (name, entry) ->
                      all.add(
                          new Listed(
                              name,
                              entry.title(),
                              entry.revision(),
                              entry.tiles(),
                              Times.iso(entry.updatedAt()))));
          return new All(all);
        });
  }

  private void show(Exchange exchange) {
    String name = exchange.variable(0);
    exchange.compute(
        () -> boards.require(exchange.project(), name),
        stored -> {
          String known = exchange.header(HttpHeaderNames.IF_NONE_MATCH);
          if (IfMatch.tag(stored.revision()).equals(known)) {
            IfMatch.tell(exchange, stored.revision());
            exchange.send(304, Buffer.buffer());
          } else {
            answer(exchange, 200, stored);
          }
        });
  }

  private void put(Exchange exchange) {
    String name = exchange.variable(0);
    Integer expected = IfMatch.replaced(exchange);
    body.read(
        exchange,
        bytes -> {
          Board board = board(bytes);
          exchange.compute(
              () -> checked(() -> boards.put(exchange.project(), name, board, expected)),
              put -> answer(exchange, put.created() ? 201 : 200, put.stored()));
        });
  }

  private void delete(Exchange exchange) {
    String name = exchange.variable(0);
    Integer expected = IfMatch.revision(exchange);
    exchange.answer(
        () -> {
          boards.delete(exchange.project(), name, expected);
          // A board of the same name that somebody makes one day is another one.
          projects.revokeBoard(exchange.project(), name);
          return new Deleted(name);
        });
  }

  private Board board(byte[] bytes) {
    Json.object(bytes); // says where it is no JSON
    return checked(
        () -> {
          Board board = Board.parse(new String(bytes, StandardCharsets.UTF_8));
          queries.check(board);
          return board;
        });
  }

  private static void answer(Exchange exchange, int status, StoredBoard stored) {
    IfMatch.tell(exchange, stored.revision());
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("board", stored.name());
    shown.put("revision", stored.revision());
    shown.put("updatedAt", Times.iso(stored.updatedAt()));
    shown.setAll(
        (ObjectNode) Json.object(stored.board().toJson().getBytes(StandardCharsets.UTF_8)));
    exchange.json(status, shown);
  }

  private static <T> T checked(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidBoard e) {
      String what = String.valueOf(e.getMessage());
      throw e.field().isEmpty() ? Problem.badRequest(what) : Problem.badField(e.field(), what);
    }
  }
}
