package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Limits;
import dev.rivulet.views.people.PersonProfile;

/** What is known of a person. */
final class UserRoutes {
  private final Questions questions;

  UserRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes.get("/api/v1/users/{id}", Door.READ, this::profile);
  }

  private void profile(Exchange exchange) {
    String user = exchange.variable(0);
    if (user.length() > Limits.USER_CHARS) {
      throw Problem.badField(
          "id",
          "the person's id has "
              + user.length()
              + " characters, at most "
              + Limits.USER_CHARS
              + " are taken");
    }
    questions.answer(exchange, () -> new PersonProfile(exchange.project(), user));
  }
}
