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
    routes.get(
        "/api/v1/overview",
        Door.READ,
        exchange -> questions.answer(exchange, () -> new Overview(exchange.project())));
  }
}
