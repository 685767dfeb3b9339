package dev.rivulet.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One blocking keep-alive connection on loopback, for queries and probes. One thread only. */
final class HttpConnection implements Closeable {
  private final InetSocketAddress address;
  private final String key;
  private final SocketChannel channel;
  private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
  private final HttpAnswer answer = new HttpAnswer();

  HttpConnection(InetSocketAddress address, String key) throws IOException {
    this.address = address;
    this.key = key;
    channel = SocketChannel.open(address);
    channel.socket().setTcpNoDelay(true);
  }

  /** The head of a JSON POST; {@code %d} stands for the length of the body. */
  static String post(InetSocketAddress address, String path, String key) {
    return withBody("POST", path, address, key);
  }

  private static String withBody(
      String method, String path, InetSocketAddress address, String key) {
    return head(method, path, address, key)
        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n";
  }

  private static String head(String method, String path, InetSocketAddress address, String key) {
    return "%s %s HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\n"
        .formatted(method, path, address.getHostString(), address.getPort(), key);
  }

  /** The answer, valid until the next call on this connection. */
  HttpAnswer get(String path) throws IOException {
    return send(head("GET", path, address, key) + "\r\n");
  }

  /** The answer, valid until the next call on this connection. */
  HttpAnswer post(String path, String json) throws IOException {
    return send("POST", path, json);
  }

  /** The answer, valid until the next call on this connection. */
  HttpAnswer put(String path, String json) throws IOException {
    return send("PUT", path, json);
  }

  private HttpAnswer send(String method, String path, String json) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String head = withBody(method, path, address, key).replace("%d", Integer.toString(length));
    return send(head + json);
  }

  private HttpAnswer send(String request) throws IOException {
    var output = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
    while (output.hasRemaining()) {
      channel.write(output);
    }
    answer.clear();
    boolean complete;
    do {
      input.clear();
      if (channel.read(input) < 0) {
        throw new EOFException("The server closed the connection before it answered.");
      }
      complete = answer.add(input.flip());
    } while (!complete);
    return answer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
