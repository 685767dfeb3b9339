package dev.rivulet.server.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.redis.LoopbackPort;
import dev.rivulet.server.Noon;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * `rivulet serve` in a process of its own, with an embedded Redis in the given folder, where it is
 * noon.
 */
final class Served implements AutoCloseable {
  static final String READ_KEY = "read-key-of-the-page-tests";
  static final String WRITE_KEY = "write-key-of-the-page-tests";
  static final String ADMIN_KEY = "admin-key-of-the-page-tests";

  /** Long, for a machine that does much else. */
  private static final Duration START = Duration.ofSeconds(120);

  private static final Duration STOP = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final Path data;
  private final int port;
  private final ZoneId timezone = Noon.zone();
  private Process process;

  Served(Path data) throws IOException, InterruptedException {
    this.data = data;
    this.port = LoopbackPort.free();
    process = start();
  }

  private Process start() throws IOException, InterruptedException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            List.of(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rivulet.server.Main",
                "serve",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString()));
    builder.environment().put("RIVULET_READ_KEY", READ_KEY);
    builder.environment().put("RIVULET_WRITE_KEY", WRITE_KEY);
    builder.environment().put("RIVULET_ADMIN_KEY", ADMIN_KEY);
    builder.environment().put("RIVULET_TIMEZONE", timezone.getId());
    builder.redirectErrorStream(true).redirectOutput(data.resolve("serve.log").toFile());
    var started = builder.start();
    var deadline = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (!started.isAlive() || System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new IOException("the server did not start: see " + data.resolve("serve.log"));
      }
      Thread.sleep(50);
    }
    return started;
  }

  private boolean isReady() throws InterruptedException {
    try {
      return send(HttpRequest.newBuilder(URI.create(address("/readyz"))).build()).statusCode()
          == 200;
    } catch (IOException e) {
      return false; // Not listening yet, or only just: a connection may be closed unanswered.
    }
  }

  String address(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** The address that signs the reader in. */
  String signedIn(String path) {
    return address(path) + "#key=" + READ_KEY;
  }

  /** Sends native events, an array or one, and returns when queries see them. */
  void track(String body) throws IOException, InterruptedException {
    post("/api/v1/events?wait=folded", body);
  }

  /** Sends native samples, an array or one, and returns when queries see them. */
  void measure(String body) throws IOException, InterruptedException {
    post("/api/v1/metrics?wait=folded", body);
  }

  /** Tells traits of a person, and returns when queries see them. */
  void identify(String user, String traits) throws IOException, InterruptedException {
    post(
        "/v1/identify?wait=folded", "{\"userId\": \"%s\", \"traits\": %s}".formatted(user, traits));
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address(path)))
            .header("Authorization", "Bearer " + WRITE_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = send(request);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** Defines a funnel, or redefines it, and returns when it has been filled from the log. */
  void define(String name, String definition) throws IOException, InterruptedException {
    var path = "/api/v1/funnels/" + URLEncoder.encode(name, UTF_8).replace("+", "%20");
    var request =
        HttpRequest.newBuilder(URI.create(address(path)))
            .header("Authorization", "Bearer " + ADMIN_KEY)
            .PUT(BodyPublishers.ofString(definition))
            .build();
    var answer = send(request);
    assertEquals(2, answer.statusCode() / 100, answer.body());
    var deadline = System.nanoTime() + START.toNanos();
    while (!ask(path).get("state").asText().equals("ready")) {
      if (System.nanoTime() > deadline) throw new IOException(name + " is not filled yet");
      Thread.sleep(50);
    }
  }

  /** Saves a board, whatever was under the name. */
  void saveBoard(String name, String board) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address("/api/v1/boards/" + name)))
            .header("Authorization", "Bearer " + ADMIN_KEY)
            .PUT(BodyPublishers.ofString(board))
            .build();
    var answer = send(request);
    assertEquals(2, answer.statusCode() / 100, answer.body());
  }

  /** Takes back all keys of a board. */
  void takeBack(String board) throws IOException, InterruptedException {
    var path = address("/api/v1/projects/default/keys");
    var asAdmin = HttpRequest.newBuilder().header("Authorization", "Bearer " + ADMIN_KEY);
    var listed = send(asAdmin.copy().uri(URI.create(path)).build());
    for (var key : json.readTree(listed.body()).get("keys")) {
      if (key.path("board").asText().equals(board)) {
        var one = URI.create(path + "/" + key.get("id").asText());
        assertEquals(200, send(asAdmin.copy().uri(one).DELETE().build()).statusCode());
      }
    }
  }

  JsonNode ask(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address(path)))
            .header("Authorization", "Bearer " + READ_KEY)
            .build();
    var answer = send(request);
    assertEquals(200, answer.statusCode(), answer.body());
    return json.readTree(answer.body());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void startAgain() throws IOException, InterruptedException {
    process = start();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) kill();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
