package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.time.Range;
import dev.rivulet.view.Filter;
import dev.rivulet.views.retention.EventMatch;
import dev.rivulet.views.retention.Lifecycle;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import dev.rivulet.views.retention.Stickiness;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who comes back, on how many days people are active, and where they come from. */
final class RetentionRoutes {
  private static final List<String> PERIODS = List.of("day", "week", "month");
  private static final List<String> INTERVALS = List.of("week", "month");
  private static final List<String> TYPES = List.of("first", "recurring");
  private static final List<String> MODES = List.of("on", "onOrAfter");
  private static final int PROPERTY_CHARS = 1_000;

  private final Questions questions;

  RetentionRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/retention", Door.READ, this::retention)
        .get("/api/v1/retention/stickiness", Door.READ, this::stickiness)
        .get("/api/v1/retention/lifecycle", Door.READ, this::lifecycle);
  }

  private void retention(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answerFiltered(
        exchange,
        () -> {
          Filter both = asked.filter("where");
          String type = asked.word("type", TYPES);
          String mode = asked.word("mode", MODES);
          return new Retention(
              exchange.project(),
              match(asked, "first", both, asked.filter("firstWhere")),
              match(asked, "return", both, asked.filter("returnWhere")),
              period(asked, PERIODS),
              type == null ? Retention.Type.FIRST : Retention.Type.parse(type),
              mode == null ? Retention.Mode.ON : Retention.Mode.parse(mode),
              range(asked),
              property(asked),
              asked.zone());
        });
  }

  private void stickiness(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answerFiltered(
        exchange,
        () ->
            new Stickiness(
                exchange.project(),
                match(asked, "event", asked.filter("where"), Filter.ALL),
                period(asked, INTERVALS),
                range(asked),
                asked.zone()));
  }

  private void lifecycle(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answerFiltered(
        exchange,
        () ->
            new Lifecycle(
                exchange.project(),
                match(asked, "event", asked.filter("where"), Filter.ALL),
                period(asked, PERIODS),
                range(asked),
                asked.zone()));
  }

  /** Null without any of the parameters of a range: the usual one of the question. */
  private @Nullable Range range(Parameters asked) {
    boolean given =
        asked.text("last") != null || asked.text("from") != null || asked.text("to") != null;
    return given ? asked.range(Duration.ofDays(1), questions.now()) : null;
  }

  private static Period period(Parameters asked, List<String> known) {
    String word = asked.word("period", known);
    return word == null ? Period.WEEK : Period.parse(word);
  }

  private static EventMatch match(Parameters asked, String name, Filter one, Filter other) {
    try {
      return EventMatch.named(asked.text(name)).and(one).and(other);
    } catch (IllegalArgumentException e) {
      throw Problem.badField(name, name + ": " + e.getMessage());
    }
  }

  private static @Nullable String property(Parameters asked) {
    String by = asked.text("by");
    if (by != null && by.length() > PROPERTY_CHARS) {
      throw Problem.badField(
          "by",
          "the property's name has "
              + by.length()
              + " characters, at most "
              + PROPERTY_CHARS
              + " are possible");
    }
    return by;
  }
}
