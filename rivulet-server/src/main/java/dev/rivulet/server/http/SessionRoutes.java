package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.views.sessions.SessionReport;
import java.time.Duration;

/** Sessions of everybody. */
final class SessionRoutes {
  private static final Duration USUAL_RANGE = Duration.ofHours(24);
  private static final int USUAL_PAGES = 10;
  private static final int MOST_PAGES = 1_000;

  private final Questions questions;

  SessionRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes.get("/api/v1/sessions", Door.READ, this::report);
  }

  private void report(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () ->
            new SessionReport(
                exchange.project(),
                asked.range(USUAL_RANGE, questions.now()),
                asked.step(),
                asked.zone(),
                asked.limit(USUAL_PAGES, MOST_PAGES)));
  }
}
