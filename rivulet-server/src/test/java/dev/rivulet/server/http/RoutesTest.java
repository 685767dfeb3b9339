package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes routes =
      new Routes()
          .get("/a", Door.READ, exchange -> {})
          .post("/a", Door.INGEST, exchange -> {})
          .get("/users/{id}", Door.READ, exchange -> {})
          .put("/users/{id}/keys/{name}", Door.ADMIN, exchange -> {})
          .get("/files/{file*}", Door.OPEN, exchange -> {});

  private Routes.Match found(HttpMethod method, String path) {
    return Objects.requireNonNull(routes.find(method, path), path);
  }

  @Test
  void find_variables_areDecodedAndSlashesAreData() {
    assertEquals(List.of("a/b c"), found(HttpMethod.GET, "/users/a%2Fb%20c").variables());
    assertEquals(List.of("x", "y"), found(HttpMethod.PUT, "/users/x/keys/y").variables());
    assertEquals(List.of("lib/a.js"), found(HttpMethod.GET, "/files/lib/a.js").variables());
  }

  @Test
  void find_head_isAnsweredByGet() {
    assertEquals("/a", found(HttpMethod.HEAD, "/a").route().template());
  }

  @Test
  void find_nothing_isNullAndAnotherMethodNamesTheKnown() {
    assertNull(routes.find(HttpMethod.GET, "/b"));
    assertNull(routes.find(HttpMethod.GET, "/users/"));
    assertNull(routes.find(HttpMethod.GET, "/users/a/b"));
    var wrong = assertThrows(Problem.class, () -> routes.find(HttpMethod.DELETE, "/a"));
    assertEquals(405, wrong.status());
    assertEquals("GET, POST", wrong.headers().get("Allow"));
    assertEquals(
        "GET",
        assertThrows(Problem.class, () -> routes.find(HttpMethod.POST, "/users/x"))
            .headers()
            .get("Allow"));
  }
}
