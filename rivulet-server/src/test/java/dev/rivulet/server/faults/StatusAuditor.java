package dev.rivulet.server.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one server after the other for its status while faults happen: the books always add up. */
final class StatusAuditor implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final long EVERY_MILLIS = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final List<ServerProcess> servers;
  private final Map<Integer, String> owners = new HashMap<>();
  private final Thread thread = new Thread(this::run, "status-auditor");
  private volatile boolean running = true;
  private volatile @Nullable Throwable failure;
  private int readings;
  private int moves;

  private StatusAuditor(List<ServerProcess> servers) {
    this.servers = servers;
  }

  static StatusAuditor start(List<ServerProcess> servers) {
    var auditor = new StatusAuditor(servers);
    auditor.thread.setDaemon(true);
    auditor.thread.start();
    return auditor;
  }

  /** Ends the audit; throws what it found. */
  void finish() throws InterruptedException {
    close();
    thread.join();
    Throwable failed = failure;
    if (failed != null) {
      throw new AssertionError("the books did not add up: " + failed.getMessage(), failed);
    }
    System.out.println(readings + " readings of the status, " + moves + " partitions moved");
  }

  /** How often a partition was seen with another owner than before. */
  int moves() {
    return moves;
  }

  @Override
  public void close() {
    running = false;
  }

  private void run() {
    try {
      for (int turn = 0; running; turn++) {
        JsonNode status = read(servers.get(turn % servers.size()));
        if (status != null) {
          readings++;
          audit(status);
        }
        ServerProcess.pause(EVERY_MILLIS);
      }
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
  }

  private @Nullable JsonNode read(ServerProcess server) {
    var request =
        HttpRequest.newBuilder(server.at("/api/v1/status"))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + ServerProcess.KEY)
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? json.readTree(answer.body()) : null;
    } catch (IOException dead) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void audit(JsonNode status) {
    addUp(status, "the server");
    long appended = 0;
    for (JsonNode row : status.path("partitions")) {
      int partition = row.path("partition").asInt();
      addUp(row, "partition " + partition);
      appended += row.path("appended").asLong();
      JsonNode owner = row.path("owner");
      if (owner.isTextual()) {
        String before = owners.put(partition, owner.asText());
        if (before != null && !before.equals(owner.asText())) {
          moves++;
        }
      }
    }
    long rejected = 0;
    for (JsonNode count : status.path("rejected")) {
      rejected += count.asLong();
    }
    check(appended == status.path("appended").asLong(), "the partitions' appended", status);
    check(
        status.path("received").asLong()
            == status.path("accepted").asLong() + status.path("duplicates").asLong() + rejected,
        "received",
        status);
  }

  private static void addUp(JsonNode books, String whose) {
    long pending = books.path("pending").asLong();
    check(pending >= 0, "pending of " + whose, books);
    check(
        books.path("appended").asLong() == books.path("folded").asLong() + pending,
        "appended of " + whose,
        books);
  }

  private static void check(boolean holds, String what, JsonNode of) {
    if (!holds) {
      throw new AssertionError(what + " is wrong in " + of);
    }
  }
}
