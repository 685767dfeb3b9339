package dev.rivulet.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Any number of connections that read live topics, by one thread. */
final class LiveReaders implements AutoCloseable {
  private final Selector selector;
  private final Thread thread;
  private final Queue<LiveReader> changed = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  LiveReaders() throws IOException {
    selector = Selector.open();
    thread = new Thread(this::run, "live-readers");
    thread.start();
  }

  /** Connects and asks; what comes is read from now on. */
  LiveReader open(int port, String topics) throws IOException {
    return open(port, topics, 0, new HashMap<>());
  }

  /**
   * @param totals the highest total seen of each topic, kept up to date; none may go back
   */
  LiveReader open(int port, String topics, long lastId, Map<String, Long> totals)
      throws IOException {
    var channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    var request =
        "GET /api/v1/live?topics=%s HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(
                topics, TestServer.READ, lastId == 0 ? "" : "Last-Event-ID: " + lastId + "\r\n");
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    var reader = new LiveReader(this, channel, lastId, totals);
    apply(reader);
    return reader;
  }

  /** Has the thread take up what the reader wants now. */
  void apply(LiveReader reader) {
    changed.add(reader);
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<SelectionKey> keys = new ArrayList<>(selector.keys());
    for (SelectionKey key : keys) {
      key.channel().close();
    }
    selector.close();
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    try {
      while (!closed) {
        selector.select();
        for (LiveReader reader = changed.poll(); reader != null; reader = changed.poll()) {
          reader.register(selector);
        }
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid() && key.isReadable()) {
            ((LiveReader) key.attachment()).read(buffer);
          }
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
