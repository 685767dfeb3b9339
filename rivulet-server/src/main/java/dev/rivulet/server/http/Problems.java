package dev.rivulet.server.http;

import dev.rivulet.boards.BoardConflict;
import dev.rivulet.boards.BoardsContended;
import dev.rivulet.boards.UnknownBoard;
import dev.rivulet.definitions.DefinitionConflict;
import dev.rivulet.live.TooManyWatches;
import dev.rivulet.log.LogUnavailable;
import dev.rivulet.projects.KeyRefused;
import dev.rivulet.projects.UnknownKey;
import dev.rivulet.projects.UnknownProject;
import dev.rivulet.redis.RedisUnavailable;
import dev.rivulet.server.ingest.UnreadableBody;
import dev.rivulet.views.funnels.UnknownFunnel;
import dev.rivulet.views.metrics.UnknownMetric;
import io.vertx.core.http.HttpServerResponse;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From what went wrong to what the client is told. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final long RETRY_SECONDS = 1;

  private Problems() {}

  /** What nobody expected is logged under an id that the client gets, and nothing else of it. */
  static Problem of(Throwable failure, String where) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      return problem;
    }
    if (cause instanceof UnreadableBody unreadable) {
      return Problem.of(unreadable.status(), unreadable.detail())
          .withReason(unreadable.reason().word());
    }
    if (cause instanceof UnknownProject unknown) {
      return Problem.notFound(String.valueOf(unknown.getMessage()));
    }
    if (cause instanceof UnknownFunnel unknown) {
      return Problem.notFound(String.valueOf(unknown.getMessage()));
    }
    if (cause instanceof UnknownMetric unknown) {
      return Problem.notFound(String.valueOf(unknown.getMessage()));
    }
    if (cause instanceof UnknownBoard unknown) {
      return Problem.notFound(String.valueOf(unknown.getMessage()));
    }
    if (cause instanceof UnknownKey unknown) {
      return Problem.notFound(String.valueOf(unknown.getMessage()));
    }
    if (cause instanceof KeyRefused refused) {
      return Problem.of(409, String.valueOf(refused.getMessage()));
    }
    if (cause instanceof BoardConflict conflict) {
      return Problem.of(412, String.valueOf(conflict.getMessage())).withField("If-Match");
    }
    if (cause instanceof BoardsContended contended) {
      return Problem.unavailable(String.valueOf(contended.getMessage()), RETRY_SECONDS);
    }
    if (cause instanceof DefinitionConflict conflict) {
      return Problem.of(412, String.valueOf(conflict.getMessage())).withField("If-Match");
    }
    if (cause instanceof LogUnavailable unavailable) {
      return Problem.unavailable(String.valueOf(unavailable.getMessage()), RETRY_SECONDS);
    }
    if (cause instanceof TooManyWatches tooMany) {
      return Problem.unavailable(String.valueOf(tooMany.getMessage()), RETRY_SECONDS);
    }
    if (cause instanceof RedisUnavailable unavailable) {
      return Problem.unavailable(
          "Redis cannot be reached now: " + unavailable.getMessage(), RETRY_SECONDS);
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("request to {} failed, id {}", where, id, cause);
    return Problem.of(
        500, "something went wrong here; it is in the server's log under the id " + id);
  }

  static void addHeaders(HttpServerResponse response, Problem problem) {
    if (!response.ended() && !response.headWritten()) {
      problem.headers().forEach((name, value) -> response.putHeader(name, value));
      if (problem.status() == 413) {
        response.putHeader("Connection", "close"); // the rest of the body is not worth reading
      }
    }
  }
}
