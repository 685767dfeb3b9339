package dev.rivulet.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.ErasureStatus;
import dev.rivulet.Rivulet;
import dev.rivulet.event.Limits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Erasing a person, and how far that is. */
final class ErasureRoutes {
  /** Longer than any id of an erasure. */
  private static final int ID_CHARS = 100;

  private final Rivulet rivulet;

  ErasureRoutes(Rivulet rivulet) {
    this.rivulet = rivulet;
  }

  void register(Routes routes) {
    routes
        .delete("/api/v1/users/{id}", Door.ADMIN, this::erase)
        .get("/api/v1/erasures", Door.READ, exchange -> exchange.answer(() -> all(exchange)))
        .get("/api/v1/erasures/{erasure}", Door.READ, this::one);
  }

  /** What was erased: the person, and counts of what was held of them. */
  private record Erased(
      Map<String, Object> erased,
      String erasure,
      String state,
      double progress,
      @JsonInclude(Include.NON_NULL) @Nullable String waiting) {
    private static Erased of(String user, ErasureStatus status) {
      Map<String, Object> erased = new LinkedHashMap<>();
      erased.put("user", user);
      erased.putAll(status.erased());
      return new Erased(
          erased, status.erasure(), status.state(), status.progress(), status.waiting());
    }
  }

  private record All(List<ErasureStatus> erasures) {}

  private void erase(Exchange exchange) {
    String user = exchange.variable(0);
    exchange.answer(
        () ->
            rivulet
                .erase(exchange.project(), checked(user))
                .map(status -> Erased.of(user, status))
                .orElseThrow(
                    () ->
                        Problem.notFound(
                            "nobody in project '" + exchange.project() + "' has this id")));
  }

  private All all(Exchange exchange) {
    return new All(rivulet.erasures(exchange.project()));
  }

  private void one(Exchange exchange) {
    String erasure = exchange.variable(0);
    exchange.answer(
        () -> {
          if (erasure.length() > ID_CHARS) {
            throw Problem.badField("erasure", "it is longer than the id of any erasure");
          }
          return rivulet
              .erasure(exchange.project(), erasure)
              .orElseThrow(
                  () -> Problem.notFound("there is no erasure '" + erasure + "' in this project"));
        });
  }

  private static String checked(String user) {
    if (user.length() > Limits.USER_CHARS) {
      throw Problem.badField(
          "id",
          "the person's id has "
              + user.length()
              + " characters, at most "
              + Limits.USER_CHARS
              + " are taken");
    }
    return user;
  }
}
