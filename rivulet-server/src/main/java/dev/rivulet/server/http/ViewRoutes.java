package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.projects.Project;
import java.util.List;
import java.util.Map;

/** The views of the log, and rebuilding one. */
final class ViewRoutes {
  private final Rivulet rivulet;

  ViewRoutes(Rivulet rivulet) {
    this.rivulet = rivulet;
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/views", Door.READ, exchange -> exchange.answer(this::views))
        .post("/api/v1/views/{name}/rebuild", Door.ADMIN, this::rebuild);
  }

  private record Views(List<String> views, Map<String, Double> filling) {}

  private record Rebuilding(String view, String progress) {}

  private Views views() {
    return new Views(rivulet.views(), rivulet.filling());
  }

  private void rebuild(Exchange exchange) {
    String view = exchange.variable(0);
    if (!exchange.access().project().equals(Project.DEFAULT)) {
      throw Problem.forbidden("a view holds all projects: it takes the admin key of the server");
    }
    exchange.compute(
        () -> {
          if (!rivulet.views().contains(view)) {
            throw Problem.notFound(
                "there is no view '" + view + "', only " + String.join(", ", rivulet.views()));
          }
          rivulet.rebuild(view);
          return new Rebuilding(view, "/api/v1/views");
        },
        started -> exchange.json(202, started));
  }
}
