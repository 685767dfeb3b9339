package dev.rivulet.server.http;

import dev.rivulet.Person;
import dev.rivulet.PersonAccount;
import dev.rivulet.PersonExport;
import dev.rivulet.Rivulet;
import dev.rivulet.event.Limits;
import dev.rivulet.views.people.FindPeople;
import dev.rivulet.views.people.PersonTimeline;
import dev.rivulet.views.sessions.PersonSessions;

/** What is known of people, and of one person. */
final class UserRoutes {
  private static final int USUAL_PEOPLE = 50;
  private static final int USUAL_ACTIONS = 50;
  private static final int MOST_ACTIONS = 100;
  private static final int USUAL_SESSIONS = 20;

  private final Rivulet rivulet;
  private final Questions questions;

  UserRoutes(Rivulet rivulet) {
    this.rivulet = rivulet;
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/users", Door.READ, this::people)
        .get("/api/v1/users/{id}", Door.READ, this::person)
        .get("/api/v1/users/{id}/timeline", Door.READ, this::timeline)
        .get("/api/v1/users/{id}/sessions", Door.READ, this::sessions)
        .get("/api/v1/users/{id}/export", Door.READ, this::export);
  }

  private void people(Exchange exchange) {
    Parameters asked = exchange.parameters();
    String search = asked.text("search");
    if (search != null && search.length() > Limits.USER_CHARS) {
      throw Problem.badField(
          "search",
          "search has "
              + search.length()
              + " characters: at most "
              + Limits.USER_CHARS
              + " are looked for");
    }
    int limit = asked.limit(USUAL_PEOPLE, FindPeople.MOST);
    questions.answer(
        exchange, () -> new FindPeople(exchange.project(), search, limit, asked.text("cursor")));
  }

  private void person(Exchange exchange) {
    String user = user(exchange);
    questions.answer(
        exchange,
        () -> new Person(exchange.project(), user),
        person -> {
          known(person.isKnown(), user);
          return person;
        });
  }

  private void timeline(Exchange exchange) {
    String user = user(exchange);
    Parameters asked = exchange.parameters();
    int limit = asked.limit(USUAL_ACTIONS, MOST_ACTIONS);
    questions.answer(
        exchange,
        () -> new PersonTimeline(exchange.project(), user, limit, asked.text("before")),
        timeline -> {
          known(!timeline.events().isEmpty() || isKnown(exchange.project(), user), user);
          return timeline;
        });
  }

  private void sessions(Exchange exchange) {
    String user = user(exchange);
    int limit = exchange.parameters().limit(USUAL_SESSIONS, PersonSessions.MOST);
    questions.answer(
        exchange,
        () -> new PersonSessions(exchange.project(), user, limit),
        sessions -> {
          known(sessions.total() > 0 || isKnown(exchange.project(), user), user);
          return sessions;
        });
  }

  private void export(Exchange exchange) {
    String user = user(exchange);
    questions.answer(
        exchange,
        () -> new PersonExport(exchange.project(), user),
        export -> {
          known(export.isKnown(), user);
          return export;
        });
  }

  private boolean isKnown(String project, String user) {
    return rivulet.ask(new PersonAccount(project, user)).isKnown();
  }

  private static void known(boolean known, String user) {
    if (!known) {
      throw Problem.notFound("nobody with the id '" + user + "' was ever seen in this project");
    }
  }

  private static String user(Exchange exchange) {
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
    return user;
  }
}
