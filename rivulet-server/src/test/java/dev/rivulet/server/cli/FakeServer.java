package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with faults on demand: it takes native events as the interface says, counts each id
 * once, and can be told to refuse. For what the real server does there are integration tests.
 */
public final class FakeServer implements AutoCloseable {
  public static final String KEY = "write-key";

  /** Events by id. */
  public final Map<String, JsonNode> events = new ConcurrentHashMap<>();

  /** Samples by id. */
  public final Map<String, JsonNode> samples = new ConcurrentHashMap<>();

  public final List<Integer> identifyBatches = new ArrayList<>();
  public final AtomicInteger received = new AtomicInteger();

  /** So many requests are answered 503 before the next is taken. */
  public final AtomicInteger busy = new AtomicInteger();

  /** A body that holds this is answered 403: the key was taken back; empty for never. */
  public volatile String forbidden = "";

  /** Events with this user are refused one by one. */
  public volatile String refusedUser = "";

  /** A body that holds this is refused as a whole. */
  public volatile String poison = "";

  /** The name of its data; empty to say nothing of it. */
  public volatile String store = "store-1";

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final HttpServer http;

  public FakeServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/healthz", exchange -> answer(exchange, 200, "{}"));
    http.createContext("/api/v1/events", this::take);
    http.createContext("/api/v1/metrics", this::measure);
    http.createContext("/v1/batch", this::identify);
    http.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public ApiClient client(String key) {
    return new ApiClient(
        new Environment(url(), Path.of("."), new Keys(null, key, null, "the test")));
  }

  private void take(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"title\":\"Unauthorized\",\"detail\":\"no such key\"}");
      return;
    }
    if (!forbidden.isEmpty() && body.contains(forbidden)) {
      answer(exchange, 403, "{\"detail\":\"switched off\"}");
      return;
    }
    if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.getResponseHeaders().add("Retry-After", "0");
      answer(exchange, 503, "{\"title\":\"busy\"}");
      return;
    }
    if (!poison.isEmpty() && body.contains(poison)) {
      answer(exchange, 400, "{\"detail\":\"poison\"}");
      return;
    }
    var rejected = new ArrayList<String>();
    var lines = body.split("\n", -1);
    for (var i = 0; i < lines.length - 1; i++) {
      received.incrementAndGet();
      var event = ApiClient.JSON.readTree(lines[i]);
      if (event.path("user").asText().equals(refusedUser)) {
        rejected.add("{\"index\":%d,\"reason\":\"invalid_user\",\"detail\":\"no\"}".formatted(i));
      } else {
        events.put(event.path("id").asText(), event);
      }
    }
    answer(
        exchange,
        200,
        "{\"accepted\":%d,\"duplicates\":0,\"rejected\":[%s]}"
            .formatted(lines.length - 1 - rejected.size(), String.join(",", rejected)));
  }

  private void measure(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var lines = body.lines().filter(line -> !line.isBlank()).toList();
    for (var line : lines) {
      var sample = ApiClient.JSON.readTree(line);
      samples.put(sample.path("id").asText(), sample);
    }
    answer(exchange, 200, "{\"accepted\":%d,\"rejected\":[]}".formatted(lines.size()));
  }

  private void identify(HttpExchange exchange) throws IOException {
    var batch = ApiClient.JSON.readTree(exchange.getRequestBody().readAllBytes()).path("batch");
    synchronized (identifyBatches) {
      identifyBatches.add(batch.size());
    }
    answer(exchange, 200, "{\"success\":true}");
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    if (!store.isEmpty()) {
      exchange.getResponseHeaders().add("Rivulet-Store", store);
    }
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
