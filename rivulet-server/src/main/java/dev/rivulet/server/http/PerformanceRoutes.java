package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Limits;
import dev.rivulet.views.performance.LatencyHeatmap;
import dev.rivulet.views.performance.Order;
import dev.rivulet.views.performance.Performance;
import dev.rivulet.views.performance.Split;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long requests take, by endpoint and over time. */
final class PerformanceRoutes {
  private static final Duration USUAL_RANGE = Duration.ofHours(24);
  private static final int MOST_ENDPOINTS = 1_000;
  private static final String PREVIOUS = "previous";

  private final Questions questions;

  PerformanceRoutes(Rivulet rivulet) {
    this.questions = new Questions(rivulet);
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/performance", Door.READ, this::performance)
        .get("/api/v1/performance/heatmap", Door.READ, this::heatmap);
  }

  private void performance(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () -> {
          String sort = asked.word("sort", Order.words());
          String split = asked.word("by", Split.words());
          return new Performance(
              exchange.project(),
              tag(asked, "endpoint"),
              tag(asked, "method"),
              asked.range(USUAL_RANGE, questions.now()),
              asked.step(),
              asked.zone(),
              sort == null ? Order.REQUESTS : Order.parse(sort),
              asked.text("limit") == null ? null : (Integer) asked.limit(1, MOST_ENDPOINTS),
              apdex(asked),
              split == null ? null : Split.parse(split),
              asked.word("compare", List.of(PREVIOUS)) != null);
        });
  }

  private void heatmap(Exchange exchange) {
    Parameters asked = exchange.parameters();
    questions.answer(
        exchange,
        () ->
            new LatencyHeatmap(
                exchange.project(),
                tag(asked, "endpoint"),
                tag(asked, "method"),
                asked.range(USUAL_RANGE, questions.now()),
                asked.step(),
                asked.zone()));
  }

  private static @Nullable String tag(Parameters asked, String name) {
    String value = asked.text(name);
    if (value != null && value.length() > Limits.TAG_VALUE_CHARS) {
      throw Problem.badField(
          name,
          name
              + " has "
              + value.length()
              + " characters: no tag has more than "
              + Limits.TAG_VALUE_CHARS);
    }
    return value;
  }

  private static double apdex(Parameters asked) {
    String value = asked.text("apdex");
    if (value == null) {
      return Performance.USUAL_APDEX_MILLIS;
    }
    try {
      double millis = Double.parseDouble(value);
      if (millis > 0 && millis <= Performance.MOST_APDEX_MILLIS) {
        return millis;
      }
    } catch (NumberFormatException notANumber) {
      throw wrongApdex(value);
    }
    throw wrongApdex(value);
  }

  private static Problem wrongApdex(String value) {
    return Problem.badField(
        "apdex",
        "apdex '"
            + value
            + "' is not a number of milliseconds over 0 and up to a day, such as 500");
  }
}
