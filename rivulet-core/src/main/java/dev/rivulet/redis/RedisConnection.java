package dev.rivulet.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection, used as a pipeline: {@link #send} queues commands, {@link #receive()} flushes
 * what is queued and reads the replies in the same order.
 *
 * <p>A reply is a {@code byte[]} (simple and bulk strings), a {@link Long}, a {@link List} of
 * these, or null. A failed one is a {@link RedisError}: thrown by {@link #receive()}, a value in
 * the list of {@link #receive(int)} and inside the list EXEC answers, so that the caller checks
 * every reply.
 *
 * <p>Once anything fails below the protocol it throws {@link RedisUnavailable}, {@link #broken()}
 * stays true and nothing else works: close it and open another. It never reconnects by itself, as
 * WATCH and MULTI would be lost unseen.
 *
 * <p>Not thread-safe, except {@link #close()}, which another thread may call to end a blocked read.
 */
public final class RedisConnection implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisConnection.class);

  /** How long a write waits for replicas; less than a reply may take. */
  static final long REPLICA_MILLIS = 2_000;

  private static final byte[] ROLE = bytes("ROLE");
  private static final byte[] WAIT = bytes("WAIT");

  private final Connection connection;
  private final String node;
  private final RawCommand command = new RawCommand();
  private final int usualTimeoutMillis;
  private int pending;
  private boolean unflushed;
  private volatile boolean broken;

  RedisConnection(Connection connection, String node) {
    this.connection = connection;
    this.node = node;
    this.usualTimeoutMillis = connection.getSoTimeout();
  }

  /**
   * Opens a connection to one server, whatever its version, role and mode. {@link RedisNodes} finds
   * the server for a key.
   *
   * @throws RedisUnavailable when it cannot be reached or refuses the login
   */
  public static RedisConnection open(RedisAddress.Standalone address) {
    var config = RedisNodes.clientConfig(address.credentials(), address.database(), address.tls());
    return RedisNodes.open(new HostAndPort(address.node().host(), address.node().port()), config);
  }

  /** The UTF-8 bytes of a command name or an argument. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The decimal digits of a number, as Redis takes them. */
  public static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The "host:port" this talks to, for messages and for grouping. */
  public String node() {
    return node;
  }

  /**
   * Queues a command, its name first. The arrays are copied before this returns. Bytes leave early
   * when the write buffer (8 KiB) is full.
   *
   * @throws RedisUnavailable when the connection is or gets broken
   */
  public void send(byte[]... words) {
    if (words.length == 0) {
      throw new IllegalArgumentException("A command needs at least its name.");
    }
    ensureUsable();
    try {
      connection.sendCommand(command.of(words));
    } catch (JedisException e) {
      throw unavailable(e);
    } finally {
      command.clear();
    }
    pending++;
    unflushed = true;
  }

  /** Sends what is queued, for overlapping the work of several nodes. */
  public void flush() {
    ensureUsable();
    if (unflushed) {
      try {
        // The public way to flush and read nothing.
        connection.getMany(0);
      } catch (JedisException e) {
        throw unavailable(e);
      }
      unflushed = false;
    }
  }

  /**
   * Flushes if needed and reads the oldest unread reply.
   *
   * @throws RedisError when that reply is an error
   * @throws RedisUnavailable when it does not come
   * @throws IllegalStateException when no command waits for a reply
   */
  public @Nullable Object receive() {
    var reply = read();
    if (reply instanceof RedisError error) {
      throw error;
    }
    return reply;
  }

  /**
   * Flushes if needed and reads the oldest {@code count} replies, each an error or not.
   *
   * @throws RedisUnavailable when one of them does not come
   * @throws IllegalStateException when fewer commands wait for a reply
   */
  public List<@Nullable Object> receive(int count) {
    if (count < 0 || count > pending) {
      throw new IllegalStateException(
          "%d replies asked for, %d commands wait for one.".formatted(count, pending));
    }
    var replies = new ArrayList<@Nullable Object>(count);
    for (int i = 0; i < count; i++) {
      replies.add(read());
    }
    return replies;
  }

  /** Sends one command and reads its reply, when no other reply is waited for. */
  @Nullable Object ask(byte[]... words) {
    send(words);
    return receive();
  }

  /**
   * Waits until a replica has what this connection wrote, so that it outlives its primary; up to
   * two seconds, and not at all where the primary has no replica. For the rare writes that
   * everything else builds on: a project, a key, a definition.
   */
  void awaitReplica() {
    try {
      if (replicas() > 0
          && ask(WAIT, bytes(1), bytes(REPLICA_MILLIS)) instanceof Long none
          && none < 1) {
        log.warn("no replica of {} confirms a change; if that server is lost now, so is it", node);
      }
    } catch (RedisError e) {
      log.debug("replicas of {} are not waited for: {}", node, e.getMessage());
    }
  }

  /** How many replicas are linked to this server: 0 where it is one itself. */
  int replicas() {
    return ask(ROLE) instanceof List<?> role
            && role.size() == 3
            && role.get(2) instanceof List<?> replicas
        ? replicas.size()
        : 0;
  }

  /** How many replies are still to be read. */
  public int pending() {
    return pending;
  }

  /** Whether this is of no more use. */
  public boolean broken() {
    return broken || connection.isBroken();
  }

  /**
   * How long a read may wait from now on, to the millisecond; zero is for ever. A blocking command
   * needs more than it blocks.
   */
  public void timeout(Duration longest) {
    if (longest.isNegative()) {
      throw new IllegalArgumentException(
          "A time-out of %s is negative; zero waits for ever.".formatted(longest));
    }
    ensureUsable();
    long millis = longest.isZero() ? 0 : Math.max(1, longest.toMillis());
    setTimeout((int) Math.min(millis, Integer.MAX_VALUE));
  }

  /** Closes the socket at once; what is queued and not flushed is dropped. */
  @Override
  public void close() {
    broken = true;
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // Nothing is left to close then.
    }
  }

  /** Gives a borrowed connection back, or throws it away when it is not as it was lent. */
  void release() {
    if (!broken() && pending == 0 && connection.getSoTimeout() != usualTimeoutMillis) {
      setTimeout(usualTimeoutMillis);
    }
    if (broken() || pending != 0) {
      close();
    }
    connection.close();
  }

  private void setTimeout(int millis) {
    try {
      connection.setSoTimeout(millis);
    } catch (JedisException e) {
      throw unavailable(e);
    }
  }

  private @Nullable Object read() {
    if (pending == 0) {
      throw new IllegalStateException("No command waits for a reply.");
    }
    ensureUsable();
    try {
      Object reply;
      if (unflushed) {
        unflushed = false;
        reply = connection.getOne();
      } else {
        reply = connection.getUnflushedObject();
      }
      pending--;
      return withErrorsAsOurs(reply);
    } catch (JedisDataException e) {
      pending--;
      return new RedisError(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Besides I/O: a line the client cannot parse leaves the stream out of step.
      throw unavailable(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Object withErrorsAsOurs(@Nullable Object reply) {
    if (reply instanceof List<?> list) {
      var items = (List<@Nullable Object>) list;
      for (int i = 0; i < items.size(); i++) {
        var item = items.get(i);
        if (item instanceof List<?>) {
          withErrorsAsOurs(item);
        } else if (item instanceof JedisDataException e) {
          items.set(i, new RedisError(String.valueOf(e.getMessage())));
        }
      }
    }
    return reply;
  }

  private void ensureUsable() {
    // Checked here because the client would silently reconnect.
    if (broken()) {
      throw new RedisUnavailable("The connection to Redis at " + node + " is closed or broken.");
    }
  }

  private RedisUnavailable unavailable(RuntimeException e) {
    close();
    return new RedisUnavailable(
        "Lost the connection to Redis at %s: %s".formatted(node, e.getMessage()), e);
  }
}
