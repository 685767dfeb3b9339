package dev.rivulet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One connection that reads live topics, with the time of each total. Thread-safe. */
final class LiveStream implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";

  /**
   * The newest total of a topic.
   *
   * @param nanos when it was read
   */
  private record Seen(long total, long nanos) {}

  private final Socket socket;
  private final Map<String, Seen> newest = new HashMap<>();
  private String end = "";

  private LiveStream(Socket socket) {
    this.socket = socket;
  }

  static LiveStream open(RivuletServer server, List<String> topics) throws IOException {
    var address = server.address();
    var socket = new Socket(address.getAddress(), address.getPort());
    var request =
        "GET /api/v1/live?topics=%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(String.join(",", topics), address.getHostString(), RivuletServer.KEY);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var stream = new LiveStream(socket);
    var thread = new Thread(stream::read, "live-stream");
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  /** Waits until the topic's total is at least so much; returns when that was read. */
  synchronized long await(String topic, long total, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Seen seen = newest.get(topic);
      if (seen != null && seen.total() >= total) {
        return seen.nanos();
      }
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0 || !end.isEmpty()) {
        throw new IOException(
            "%s should be %d but is %s after %s %s".formatted(topic, total, seen, patience, end));
      }
      wait(millis);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A message is one chunk, so its line of data is whole; lines of HTTP begin otherwise. */
  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String status = lines.readLine();
      if (status == null || !status.contains(" 200 ")) {
        finish("The server answered " + status);
        return;
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(DATA)) {
          long now = System.nanoTime();
          var state = JSON.readTree(line.substring(DATA.length()));
          note(state.required("topic").asText(), new Seen(state.path("total").asLong(), now));
        }
      }
      finish("The stream ended.");
    } catch (IOException e) {
      finish("The stream broke: " + e.getMessage());
    }
  }

  private synchronized void note(String topic, Seen seen) {
    newest.put(topic, seen);
    notifyAll();
  }

  private synchronized void finish(String why) {
    end = why;
    notifyAll();
  }
}
