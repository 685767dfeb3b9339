package dev.rivulet.server.http;

import dev.rivulet.Overview;
import dev.rivulet.Rivulet;

/** The numbers of the first page in one answer. */
final class OverviewRoutes {
  private final Questions questions;

  OverviewRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes.get("/api/v1/overview", Door.READ, this::overview);
  }

  private void overview(Exchange exchange) {
    var overview = new Overview(exchange.project());
    if (exchange.access().board() == null) {
      questions.answer(exchange, () -> overview);
    } else {
      questions.answer(exchange, () -> overview, OfBoard::of);
    }
  }

  /** What a tile can show of it: the key of one board reads no events of persons. */
  private record OfBoard(
      String at,
      String timezone,
      double eventsPerSecond,
      long online,
      Overview.Today today,
      long lagMillis,
      boolean exact) {
    private static Object of(Overview.Answer answer) {
      return new OfBoard(
          answer.at(),
          answer.timezone(),
          answer.eventsPerSecond(),
          answer.online(),
          answer.today(),
          answer.lagMillis(),
          answer.exact());
    }
  }
}
