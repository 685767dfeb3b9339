package dev.rivulet.server.http;

import static java.time.ZoneOffset.UTC;

import dev.rivulet.Rivulet;
import dev.rivulet.Status;
import dev.rivulet.projects.Project;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the server is: its books, whether it lives, whether it is ready. */
final class StatusRoutes {
  /** The open routes share a reading this young, so that asking often costs nothing. */
  private static final long SHARED_NANOS = 500_000_000;

  /** Names the stored data, so that importers keep apart what they sent to which. */
  private static final String STORE = "Rivulet-Store";

  private static final Buffer ALIVE =
      Buffer.buffer("{\"status\":\"ok\"}".getBytes(StandardCharsets.UTF_8));

  /**
   * A partition whose node died has another within seconds. This process can take events all the
   * while; were it not ready, one death would take every node out of the load balancer.
   */
  private static final long HANDING_OVER_NANOS = 15_000_000_000L;

  private final Rivulet rivulet;
  private @Nullable Reading last;
  private boolean wasReady;
  private @Nullable Long idleSince;

  StatusRoutes(Rivulet rivulet) {
    this.rivulet = rivulet;
  }

  /**
   * One reading of the status.
   *
   * @param failure why there is none
   */
  record Reading(@Nullable Status status, @Nullable String failure, long atNanos) {}

  /** The answer of {@code /readyz}. */
  private record Readiness(boolean ready, List<String> reasons, Map<String, Double> filling) {}

  /** The key of one board reads the numbers, no nodes and no refused events. */
  private record OfBoard(
      String at,
      long accepted,
      long appended,
      long folded,
      long pending,
      long duplicates,
      long lagMillis) {
    private static OfBoard of(Status status) {
      return new OfBoard(
          status.at(),
          status.accepted(),
          status.appended(),
          status.folded(),
          status.pending(),
          status.duplicates(),
          status.lagMillis());
    }
  }

  void register(Routes routes) {
    routes
        .get("/api/v1/status", Door.READ, this::status)
        .get("/healthz", Door.OPEN, this::alive)
        .get("/readyz", Door.OPEN, this::ready);
  }

  /** Whose status is meant: a project's, or with the default project's key, empty: the server's. */
  static String statusOf(Exchange exchange) {
    boolean named = exchange.parameters().text("project") != null;
    return !named && exchange.project().equals(Project.DEFAULT) ? "" : exchange.project();
  }

  private void alive(Exchange exchange) {
    exchange
        .response()
        .putHeader(STORE, rivulet.installation())
        .putHeader(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(rivulet.clock().instant().atOffset(UTC)));
    exchange.send(200, Exchange.JSON, ALIVE);
  }

  private void status(Exchange exchange) {
    String project = statusOf(exchange);
    boolean ofBoard = exchange.access().board() != null;
    exchange.answer(
        () -> {
          Status status = project.isEmpty() ? rivulet.status() : rivulet.status(project);
          return ofBoard ? OfBoard.of(status) : status;
        });
  }

  private void ready(Exchange exchange) {
    exchange.compute(
        () -> readiness(reading()),
        readiness -> {
          if (!readiness.ready()) {
            exchange.response().putHeader("Retry-After", "1");
          }
          exchange.json(readiness.ready() ? 200 : 503, readiness);
        });
  }

  private synchronized Readiness readiness(Reading reading) {
    Status status = reading.status();
    if (status == null) {
      String reason = "the store cannot be reached: " + reading.failure();
      return new Readiness(false, List.of(reason), Map.of());
    }
    var reasons = new ArrayList<String>();
    for (Status.Partition partition : status.partitions()) {
      if (partition.owner() == null) {
        reasons.add("no node folds partition " + partition.partition());
      }
    }
    if (reasons.isEmpty()) {
      wasReady = true;
      idleSince = null;
    } else if (wasReady) {
      idleSince = idleSince == null ? (Long) reading.atNanos() : idleSince;
      if (reading.atNanos() - idleSince < HANDING_OVER_NANOS) {
        reasons.clear();
      }
    }
    return new Readiness(reasons.isEmpty(), reasons, status.filling());
  }

  /** The status of a moment ago; blocks. */
  synchronized Reading reading() {
    long now = System.nanoTime();
    Reading known = last;
    if (known == null || now - known.atNanos() > SHARED_NANOS) {
      known = read();
      last = known;
    }
    return known;
  }

  private Reading read() {
    try {
      Status status = rivulet.status();
      return new Reading(status, null, System.nanoTime());
    } catch (RuntimeException e) {
      return new Reading(null, String.valueOf(e.getMessage()), System.nanoTime());
    }
  }
}
