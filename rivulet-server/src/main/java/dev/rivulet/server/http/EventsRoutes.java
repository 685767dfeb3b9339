package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.views.breakdowns.EventCountBy;
import dev.rivulet.views.breakdowns.EventProperties;
import dev.rivulet.views.breakdowns.TopValues;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.EventNames;
import dev.rivulet.views.counts.FilteredCount;
import dev.rivulet.views.counts.ThoroughCount;
import dev.rivulet.views.numbers.EventStats;
import dev.rivulet.views.recent.RecentEvents;
import dev.rivulet.views.uniques.ThoroughUniques;
import dev.rivulet.views.uniques.UniquePeople;
import java.time.Duration;

/** Events in the native format, and the questions about them. */
final class EventsRoutes {
  private static final Duration USUAL_RANGE = Duration.ofHours(24);
  private static final int USUAL_TOP = 10;
  private static final int MOST_TOP = 1_000;
  private static final int USUAL_GROUPS = 20;
  private static final int USUAL_RECENT = 50;
  private static final int MOST_RECENT = 200;

  private final Questions questions;
  private final Ingest ingest;

  EventsRoutes(Rivulet rivulet, Ingest ingest) {
    this.questions = new Questions(rivulet);
    this.ingest = ingest;
  }

  void register(Routes routes) {
    routes
        .post("/api/v1/events", Door.INGEST, ingest::nativeEvents)
        .get("/api/v1/events", Door.READ, this::names)
        .get("/api/v1/events/count", Door.READ, this::count)
        .get("/api/v1/events/uniques", Door.READ, this::uniques)
        .get("/api/v1/events/top", Door.READ, this::top)
        .get("/api/v1/events/stats", Door.READ, this::stats)
        .get("/api/v1/events/properties", Door.READ, this::properties)
        .get("/api/v1/events/recent", Door.READ, this::recent);
  }

  private void names(Exchange exchange) {
    questions.answer(exchange, () -> new EventNames(exchange.project()));
  }

  private void count(Exchange exchange) {
    Parameters asked = exchange.parameters();
    String by = asked.text("by");
    if (asked.text("where") != null) {
      questions.answerFiltered(
          exchange,
          () ->
              new FilteredCount(
                  exchange.project(),
                  asked.text("event"),
                  asked.filter("where"),
                  by,
                  asked.range(USUAL_RANGE, questions.now()),
                  asked.step(),
                  asked.zone(),
                  asked.limit(USUAL_GROUPS, MOST_TOP)));
    } else if (by == null) {
      questions.answer(
          exchange,
          () ->
              new ThoroughCount(
                  new EventCount(
                      exchange.project(),
                      asked.text("event"),
                      asked.range(USUAL_RANGE, questions.now()),
                      asked.step(),
                      asked.zone())));
    } else {
      questions.answer(
          exchange,
          () ->
              new EventCountBy(
                  exchange.project(),
                  asked.required("event"),
                  by,
                  asked.range(USUAL_RANGE, questions.now()),
                  asked.step(),
                  asked.zone(),
                  asked.limit(USUAL_GROUPS, MOST_TOP)));
    }
  }

  private void uniques(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () ->
            new ThoroughUniques(
                new UniquePeople(
                    exchange.project(),
                    asked.text("event"),
                    asked.range(USUAL_RANGE, questions.now()),
                    asked.step(),
                    asked.zone())));
  }

  private void top(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () ->
            new TopValues(
                exchange.project(),
                asked.required("event"),
                asked.required("property"),
                asked.range(USUAL_RANGE, questions.now()),
                asked.limit(USUAL_TOP, MOST_TOP)));
  }

  private void stats(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () ->
            new EventStats(
                exchange.project(),
                asked.required("event"),
                asked.required("property"),
                asked.range(USUAL_RANGE, questions.now()),
                asked.step(),
                asked.zone()));
  }

  private void properties(Exchange exchange) {
    questions.answer(
        exchange,
        () -> new EventProperties(exchange.project(), exchange.parameters().required("event")));
  }

  private void recent(Exchange exchange) {
    int limit = exchange.parameters().limit(USUAL_RECENT, MOST_RECENT);
    questions.answer(exchange, () -> new RecentEvents(exchange.project(), limit));
  }
}
