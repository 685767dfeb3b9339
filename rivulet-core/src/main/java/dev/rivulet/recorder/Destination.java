package dev.rivulet.recorder;

import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where a recorder ships to. Thread-safe. */
public interface Destination {
  /**
   * The kind that a metric has for all processes, {@code said} if it had none; may block.
   *
   * @throws RuntimeException when it cannot be known now
   */
  MetricKind settle(String project, String metric, MetricKind said);

  /**
   * Appends sketches to the log; does not block.
   *
   * @return completes when all of them are in the log; fails when any of them may not be
   */
  CompletableFuture<?> append(List<Event> sketches);

  /** Notes a sketch that was not appended, with its reason. */
  void refused(String project, Refusal reason, String detail);
}
