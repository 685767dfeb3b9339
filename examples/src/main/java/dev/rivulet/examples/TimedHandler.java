package dev.rivulet.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rivulet.Rivulet;
import dev.rivulet.recorder.ResponseTimes;
import dev.rivulet.time.Range;
import dev.rivulet.views.metrics.MetricHistory;
import dev.rivulet.views.metrics.Stat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Time the handler of a plain HTTP server, and ask how fast it was. */
public final class TimedHandler {
  private static final int REQUESTS = 50;

  private TimedHandler() {}

  public static void main(String[] args) throws Exception {
    try (Rivulet rivulet = Rivulet.embedded(Path.of(args.length > 0 ? args[0] : "data"))) {
      ResponseTimes orders = rivulet.recorder().responseTimes("/orders/{id}", "GET");
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/orders/", exchange -> timed(exchange, orders));
      server.start();
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders/17");
      for (int i = 0; i < REQUESTS; i++) {
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      }
      server.stop(0);
      rivulet.recorder().close(); // ships now what would be shipped within the second
      while (rivulet.status().pending() > 0) {
        Thread.sleep(10);
      }

      System.out.println(ask(rivulet, Stat.COUNT) + " responses");
      System.out.println(ask(rivulet, Stat.P99) > 0 ? "p99 in milliseconds" : "no time at all");
    }
  }

  private static void timed(HttpExchange exchange, ResponseTimes times) throws IOException {
    long start = System.nanoTime();
    int status = 500;
    try (exchange) {
      exchange.sendResponseHeaders(204, -1);
      status = 204;
    } finally {
      times.record(status, System.nanoTime() - start);
    }
  }

  private static double ask(Rivulet rivulet, Stat stat) {
    var lastHour = Range.last(Duration.ofHours(1));
    var tags = Map.of("endpoint", "/orders/{id}", "status", "204");
    Double value =
        rivulet
            .ask(
                new MetricHistory(
                    "default", "response_time", stat, tags, null, lastHour, null, null))
            .value();
    return value == null ? 0 : value;
  }
}
