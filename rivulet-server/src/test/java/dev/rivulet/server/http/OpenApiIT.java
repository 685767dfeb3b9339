package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.ErasureStatus;
import dev.rivulet.projects.ListedKey;
import dev.rivulet.projects.Project;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks the running server against the document it publishes, and the document against it. */
@ExtendWith(RealRedis.Shared.class)
class OpenApiIT {
  private TestServer server;
  private JsonNode document;

  @BeforeEach
  void start(RealRedis redis) throws IOException {
    server = TestServer.start(redis);
    assertEquals(200, server.awaitReady().status());
    document = server.get("/openapi.json").json();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void document_hasEveryRouteAndNoOther() {
    var registered = new TreeSet<String>();
    try (var doors = new Doors(server.rivulet(), Bounds.defaults())) {
      for (Routes.Route route : doors.routes()) {
        registered.add(route.method().name() + " " + route.template().replace("*}", "}"));
      }
      doors.stop();
    }
    var documented = new TreeSet<String>();
    operations((path, method, operation) -> documented.add(method + " " + path));
    assertEquals(registered, documented);
  }

  @Test
  void operations_answerAsDocumented() {
    server.track(
        "[{\"event\":\"signup\",\"user\":\"u1\",\"properties\":{\"plan\":\"pro\"}},{\"event\":"
            + "\"click\",\"user\":\"u2\"}]");
    server.send("PUT", "/api/v1/projects/shop", TestServer.ADMIN, BodyPublishers.ofString("{}"));
    server.send(
        "PUT",
        "/api/v1/funnels/checkout",
        TestServer.ADMIN,
        BodyPublishers.ofString(
            "{\"steps\":[{\"event\":\"signup\"},{\"event\":\"click\"}],\"window\":\"1d\"}"));
    var filled =
        server.awaitAnswer(
            "/api/v1/funnels/checkout",
            TestServer.READ,
            funnel -> funnel.json().path("state").asText().equals("ready"));
    assertEquals("ready", filled.json().path("state").asText(), filled.text());
    server.post("/api/v1/metrics?wait=folded", "{\"metric\":\"queue_depth\",\"value\":12}");
    operations(
        (path, method, operation) -> {
          if (path.equals("/api/v1/live")) {
            return; // it does not end; LiveRoutesIT reads it
          }
          var answer =
              server.send(
                  method,
                  address(path, operation),
                  TestServer.ADMIN,
                  body(path, operation),
                  headers(operation));
          String call = method + " " + path;
          JsonNode response = operation.path("responses").path(Integer.toString(answer.status()));
          assertTrue(
              answer.status() < 300 && !response.isMissingNode(),
              call + " answers " + answer.status() + " " + answer.text());
          String type = answer.header("content-type").split(";")[0];
          JsonNode content = response.path("content");
          JsonNode schema = content.path(content.has("*/*") ? "*/*" : type).path("schema");
          assertTrue(!schema.isMissingNode(), call + " answers " + type);
          if (type.equals("application/json")) {
            conforms(answer.json(), schema, call);
          }
        });
  }

  @Test
  void operations_withoutKey_areRefusedAsDocumented() {
    operations(
        (path, method, operation) -> {
          if (operation.path("security").isEmpty()) {
            return;
          }
          var answer = server.send(method, address(path, operation), "", body(path, operation));
          assertEquals(401, answer.status(), method + " " + path);
          assertTrue(operation.path("responses").has("401"), method + " " + path);
          conforms(answer.json(), document.at("/components/schemas/Problem"), method + " " + path);
        });
  }

  /** Left alone, it would make an answer about all events look like one about some of them. */
  @Test
  void where_isReadOrRefused() {
    operations(
        (path, method, operation) -> {
          if (!method.equals("GET") || !path.matches(ASKED) || takes(operation, "where")) {
            return;
          }
          String address = address(path, operation);
          var answer =
              server.get(address + (address.contains("?") ? "&" : "?") + "where=%7B%22a%22:1%7D");
          assertEquals(400, answer.status(), path + ": " + answer.text());
          assertEquals("where", answer.json().path("field").asText(), path);
        });
  }

  private boolean takes(JsonNode operation, String parameter) {
    for (JsonNode given : operation.path("parameters")) {
      if (resolved(given).get("name").asText().equals(parameter)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void references_leadSomewhere() {
    for (JsonNode reference : document.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertTrue(!document.at(pointer).isMissingNode(), reference.asText());
    }
    assertEquals("3.1.0", document.get("openapi").asText());
  }

  /** Routes that answer from events, people or samples. */
  private static final String ASKED =
      "/api/v1/((events|users|sessions|metrics|performance|retention|online|overview|live)(/.*)?"
          + "|funnels/[^/]+/(report|people))";

  private static final String VENDORED = "webjars/uplot/1.6.30/dist/uPlot.min.css";

  private interface Visitor {
    void visit(String path, String method, JsonNode operation);
  }

  private void operations(Visitor visitor) {
    for (Iterator<Map.Entry<String, JsonNode>> paths = document.get("paths").fields();
        paths.hasNext(); ) {
      Map.Entry<String, JsonNode> path = paths.next();
      path.getValue()
          .fields()
          .forEachRemaining(
              entry ->
                  visitor.visit(
                      path.getKey(), entry.getKey().toUpperCase(Locale.ROOT), entry.getValue()));
    }
  }

  private String address(String path, JsonNode operation) {
    String filled = path;
    List<String> query = new ArrayList<>();
    for (JsonNode given : operation.path("parameters")) {
      JsonNode parameter = resolved(given);
      String name = parameter.get("name").asText();
      String example = parameter.path("example").asText();
      if (parameter.get("in").asText().equals("path")) {
        filled =
            filled.replace(
                "{" + name + "}",
                switch (name) {
                  case "file" -> path.startsWith("/vendor") ? VENDORED : example;
                  case "erasure" -> newestErasure().orElse(example);
                  case "key" -> newestKey().orElse(example);
                  default -> example;
                });
      } else if (parameter.get("in").asText().equals("query")
          && parameter.path("required").asBoolean()) {
        query.add(name + "=" + example);
      }
    }
    return query.isEmpty() ? filled : filled + "?" + String.join("&", query);
  }

  private Optional<String> newestErasure() {
    return server.rivulet().erasures(Project.DEFAULT).stream()
        .map(ErasureStatus::erasure)
        .findFirst();
  }

  private Optional<String> newestKey() {
    var projects = server.rivulet().projects();
    if (projects.find("shop") == null) {
      return Optional.empty();
    }
    return projects.keys("shop").stream().map(ListedKey::id).reduce((older, newer) -> newer);
  }

  private static BodyPublisher body(String path, JsonNode operation) {
    JsonNode json = operation.path("requestBody").path("content").path("application/json");
    if (json.isMissingNode()) {
      return BodyPublishers.noBody();
    }
    String segment = "{\"event\":\"e\",\"userId\":\"u\",\"batch\":[]}";
    return BodyPublishers.ofString(
        json.has("example")
            ? json.get("example").toString()
            : path.startsWith("/v1/") ? segment : "{}");
  }

  private static String[] headers(JsonNode operation) {
    return operation.has("requestBody")
        ? new String[] {"Content-Type", "application/json"}
        : new String[0];
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** The part of JSON Schema that the document uses. */
  private void conforms(JsonNode value, JsonNode given, String where) {
    JsonNode schema = resolved(given);
    if (schema.has("oneOf")) {
      int fitting = 0;
      for (JsonNode choice : schema.get("oneOf")) {
        try {
          conforms(value, choice, where);
          fitting++;
        } catch (AssertionError doesNotFit) {
          continue;
        }
      }
      assertEquals(1, fitting, where + " fits one of the choices: " + value);
      return;
    }
    if (schema.has("const")) {
      assertEquals(schema.get("const"), value, where);
    }
    if (schema.has("type")) {
      assertTrue(
          isOfType(value, schema.get("type")),
          where + " is not " + schema.get("type") + ": " + value);
    }
    for (JsonNode name : schema.path("required")) {
      assertTrue(value.has(name.asText()), where + " lacks " + name + ": " + value);
    }
    if (schema.has("properties") && value.isObject()) {
      value
          .fields()
          .forEachRemaining(
              entry -> {
                JsonNode known = schema.get("properties").get(entry.getKey());
                assertTrue(known != null, where + " has the undocumented " + entry.getKey());
                conforms(entry.getValue(), known, where + "." + entry.getKey());
              });
    }
    if (schema.has("items")) {
      for (JsonNode item : value) {
        conforms(item, schema.get("items"), where + "[]");
      }
    }
  }

  private static boolean isOfType(JsonNode value, JsonNode types) {
    if (types.isArray()) {
      for (JsonNode type : types) {
        if (isOfType(value, type)) {
          return true;
        }
      }
      return false;
    }
    return switch (types.asText()) {
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "null" -> value.isNull();
      default -> value.isObject();
    };
  }
}
