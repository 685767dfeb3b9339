package dev.rivulet.server.http;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of routes. A path without variables is found by one look-up of the path as it came; a
 * template such as {@code /api/v1/users/{id}} by its number of segments. Filled at start, then read
 * by all event loops.
 */
final class Routes {
  /**
   * A registered route.
   *
   * @param template its path; segments in braces are variables, a last {@code {name*}} takes the
   *     rest
   * @param cors whether pages of other origins may call it
   * @param admitsItself whether the handler asks for the key, because the body may hold it
   * @param number its place in the table, for counters
   */
  record Route(
      HttpMethod method,
      String template,
      Door door,
      boolean cors,
      boolean admitsItself,
      int number,
      Consumer<Exchange> handler,
      String[] segments) {}

  /** A route and the values of its variables, in order. */
  record Match(Route route, List<String> variables) {}

  private final List<Route> all = new ArrayList<>();
  private final Map<String, Map<HttpMethod, Route>> exact = new HashMap<>();
  private final List<Route> templates = new ArrayList<>();

  private Routes add(
      HttpMethod method,
      String template,
      Door door,
      boolean admitsItself,
      Consumer<Exchange> handler) {
    String[] segments = template.split("/", -1);
    boolean cors = door == Door.INGEST;
    var route =
        new Route(method, template, door, cors, admitsItself, all.size(), handler, segments);
    all.add(route);
    if (template.indexOf('{') < 0) {
      exact.computeIfAbsent(template, path -> new LinkedHashMap<>()).put(method, route);
    } else {
      templates.add(route);
    }
    return this;
  }

  Routes get(String template, Door door, Consumer<Exchange> handler) {
    return add(HttpMethod.GET, template, door, false, handler);
  }

  Routes post(String template, Door door, Consumer<Exchange> handler) {
    return add(HttpMethod.POST, template, door, false, handler);
  }

  Routes put(String template, Door door, Consumer<Exchange> handler) {
    return add(HttpMethod.PUT, template, door, false, handler);
  }

  Routes delete(String template, Door door, Consumer<Exchange> handler) {
    return add(HttpMethod.DELETE, template, door, false, handler);
  }

  /** An ingest route whose handler looks for the key itself. */
  Routes postWithOwnKey(String template, Consumer<Exchange> handler) {
    return add(HttpMethod.POST, template, Door.INGEST, true, handler);
  }

  List<Route> all() {
    return List.copyOf(all);
  }

  /**
   * The route of a request; HEAD is answered by GET.
   *
   * @return null when no route has this path
   * @throws Problem 405 when the path has other methods, 400 when an escape in it is malformed
   */
  @Nullable Match find(HttpMethod method, String path) {
    HttpMethod wanted = HttpMethod.HEAD.equals(method) ? HttpMethod.GET : method;
    Map<HttpMethod, Route> here = exact.get(path);
    if (here != null) {
      Route route = here.get(wanted);
      if (route != null) {
        return new Match(route, List.of());
      }
    }
    String[] segments = path.split("/", -1);
    var others = new TreeSet<String>();
    if (here != null) {
      here.keySet().forEach(known -> others.add(known.name()));
    }
    for (Route route : templates) {
      if (fits(route.segments(), segments)) {
        if (route.method().equals(wanted)) {
          return new Match(route, variables(route.segments(), segments));
        }
        others.add(route.method().name());
      }
    }
    if (others.isEmpty()) {
      return null;
    }
    String allowed = String.join(", ", others);
    throw Problem.methodNotAllowed(
        path + " does not take " + method.name() + ", only " + allowed, allowed);
  }

  /** Whether any route of this path may be called from pages of other origins. */
  boolean cors(String path) {
    Map<HttpMethod, Route> here = exact.get(path);
    return here != null && here.values().stream().anyMatch(Route::cors);
  }

  private static boolean fits(String[] template, String[] segments) {
    boolean open = template[template.length - 1].endsWith("*}");
    if (open ? segments.length < template.length : segments.length != template.length) {
      return false;
    }
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{") ? segments[i].isEmpty() : !template[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  private static List<String> variables(String[] template, String[] segments) {
    var values = new ArrayList<String>(2);
    for (int i = 0; i < template.length; i++) {
      if (template[i].endsWith("*}")) {
        values.add(String.join("/", List.of(segments).subList(i, segments.length)));
      } else if (template[i].startsWith("{")) {
        values.add(PercentCoding.segment(segments[i]));
      }
    }
    return values;
  }
}
