package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.definitions.Revision;
import dev.rivulet.time.Range;
import dev.rivulet.views.funnels.Funnel;
import dev.rivulet.views.funnels.FunnelDefinitions;
import dev.rivulet.views.funnels.FunnelPeople;
import dev.rivulet.views.funnels.FunnelPeople.Outcome;
import dev.rivulet.views.funnels.FunnelPreview;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.funnels.InvalidFunnel;
import dev.rivulet.views.funnels.UnknownFunnel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Funnels: their definitions, and what they tell. */
final class FunnelRoutes {
  private static final String ROOM = "funnels";
  private static final Duration UNUSED = Duration.ofDays(30);
  private static final int USUAL_PEOPLE = 50;

  private final Rivulet rivulet;
  private final Questions questions;
  private final Body body;

  FunnelRoutes(Rivulet rivulet, Body body) {
    this.rivulet = rivulet;
    this.questions = new Questions(rivulet);
    this.body = body;
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/funnels", Door.READ, this::list)
        .post("/api/v1/funnels/preview", Door.READ, this::preview)
        .put("/api/v1/funnels/{name}", Door.ADMIN, this::put)
        .get("/api/v1/funnels/{name}", Door.READ, this::show)
        .delete("/api/v1/funnels/{name}", Door.ADMIN, this::delete)
        .get("/api/v1/funnels/{name}/report", Door.READ, this::report)
        .get("/api/v1/funnels/{name}/people", Door.READ, this::people);
  }

  private record Deleted(String deleted) {}

  private record Put(boolean created, FunnelDefinitions.Shown shown) {}

  private void list(Exchange exchange) {
    questions.answer(exchange, () -> new FunnelDefinitions(exchange.project()));
  }

  private void show(Exchange exchange) {
    String name = exchange.variable(0);
    exchange.compute(() -> shown(exchange.project(), name), shown -> answer(exchange, 200, shown));
  }

  private void put(Exchange exchange) {
    String name = exchange.variable(0);
    Integer expected = IfMatch.replaced(exchange);
    body.read(
        exchange,
        bytes -> {
          String canonical = definition(bytes).toJson();
          exchange.compute(
              () -> put(exchange.project(), name, canonical, expected),
              put -> answer(exchange, put.created() ? 201 : 200, put.shown()));
        });
  }

  private Put put(String project, String name, String canonical, @Nullable Integer expected) {
    var put =
        Questions.checked(
            () -> rivulet.definitions().put(project, ROOM, name, canonical, expected));
    return new Put(put.created(), shown(project, name, put.registered().newest()));
  }

  /**
   * What this client put: should another have redefined or deleted the funnel since, it must not
   * get the other's revision, with which it would overwrite the other's work unseen.
   */
  private FunnelDefinitions.Shown shown(String project, String name, Revision put) {
    try {
      FunnelDefinitions.Shown now = shown(project, name);
      if (now.revision() == put.number()) {
        return now;
      }
    } catch (UnknownFunnel e) {
      // deleted meanwhile
    }
    return FunnelDefinitions.Shown.overtaken(name, put.body(), put.number());
  }

  private void delete(Exchange exchange) {
    String name = exchange.variable(0);
    Integer expected = IfMatch.revision(exchange);
    exchange.answer(
        () -> {
          if (!rivulet.definitions().delete(exchange.project(), ROOM, name, expected)) {
            throw new UnknownFunnel(name);
          }
          return new Deleted(name);
        });
  }

  private void preview(Exchange exchange) {
    Range range = range(exchange.parameters());
    body.read(
        exchange,
        bytes -> {
          Funnel funnel = definition(bytes);
          questions.answer(exchange, () -> new FunnelPreview(exchange.project(), funnel, range));
        });
  }

  private void report(Exchange exchange) {
    Parameters asked = exchange.parameters();
    boolean compare = asked.word("compare", List.of("previous")) != null;
    questions.answer(
        exchange,
        () ->
            new FunnelReport(
                exchange.project(),
                exchange.variable(0),
                range(asked),
                asked.step(),
                asked.zone(),
                asked.text("by"),
                compare));
  }

  private void people(Exchange exchange) {
    Parameters asked = exchange.parameters();
    String outcome = asked.word("outcome", List.of("reached", "dropped"));
    questions.answer(
        exchange,
        () ->
            new FunnelPeople(
                exchange.project(),
                exchange.variable(0),
                step(asked.required("step")),
                outcome == null
                    ? Outcome.REACHED
                    : Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
                range(asked),
                asked.limit(USUAL_PEOPLE, FunnelPeople.MOST),
                asked.text("cursor")));
  }

  private FunnelDefinitions.Shown shown(String project, String name) {
    return rivulet.ask(new FunnelDefinitions.Named(project, name));
  }

  private static void answer(Exchange exchange, int status, FunnelDefinitions.Shown shown) {
    IfMatch.tell(exchange, shown.revision());
    exchange.json(status, shown);
  }

  private static Funnel definition(byte[] bytes) {
    Json.object(bytes); // says where it is no JSON
    try {
      return Funnel.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidFunnel e) {
      throw e.field().isEmpty()
          ? Problem.badRequest(String.valueOf(e.getMessage()))
          : Problem.badField(e.field(), String.valueOf(e.getMessage()));
    }
  }

  /** The range that is asked for, or null: the room knows its own. */
  private @Nullable Range range(Parameters asked) {
    boolean given =
        asked.text("last") != null || asked.text("from") != null || asked.text("to") != null;
    return given ? asked.range(UNUSED, questions.now()) : null;
  }

  private static int step(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw Problem.badField("step", "step '" + value + "' is not the number of a step, from 1");
    }
  }
}
