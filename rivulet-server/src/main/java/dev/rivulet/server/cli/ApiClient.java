package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Requests to one server, with answers and refusals in words. Safe for use by several threads. */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  static final ObjectMapper JSON = new ObjectMapper();

  private final Environment environment;
  private final HttpClient http;

  public ApiClient(Environment environment) {
    this(
        environment,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build());
  }

  /** With a client of the caller's. */
  public ApiClient(Environment environment, HttpClient http) {
    this.environment = environment;
    this.http = http;
  }

  URI url() {
    return environment.url();
  }

  /** The client itself, for answers that are not simply read to their end. */
  public HttpClient http() {
    return http;
  }

  /** Whether the server is on this machine. */
  public boolean isLoopback() {
    var host = url().getHost();
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  /**
   * A request that writes.
   *
   * @throws CommandFailure when there is no key that may
   */
  public HttpRequest.Builder write(String path, Map<String, String> parameters) {
    var key = environment.keys().forWriting();
    if (key == null) {
      throw new CommandFailure(
          "there is no write key (looked in %s). Set RIVULET_WRITE_KEY, or RIVULET_DATA to the data directory of a local server"
              .formatted(environment.keys().source()));
    }
    return request(path, parameters, key);
  }

  /**
   * Names the data behind the server, so that what one store is known to hold is never assumed of
   * another: the header {@code Rivulet-Store} of {@code /healthz}. Null when the server does not
   * say.
   *
   * @throws CommandFailure when the server cannot be reached
   */
  public @Nullable String store() {
    var answer = send(request("/healthz", Map.of(), null).GET().build());
    return answer.headers().firstValue("Rivulet-Store").orElse(null);
  }

  /** A request to {@code path}, with the key if there is one. */
  HttpRequest.Builder request(String path, Map<String, String> parameters, @Nullable String key) {
    var request =
        HttpRequest.newBuilder(URI.create(environment.url() + path + query(parameters)))
            .timeout(ANSWER_TIMEOUT)
            .header("User-Agent", "rivulet-cli");
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return request;
  }

  /**
   * Asks a question.
   *
   * @throws CommandFailure when the server cannot be reached or refuses, in its own words
   */
  JsonNode ask(String path, Map<String, String> parameters) {
    var request = request(path, parameters, environment.keys().forReading()).GET().build();
    var answer = send(request);
    if (answer.statusCode() != 200) {
      throw new CommandFailure(refusal(answer.statusCode(), answer.body()));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException notJson) {
      throw new CommandFailure(
          "%s%s did not answer JSON; is this a Rivulet server?".formatted(url(), path), notJson);
    }
  }

  /** Sends a request, whatever the status of the answer. */
  HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException unreachable) {
      throw new CommandFailure(unreachable(unreachable), unreachable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for " + url(), interrupted);
    }
  }

  public String unreachable(IOException cause) {
    var detail = cause.getMessage() == null ? "nothing answers there" : cause.getMessage();
    return "the server at %s cannot be reached: %s. Start one with \"rivulet serve\", or set RIVULET_URL"
        .formatted(url(), detail);
  }

  /** What a refusal means, from its problem document if it is one. */
  public String refusal(int status, byte[] body) {
    var problem = problem(body);
    var said = problem == null ? "" : ": " + problem;
    return switch (status) {
      case 401 ->
          "the server wants one of its keys%s. The one at hand is from %s; set RIVULET_READ_KEY, RIVULET_WRITE_KEY or RIVULET_ADMIN_KEY"
              .formatted(said, environment.keys().source());
      case 403 ->
          "the key is not for this%s. Reading takes the read or admin key, writing the write or admin key"
              .formatted(said);
      default ->
          problem == null
              ? "the server at %s answered %d".formatted(url(), status)
              : "the server refused (%d)%s".formatted(status, said);
    };
  }

  private static @Nullable String problem(byte[] body) {
    try {
      var document = JSON.readTree(body);
      var detail = document.path("detail").asText("");
      var title = document.path("title").asText("");
      var field = document.path("field").asText("");
      var text = detail.isEmpty() ? title : detail;
      if (text.isEmpty()) {
        return null;
      }
      return field.isEmpty() || text.contains(field) ? text : field + ": " + text;
    } catch (IOException notJson) {
      return null;
    }
  }

  private static String query(Map<String, String> parameters) {
    var pairs = new StringJoiner("&", "?", "").setEmptyValue("");
    parameters.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
    return pairs.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
