package dev.rivulet.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Projects;
import dev.rivulet.projects.Role;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Projects. */
final class ProjectRoutes {
  private final Projects projects;
  private final Body body;

  ProjectRoutes(Projects projects, Body body) {
    this.projects = projects;
    this.body = body;
  }

  void register(Routes routes) {
    routes
        .put("/api/v1/projects/{id}", Door.ADMIN, this::put)
        .get("/api/v1/projects/{id}", Door.READ, this::show);
  }

  /** A project as the API shows it. */
  private record Shown(String id, String timezone, List<String> sites) {
    private static Shown of(Project project) {
      return new Shown(project.id(), project.timezone().getId(), project.sites());
    }
  }

  private record Put(boolean isNew, Shown shown) {}

  private void put(Exchange exchange) {
    String id = own(exchange);
    body.read(
        exchange,
        bytes -> {
          JsonNode wanted = bytes.length == 0 ? Json.MAPPER.createObjectNode() : Json.object(bytes);
          ZoneId zone = timezone(wanted);
          List<String> sites = sites(wanted);
          exchange.compute(
              () -> put(id, zone, sites),
              put -> exchange.json(put.isNew() ? 201 : 200, put.shown()));
        });
  }

  private Put put(String id, @Nullable ZoneId zone, @Nullable List<String> sites) {
    Project known = projects.find(id);
    ZoneId timezone = zone != null ? zone : known == null ? ZoneId.of("UTC") : known.timezone();
    List<String> domains = sites != null ? sites : known == null ? List.of() : known.sites();
    Project project = Questions.checked(() -> projects.put(id, timezone, domains));
    return new Put(known == null, Shown.of(project));
  }

  private void show(Exchange exchange) {
    String id = own(exchange);
    exchange.answer(() -> Shown.of(projects.require(id)));
  }

  /** The project of the path, when the key is its own or the default project's. */
  static String own(Exchange exchange) {
    String id = exchange.variable(0);
    String keyOf = exchange.access().project();
    boolean master = keyOf.equals(Project.DEFAULT) && exchange.access().role() == Role.ADMIN;
    if (!master && !keyOf.equals(id)) {
      throw Problem.forbidden("the key is of project '" + keyOf + "', not of '" + id + "'");
    }
    return id;
  }

  private static @Nullable ZoneId timezone(JsonNode wanted) {
    JsonNode timezone = wanted.get("timezone");
    if (timezone == null || timezone.isNull()) {
      return null;
    }
    return Parameters.zone(
        "timezone", timezone.isTextual() ? timezone.textValue() : timezone.toString());
  }

  private static @Nullable List<String> sites(JsonNode wanted) {
    JsonNode sites = wanted.get("sites");
    if (sites == null || sites.isNull()) {
      return null;
    }
    var domains = new ArrayList<String>();
    for (JsonNode site : sites) {
      if (!site.isTextual()) {
        throw Problem.badField(
            "sites", "sites holds " + site + ", which is not a domain in quotes");
      }
      domains.add(site.textValue().toLowerCase(Locale.ROOT));
    }
    if (!sites.isArray()) {
      throw Problem.badField("sites", "sites is not a list of domains such as [\"shop.example\"]");
    }
    return domains;
  }
}
