package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.views.online.OnlineNow;

/** How many people are here now. */
final class OnlineRoutes {
  private final Questions questions;

  OnlineRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes.get(
        "/api/v1/online",
        Door.READ,
        exchange -> questions.answer(exchange, () -> new OnlineNow(exchange.project())));
  }
}
