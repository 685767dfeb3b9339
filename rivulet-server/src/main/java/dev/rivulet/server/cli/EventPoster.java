package dev.rivulet.server.cli;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends bodies until the server has taken them. "Not now" (429, 503 and other 5xx) and broken
 * connections are tried again, as {@code Retry-After} says, for as long as the timeout allows; the
 * ids of the events make that harmless. A body refused as a whole is halved until the events at
 * fault are alone. Safe for use by several threads.
 */
public final class EventPoster {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int DETAIL_CHARS = 100;

  private final ApiClient api;
  private final HttpRequest.Builder template;
  private final boolean compressed;
  private final Duration timeout;

  private EventPoster(
      ApiClient api, String path, String contentType, @Nullable String project, Duration timeout) {
    this.api = api;
    this.timeout = timeout;
    // Compressing costs more than a loopback saves.
    this.compressed = !api.isLoopback();
    var parameters = project == null ? Map.<String, String>of() : Map.of("project", project);
    this.template = api.write(path, parameters).header("Content-Type", contentType);
    if (compressed) {
      template.header("Content-Encoding", "zstd");
    }
  }

  /**
   * Sends native events as NDJSON.
   *
   * @param project the project's id; null for the default
   * @param timeout how long a body is tried again
   * @throws CommandFailure when there is no key that may write
   */
  public static EventPoster ofEvents(ApiClient api, @Nullable String project, Duration timeout) {
    return new EventPoster(api, "/api/v1/events", "application/x-ndjson", project, timeout);
  }

  /** Sends native samples as NDJSON to the default project. */
  public static EventPoster ofSamples(ApiClient api, Duration timeout) {
    return new EventPoster(api, "/api/v1/metrics", "application/x-ndjson", null, timeout);
  }

  /** Sends Segment batches: each body one JSON document on one line. */
  public static EventPoster ofSegmentBatches(ApiClient api, Duration timeout) {
    return new EventPoster(api, "/v1/batch", "application/json", null, timeout);
  }

  /**
   * An event the server would not have.
   *
   * @param index its position in the body, from 0
   */
  public record Refused(int index, String reason) {}

  /**
   * Sends the lines in {@code body[from, to)} and answers those that were refused.
   *
   * @throws CommandFailure when the key is refused, or nothing was taken within the timeout
   * @throws InterruptedException when another part of the import has failed
   */
  public List<Refused> post(byte[] body, int from, int to) throws InterruptedException {
    return post(body, from, to, 0);
  }

  private List<Refused> post(byte[] body, int from, int to, int firstIndex)
      throws InterruptedException {
    var answer = untilAnswered(body, from, to);
    var status = answer.statusCode();
    if (status == 200) {
      return refused(answer.body(), firstIndex);
    }
    var said = api.refusal(status, answer.body());
    if (status != 400 && status != 413 && status != 422) {
      throw new CommandFailure(said);
    }
    var middle = lineBreakNearMiddle(body, from, to);
    if (middle == to) {
      return List.of(new Refused(firstIndex, said));
    }
    var all = new ArrayList<>(post(body, from, middle, firstIndex));
    all.addAll(post(body, middle, to, firstIndex + lines(body, from, middle)));
    return all;
  }

  private HttpResponse<byte[]> untilAnswered(byte[] body, int from, int to)
      throws InterruptedException {
    var content = compressed ? Zstd.compress(Arrays.copyOfRange(body, from, to), 1) : null;
    var request =
        (content == null
                ? template.copy().POST(BodyPublishers.ofByteArray(body, from, to - from))
                : template.copy().POST(BodyPublishers.ofByteArray(content)))
            .build();
    var deadline = System.nanoTime() + timeout.toNanos();
    var pauseMillis = FIRST_PAUSE_MILLIS;
    while (true) {
      String problem;
      Duration pause;
      try {
        var answer = api.http().send(request, BodyHandlers.ofByteArray());
        var status = answer.statusCode();
        if (status != 429 && status < 500) {
          return answer;
        }
        problem = api.refusal(status, answer.body());
        pause = retryAfter(answer, pauseMillis);
      } catch (IOException broken) {
        problem = api.unreachable(broken);
        pause = Duration.ofMillis(pauseMillis);
      }
      if (System.nanoTime() + pause.toNanos() > deadline) {
        throw new CommandFailure(
            "nothing was taken for %d s; the last answer: %s"
                .formatted(timeout.toSeconds(), problem));
      }
      // Spread out, so that the senders do not come back all at once.
      Thread.sleep(pause.toMillis() + ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS));
      pauseMillis = Math.min(2 * pauseMillis, 5_000);
    }
  }

  private static Duration retryAfter(HttpResponse<?> answer, long elseMillis) {
    var header = answer.headers().firstValue("Retry-After").orElse("");
    Duration asked;
    try {
      asked =
          header.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(header))
              : Duration.between(
                  Instant.now(), ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeParseException noDate) {
      asked = Duration.ofMillis(elseMillis);
    }
    if (asked.isNegative() || asked.isZero()) {
      return Duration.ofMillis(elseMillis);
    }
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  private static List<Refused> refused(byte[] body, int firstIndex) {
    try {
      var all = new ArrayList<Refused>();
      for (var item : ApiClient.JSON.readTree(body).path("rejected")) {
        var reason = item.path("reason").asText("refused");
        var detail = item.path("detail").asText("");
        all.add(
            new Refused(
                firstIndex + item.path("index").asInt(),
                detail.isEmpty() ? reason : reason + ": " + Printable.of(detail, DETAIL_CHARS)));
      }
      return all;
    } catch (IOException notJson) {
      throw new CommandFailure("the server answered 200 without JSON", notJson);
    }
  }

  /** The start of the line nearest after the middle, or {@code to} when there is only one line. */
  private static int lineBreakNearMiddle(byte[] body, int from, int to) {
    for (var at = from + (to - from) / 2; at < to - 1; at++) {
      if (body[at] == '\n') {
        return at + 1;
      }
    }
    for (var at = from + (to - from) / 2; at > from; at--) {
      if (body[at - 1] == '\n') {
        return at;
      }
    }
    return to;
  }

  private static int lines(byte[] body, int from, int to) {
    var count = 0;
    for (var at = from; at < to; at++) {
      count += body[at] == '\n' ? 1 : 0;
    }
    return count;
  }
}
