package dev.rivulet.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Sends events over keep-alive connections, one request in flight on each, from one thread. What it
 * costs itself is a figure of its own, since it shares the cores with the server.
 *
 * <p>Closed loop: a connection sends its next request when it has the answer to the last. Open
 * loop: requests are due at a fixed rate and their latency counts from when they were due, so a
 * stalled server cannot hide its stall.
 */
final class LoadGenerator {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Different bodies in all, so that the properties vary: 256 × 25 KB at batches of 100. */
  private static final int BODIES = 256;

  private final InetSocketAddress address;
  private final String head;
  private final Workload workload;

  LoadGenerator(InetSocketAddress address, String writeKey, long seed) {
    this.address = address;
    this.head = HttpConnection.post(address, "/api/v1/events", writeKey);
    this.workload = new Workload(seed);
  }

  /**
   * What to send. It ends at {@code duration} or after {@code events}, whichever comes first.
   *
   * @param eventsPerSecond the rate of an open loop; 0 for a closed loop
   * @param occurredAt from the number of events sent so far to the next events' time, epoch millis
   */
  record Load(
      int connections,
      int batch,
      Duration duration,
      long events,
      double eventsPerSecond,
      LongUnaryOperator occurredAt) {

    static Load closed(int connections, int batch, Duration duration) {
      return new Load(
          connections, batch, duration, Long.MAX_VALUE, 0, sent -> System.currentTimeMillis());
    }

    static Load open(int connections, int batch, Duration duration, double eventsPerSecond) {
      return new Load(
          connections,
          batch,
          duration,
          Long.MAX_VALUE,
          eventsPerSecond,
          sent -> System.currentTimeMillis());
    }
  }

  /**
   * What came back.
   *
   * @param acknowledged events that the server said it accepted
   * @param refused requests answered with anything else
   * @param firstRefusal the first such answer, empty if none
   */
  record Outcome(
      long acknowledged, long refused, String firstRefusal, double seconds, Latencies latencies) {}

  Outcome run(Load load) throws IOException {
    try (var selector = Selector.open()) {
      var run = new Run(load, selector);
      try {
        return run.complete();
      } finally {
        for (var connection : run.connections) {
          connection.channel.close();
        }
      }
    }
  }

  private final class Run {
    private final Load load;
    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    private final Latencies latencies = new Latencies();
    private final long startNanos;
    private final long endNanos;
    private final double nanosPerRequest;
    private long requests;
    private long acknowledged;
    private long refused;
    private String firstRefusal = "";

    Run(Load load, Selector selector) throws IOException {
      this.load = load;
      this.selector = selector;
      for (int i = 0; i < load.connections(); i++) {
        connections.add(new Connection(this));
      }
      idle.addAll(connections);
      nanosPerRequest =
          load.eventsPerSecond() == 0 ? 0 : 1e9 * load.batch() / load.eventsPerSecond();
      startNanos = System.nanoTime();
      endNanos = startNanos + load.duration().toNanos();
    }

    Outcome complete() throws IOException {
      long now = startNanos;
      boolean more = sendDue(now);
      while (more || idle.size() < connections.size()) {
        if (now - endNanos > PATIENCE.toNanos()) {
          throw new IOException(
              "No answer to %d requests within %d s."
                  .formatted(connections.size() - idle.size(), PATIENCE.toSeconds()));
        }
        selector.select(key -> ready(key), nanosPerRequest == 0 ? 100 : 1);
        now = System.nanoTime();
        more = sendDue(now);
      }
      return new Outcome(acknowledged, refused, firstRefusal, (now - startNanos) / 1e9, latencies);
    }

    /**
     * Sends what is due on idle connections; false once nothing more will become due. In an open
     * loop what was due before the end is still sent after it.
     */
    private boolean sendDue(long now) throws IOException {
      while (requests * load.batch() < load.events()) {
        long due = nanosPerRequest == 0 ? now : startNanos + (long) (requests * nanosPerRequest);
        if (due >= endNanos) {
          return false;
        }
        if (due > now || idle.isEmpty()) {
          return true;
        }
        var connection = idle.remove();
        connection.send(due, load.occurredAt().applyAsLong(requests * load.batch()));
        requests++;
      }
      return false;
    }

    private void ready(SelectionKey key) {
      var connection = (Connection) key.attachment();
      try {
        if (key.isWritable()) {
          connection.write();
        }
        if (key.isReadable() && connection.read(input)) {
          count(connection);
          idle.add(connection);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void count(Connection connection) {
      latencies.add(System.nanoTime() - connection.dueNanos);
      int accepted = connection.answer.status() == 200 ? connection.answer.accepted() : -1;
      if (accepted == load.batch()) {
        acknowledged += accepted;
        return;
      }
      if (refused++ == 0) {
        firstRefusal = connection.answer.status() + " " + connection.answer.body();
      }
      acknowledged += Math.max(accepted, 0);
    }
  }

  private final class Connection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final List<Workload.Body> bodies = new ArrayList<>();
    private final HttpAnswer answer = new HttpAnswer();
    private ByteBuffer output = ByteBuffer.allocate(0);
    private int next;
    private long dueNanos;

    Connection(Run run) throws IOException {
      channel = SocketChannel.open(address);
      channel.socket().setTcpNoDelay(true);
      channel.configureBlocking(false);
      key = channel.register(run.selector, SelectionKey.OP_READ, this);
      for (int i = 0; i < Math.max(2, BODIES / run.load.connections()); i++) {
        bodies.add(workload.body(head, run.load.batch()));
      }
    }

    void send(long due, long occurredAtMillis) throws IOException {
      dueNanos = due;
      answer.clear();
      output = ByteBuffer.wrap(bodies.get(next++ % bodies.size()).renew(occurredAtMillis));
      write();
    }

    void write() throws IOException {
      channel.write(output);
      key.interestOps(
          output.hasRemaining()
              ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
              : SelectionKey.OP_READ);
    }

    /** True when the answer is complete. */
    boolean read(ByteBuffer input) throws IOException {
      input.clear();
      if (channel.read(input) < 0) {
        throw new EOFException("The server closed a connection under load.");
      }
      return answer.add(input.flip());
    }
  }
}
