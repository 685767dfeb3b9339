package dev.rivulet.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.Rivulet;
import dev.rivulet.projects.Access;
import dev.rivulet.projects.Project;
import dev.rivulet.projects.Role;
import dev.rivulet.testkit.redis.RealRedis;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The real server on a free port with a real Redis, and a client for it. */
final class TestServer implements AutoCloseable {
  static final String WRITE = "the-write-key-of-tests";
  static final String READ = "the-read-key-of-tests";
  static final String ADMIN = "the-admin-key-of-tests";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than the server waits for anything; a test that passes never waits so long. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Rivulet rivulet;
  private final WebServer web;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private TestServer(Rivulet rivulet, WebServer web) {
    this.rivulet = rivulet;
    this.web = web;
  }

  static TestServer start(RealRedis redis) throws IOException {
    return start(redis, Bounds.defaults());
  }

  static TestServer start(RealRedis redis, Bounds bounds) throws IOException {
    Rivulet rivulet = Rivulet.open(address(redis));
    rivulet.projects().trust(WRITE, new Access(Project.DEFAULT, Role.WRITE));
    rivulet.projects().trust(READ, new Access(Project.DEFAULT, Role.READ));
    rivulet.projects().trust(ADMIN, new Access(Project.DEFAULT, Role.ADMIN));
    return new TestServer(rivulet, WebServer.start(rivulet, bounds, "127.0.0.1", 0));
  }

  static String address(RealRedis redis) {
    var at = redis.address().node();
    return "redis://" + at.host() + ":" + at.port();
  }

  /** An answer. */
  record Answer(int status, HttpResponse<byte[]> response) {
    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text(), e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Its answer once it folds every partition, which on a busy machine takes a moment. */
  Answer awaitReady() {
    return awaitAnswer("/readyz", "", ready -> ready.status() == 200);
  }

  /** The metrics once they have {@code line}; otherwise as they are at last. */
  Answer awaitMetrics(String line) {
    return awaitAnswer("/metrics", "", metrics -> metrics.text().contains(line + "\n"));
  }

  /** The answer as soon as it is as wanted; if it never is, the last one. */
  Answer awaitAnswer(String path, String key, Predicate<Answer> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var answer = send("GET", path, key, BodyPublishers.noBody());
      if (wanted.test(answer) || System.nanoTime() - deadline >= 0) {
        return answer;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  int port() {
    return web.port();
  }

  Rivulet rivulet() {
    return rivulet;
  }

  HttpClient client() {
    return client;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + web.port() + path);
  }

  /** A request with a key; an empty one sends none. Further headers are names and values. */
  Answer send(String method, String path, String key, BodyPublisher body, String... headers) {
    var request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).method(method, body);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, READ, BodyPublishers.noBody(), headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, WRITE, BodyPublishers.ofString(body), headers);
  }

  /** Sends events and waits until they are visible. */
  Answer track(String events) {
    return post("/api/v1/events?wait=folded", events);
  }

  /** Sends bytes as they are, on a connection of their own, and reads until it is closed. */
  String raw(String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", web.port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    try {
      web.close();
    } finally {
      rivulet.close();
    }
  }
}
