package dev.rivulet.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.Rivulet;
import dev.rivulet.boards.Boards;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.IssuedKey;
import dev.rivulet.projects.ListedKey;
import dev.rivulet.projects.Projects;
import dev.rivulet.projects.Role;
import dev.rivulet.view.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a project: made, listed without the secret, taken back. */
final class KeyRoutes {
  private final Projects projects;
  private final Boards boards;
  private final Body body;

  KeyRoutes(Rivulet rivulet, Body body) {
    this.projects = rivulet.projects();
    this.boards = rivulet.boards();
    this.body = body;
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/key", Door.READ, this::show)
        .get("/api/v1/projects/{id}/keys", Door.ADMIN, this::list)
        .post("/api/v1/projects/{id}/keys", Door.ADMIN, this::issue)
        .delete("/api/v1/projects/{id}/keys/{key}", Door.ADMIN, this::revoke);
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Own(String project, String role, @Nullable String board) {}

  /** A key without the secret. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Shown(
      String id,
      String role,
      @Nullable String board,
      @Nullable String label,
      @Nullable String createdAt,
      boolean revocable) {
    private static Shown of(ListedKey listed) {
      var key = listed.key();
      Access access = key.access();
      return new Shown(
          listed.id(),
          access.role().word(),
          access.board(),
          key.label().isEmpty() ? null : key.label(),
          key.createdAt() == 0 ? null : Times.iso(key.createdAt()),
          listed.revocable());
    }
  }

  private record All(List<Shown> keys) {}

  private record Revoked(String revoked) {}

  /** What the key that asks is good for. */
  private void show(Exchange exchange) {
    Access access = exchange.access();
    exchange.answer(() -> new Own(access.project(), access.role().word(), access.board()));
  }

  private void list(Exchange exchange) {
    String id = ProjectRoutes.own(exchange);
    exchange.answer(() -> new All(projects.keys(id).stream().map(Shown::of).toList()));
  }

  private void revoke(Exchange exchange) {
    String id = ProjectRoutes.own(exchange);
    String key = exchange.variable(1);
    String used = exchange.credential().hash();
    exchange.answer(
        () -> {
          projects.revoke(id, key, used);
          return new Revoked(key);
        });
  }

  /** One key of the role or board that the body names, or without either a key of each role. */
  private void issue(Exchange exchange) {
    String id = ProjectRoutes.own(exchange);
    body.read(
        exchange,
        bytes -> {
          JsonNode wanted = bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.object(bytes);
          Role role = role(wanted);
          String board = text(wanted, "board", "the name of a board, such as \"shop\"");
          String label = text(wanted, "label", "a few words in quotes");
          if (board != null && role != null && role != Role.READ) {
            throw Problem.badField(
                "role", "role '" + role.word() + "': a key of one board is a read key");
          }
          exchange.compute(
              () -> Questions.checked(() -> issue(id, role, board, label == null ? "" : label)),
              keys -> exchange.json(201, keys));
        });
  }

  private Map<String, String> issue(
      String id, @Nullable Role role, @Nullable String board, String label) {
    projects.require(id);
    var answer = new LinkedHashMap<String, String>();
    answer.put("project", id);
    if (role == null && board == null) {
      for (Role each : Role.values()) {
        answer.put(each.word(), projects.issue(new Access(id, each), label).key());
      }
      return answer;
    }
    if (board != null) {
      boards.require(id, board);
      answer.put("board", board);
    }
    var access = new Access(id, role == null ? Role.READ : role, board);
    IssuedKey issued = projects.issue(access, label);
    answer.put("role", access.role().word());
    answer.put("id", issued.id());
    if (!label.isEmpty()) {
      answer.put("label", label);
    }
    answer.put("key", issued.key());
    return answer;
  }

  private static @Nullable String text(JsonNode wanted, String field, String right) {
    JsonNode value = wanted.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw Problem.badField(field, field + " " + value + " is not " + right);
    }
    return value.textValue();
  }

  private static @Nullable Role role(JsonNode wanted) {
    JsonNode role = wanted.get("role");
    if (role == null || role.isNull()) {
      return null;
    }
    for (Role known : Role.values()) {
      if (known.word().equals(role.textValue())) {
        return known;
      }
    }
    throw Problem.badField("role", "role " + role + " is not one of write, read, admin");
  }
}
