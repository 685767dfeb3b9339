package dev.rivulet.server.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import dev.rivulet.projects.Project;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send batches of events and samples with ids, each until one of the servers answers
 * 200.
 */
final class HttpClients implements AutoCloseable {
  static final List<String> NAMES = List.of("view", "click", "signup");
  static final long SPAN_MILLIS = 10L * 60 * 60 * 1000;
  static final String METRIC = "order_value";
  private static final List<String> SHOPS = List.of("north", "south", "east");
  private static final List<String> PLANS = List.of("free", "pro", "team");
  private static final int MOST_EVENTS = 30;
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final long PATIENCE_MILLIS = 180_000;

  private final ObjectMapper json = new ObjectMapper();
  private final List<ServerProcess> servers;
  private final long end;
  private final List<Thread> threads = new ArrayList<>();
  private final ConcurrentLinkedQueue<Event> acknowledged = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Sampled> acknowledgedSamples = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private volatile @Nullable Throwable failure;
  private volatile boolean running = true;

  private HttpClients(List<ServerProcess> servers, long end) {
    this.servers = servers;
    this.end = end;
  }

  /**
   * Starts {@code clients} threads.
   *
   * @param end the events happened in the ten hours before it, in epoch milliseconds
   */
  static HttpClients start(int clients, long seed, long end, List<ServerProcess> servers) {
    var started = new HttpClients(servers, end);
    for (int i = 0; i < clients; i++) {
      int number = i;
      var thread = new Thread(() -> started.run(number, new Random(seed + number)), "client-" + i);
      thread.setDaemon(true);
      started.threads.add(thread);
      thread.start();
    }
    return started;
  }

  /** A sample: whole numbers, so that sums are exact however they are added. */
  record Sampled(String id, long value, long time, String shop) {}

  List<Sampled> acknowledgedSamples() {
    return new ArrayList<>(acknowledgedSamples);
  }

  List<Event> acknowledged() {
    return new ArrayList<>(acknowledged);
  }

  long retries() {
    return retries.get();
  }

  /** Waits until {@code more} events are acknowledged. */
  void awaitMore(int more) {
    long wanted = count.get() + more;
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (count.get() < wanted) {
      throwFailure();
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "no "
                + more
                + " more events acknowledged in 180 s, after "
                + count
                + " and "
                + retries
                + " retries; "
                + servers.get(0).said());
      }
      ServerProcess.pause(10);
    }
  }

  /** Lets each client finish what it has in hand; afterwards everything sent is acknowledged. */
  void stop() throws InterruptedException {
    running = false;
    for (Thread thread : threads) {
      thread.join(PATIENCE_MILLIS);
      if (thread.isAlive()) {
        throw new AssertionError(
            thread.getName() + " gets no answer any more; " + servers.get(0).said());
      }
    }
    throwFailure();
    System.out.println(count + " events acknowledged, " + retries + " retries");
  }

  @Override
  public void close() {
    running = false;
    threads.forEach(Thread::interrupt);
  }

  private void run(int number, Random random) {
    try {
      HttpClient http = HttpClient.newHttpClient();
      for (int batch = 0; running; batch++) {
        List<Event> events = events(number + "-" + batch, random);
        String body = json.writeValueAsString(events.stream().map(HttpClients::wire).toList());
        sendUntilAcknowledged(http, "/api/v1/events", body, events.size(), random);
        acknowledged.addAll(events);
        count.addAndGet(events.size());
        if (batch % 3 == 0) {
          List<Sampled> samples = samples(number + "-" + batch, random);
          body = json.writeValueAsString(samples.stream().map(HttpClients::wire).toList());
          sendUntilAcknowledged(http, "/api/v1/metrics", body, samples.size(), random);
          acknowledgedSamples.addAll(samples);
        }
        Thread.sleep(random.nextInt(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  private void sendUntilAcknowledged(
      HttpClient http, String path, String body, int size, Random random)
      throws InterruptedException {
    while (true) {
      ServerProcess server = servers.get(random.nextInt(servers.size()));
      var request =
          HttpRequest.newBuilder(server.at(path))
              .timeout(ANSWER)
              .header("Authorization", "Bearer " + ServerProcess.KEY)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      try {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          JsonNode told = json.readTree(answer.body());
          if (told.path("accepted").asInt() != size) {
            throw new AssertionError("sent " + size + " items, answered " + answer.body());
          }
          return;
        }
        if (answer.statusCode() != 503) {
          throw new AssertionError("answered " + answer.statusCode() + ": " + answer.body());
        }
      } catch (IOException e) {
        // cut off, or nobody there: it may or may not be in the log
      }
      retries.incrementAndGet();
      Thread.sleep(10 + random.nextInt(40));
    }
  }

  private List<Event> events(String batch, Random random) {
    List<Event> events = new ArrayList<>();
    int size = 1 + random.nextInt(MOST_EVENTS);
    for (int i = 0; i < size; i++) {
      long at = end - 1 - (long) (random.nextDouble() * SPAN_MILLIS);
      Properties properties =
          Properties.of(Map.of("plan", PLANS.get(random.nextInt(PLANS.size()))));
      events.add(
          new Event(
              Project.DEFAULT,
              Kind.EVENT,
              NAMES.get(random.nextInt(NAMES.size())),
              "u" + random.nextInt(500),
              batch + "-" + i,
              at,
              at,
              properties));
    }
    return events;
  }

  private List<Sampled> samples(String batch, Random random) {
    List<Sampled> samples = new ArrayList<>();
    int size = 1 + random.nextInt(MOST_EVENTS);
    for (int i = 0; i < size; i++) {
      long at = end - 1 - (long) (random.nextDouble() * SPAN_MILLIS);
      String shop = SHOPS.get(random.nextInt(SHOPS.size()));
      samples.add(new Sampled("m" + batch + "-" + i, random.nextInt(10_000), at, shop));
    }
    return samples;
  }

  private static Map<String, Object> wire(Sampled sample) {
    return Map.of(
        "metric", METRIC,
        "value", sample.value,
        "id", sample.id,
        "time", sample.time,
        "node", sample.shop,
        "tags", Map.of("shop", sample.shop));
  }

  private static Map<String, Object> wire(Event event) {
    return Map.of(
        "event", event.name(),
        "user", event.user(),
        "id", String.valueOf(event.id()),
        "time", event.occurredAt(),
        "properties", Map.of("plan", String.valueOf(event.properties().value("plan"))));
  }

  private void throwFailure() {
    Throwable failed = failure;
    if (failed != null) {
      throw new AssertionError("a client failed: " + failed, failed);
    }
  }
}
