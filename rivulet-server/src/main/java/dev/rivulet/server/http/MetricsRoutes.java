package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.event.Limits;
import dev.rivulet.views.metrics.CurrentValue;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.MetricNames;
import dev.rivulet.views.metrics.Stat;
import java.time.Duration;
import java.util.Map;

/** Samples in the native format, and the questions about metrics. */
final class MetricsRoutes {
  private static final Duration USUAL_RANGE = Duration.ofHours(1);
  private static final String TAG = "tag.";

  private final Questions questions;
  private final Ingest ingest;

  MetricsRoutes(Rivulet rivulet, Ingest ingest) {
    this.questions = new Questions(rivulet);
    this.ingest = ingest;
  }

  void register(Routes routes) {
    routes
        .post("/api/v1/metrics", Door.INGEST, ingest::nativeSamples)
        .get("/api/v1/metrics", Door.READ, this::names)
        .get("/api/v1/metrics/{name}", Door.READ, this::history)
        .get("/api/v1/metrics/{name}/current", Door.READ, this::current);
  }

  private void names(Exchange exchange) {
    questions.answer(exchange, () -> new MetricNames(exchange.project()));
  }

  private void history(Exchange exchange) {
    Parameters asked = exchange.parameters();
    String stat = asked.word("stat", Stat.words());
    questions.answer(
        exchange,
        () ->
            new MetricHistory(
                exchange.project(),
                exchange.variable(0),
                stat == null ? Stat.MEAN : Stat.of(stat),
                tags(asked),
                asked.text("by"),
                asked.range(USUAL_RANGE, questions.now()),
                asked.step(),
                asked.zone()));
  }

  private void current(Exchange exchange) {
    Map<String, String> tags = tags(exchange.parameters());
    questions.answer(
        exchange, () -> new CurrentValue(exchange.project(), exchange.variable(0), tags));
  }

  /** The tags that samples must have: parameters such as {@code tag.endpoint=/pay}. */
  private static Map<String, String> tags(Parameters asked) {
    Map<String, String> tags = asked.startingWith(TAG);
    if (tags.size() > Limits.TAGS) {
      throw Problem.badField(
          "tag",
          tags.size() + " tags are asked for: a sample has at most " + Limits.TAGS + " tags");
    }
    tags.forEach(
        (tag, value) -> {
          if (tag.isEmpty() || value.isEmpty()) {
            throw Problem.badField(
                TAG + tag,
                "the parameter '"
                    + TAG
                    + tag
                    + "' has no "
                    + (tag.isEmpty() ? "tag" : "value")
                    + ": write tag.endpoint=/pay for the tag endpoint with the value /pay");
          }
        });
    return tags;
  }
}
