package dev.rivulet.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** One connection that reads live topics, and what it has read. */
final class LiveReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Long, for a machine that does much else. */
  static final long LONGEST_NANOS = 150_000_000_000L;

  private final LiveReaders readers;
  private final SocketChannel channel;
  private byte[] rest = {};
  private final Map<String, String> newest = new HashMap<>();
  private final Map<String, Long> totals;
  private final Map<String, Integer> messages = new HashMap<>();
  private boolean headRead;
  private boolean paused;
  private boolean closing;
  private boolean ended;
  private boolean endedWell;
  private long lastId;
  private long bytes;
  private String wrong = "";

  LiveReader(LiveReaders readers, SocketChannel channel, long lastId, Map<String, Long> totals) {
    this.readers = readers;
    this.channel = channel;
    this.lastId = lastId;
    this.totals = totals;
  }

  /** Stops to read; the connection stays. */
  synchronized void pause() {
    paused = true;
    readers.apply(this);
  }

  synchronized void resume() {
    paused = false;
    readers.apply(this);
  }

  /** Cuts the connection. */
  synchronized void close() {
    closing = true;
    readers.apply(this);
  }

  synchronized long lastId() {
    return lastId;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int messages(String topic) {
    return messages.getOrDefault(topic, 0);
  }

  /** What the server must not do, if it did. */
  synchronized String wrong() {
    return wrong;
  }

  /** Whether the stream has ended, and as HTTP ends a body. */
  synchronized boolean endedWell() {
    return ended && endedWell;
  }

  synchronized boolean ended() {
    return ended;
  }

  /** Waits until the newest state of the topic is as wanted. */
  synchronized void await(String topic, Predicate<JsonNode> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!newest.containsKey(topic) || !wanted.test(json(newest.get(topic)))) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError(
            topic + " is not as it should be: " + newest.get(topic) + (ended ? ", ended" : ""));
      }
      wait(millis);
    }
  }

  void awaitTotal(String topic, long total) throws InterruptedException {
    await(topic, data -> data.path("total").asLong() == total);
  }

  synchronized void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + LONGEST_NANOS;
    while (!ended) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError("the stream does not end");
      }
      wait(millis);
    }
  }

  /** On the reading thread. */
  synchronized void register(Selector selector) throws IOException {
    if (closing) {
      channel.close();
      ended = true;
      notifyAll();
    } else if (channel.isOpen()) {
      channel.register(selector, paused ? 0 : SelectionKey.OP_READ, this);
    }
  }

  /** On the reading thread. */
  synchronized void read(ByteBuffer buffer) {
    if (paused || closing) {
      return;
    }
    try {
      buffer.clear();
      int count = channel.read(buffer);
      if (count < 0) {
        end();
        return;
      }
      bytes += count;
      byte[] read = new byte[count];
      buffer.flip().get(read);
      parse(joined(rest, read));
    } catch (IOException e) {
      end();
    }
    notifyAll();
  }

  private void end() {
    ended = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    notifyAll();
  }

  /** Takes the head, then whole chunks; the server writes a message as one chunk. */
  private void parse(byte[] all) {
    int at = 0;
    if (!headRead) {
      int end = find(all, 0, "\r\n\r\n");
      if (end < 0) {
        rest = all;
        return;
      }
      String head = new String(all, 0, end, StandardCharsets.US_ASCII);
      if (!head.startsWith("HTTP/1.1 200 ")) {
        wrong = head;
      }
      headRead = true;
      at = end + 4;
    }
    while (true) {
      int line = find(all, at, "\r\n");
      if (line < 0) {
        break;
      }
      int size = Integer.parseInt(new String(all, at, line - at, StandardCharsets.US_ASCII), 16);
      if (all.length < line + 2 + size + 2) {
        break;
      }
      endedWell |= size == 0;
      take(new String(all, line + 2, size, StandardCharsets.UTF_8));
      at = line + 2 + size + 2;
    }
    rest = Arrays.copyOfRange(all, at, all.length);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private void take(String text) {
    long id = 0;
    for (String line : text.split("\n")) {
      if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("data: ")) {
        message(id, line.substring(6));
      }
    }
  }

  private static JsonNode json(String data) {
    try {
      return JSON.readTree(data);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + data, e);
    }
  }

  private void message(long id, String data) {
    JsonNode state = json(data);
    String topic = state.path("topic").asText();
    boolean first = messages.merge(topic, 1, Integer::sum) == 1;
    if (id <= lastId) {
      wrong = "id " + id + " after " + lastId;
    }
    if (first != state.path("kind").asText().equals("snapshot")) {
      wrong = "message " + messages.get(topic) + " of " + topic + " is a " + state.path("kind");
    }
    long total = state.path("total").asLong();
    if (total < totals.getOrDefault(topic, 0L)) {
      wrong = topic + " went back from " + totals.get(topic) + " to " + total;
    }
    totals.put(topic, total);
    lastId = id;
    newest.put(topic, data);
  }

  private static int find(byte[] in, int from, String what) {
    byte[] wanted = what.getBytes(StandardCharsets.US_ASCII);
    outer:
    for (int i = from; i + wanted.length <= in.length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (in[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return i;
    }
    return -1;
  }
}
