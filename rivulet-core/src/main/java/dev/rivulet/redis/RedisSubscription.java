package dev.rivulet.redis;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A connection whose replies come by themselves, not one for each command. One thread reads; one
 * other may send, so that a server which says nothing can be asked whether it lives; any may close.
 */
final class RedisSubscription implements AutoCloseable {
  private final Connection connection;
  private final String node;
  private volatile boolean closed;

  /**
   * @param silenceMillis a server that sends nothing for so long is taken for lost
   */
  RedisSubscription(Connection connection, String node, int silenceMillis) {
    this.connection = connection;
    this.node = node;
    connection.setSoTimeout(silenceMillis);
  }

  /**
   * Sends a command.
   *
   * @throws RedisUnavailable when the connection is closed or lost
   */
  synchronized void send(byte[]... words) {
    if (closed) { // the client would connect again
      throw lost("it is closed", null);
    }
    try {
      connection.sendCommand(new RawCommand().of(words));
      connection.getMany(0); // flushes and reads nothing
    } catch (JedisException e) {
      close();
      throw lost(String.valueOf(e.getMessage()), e);
    }
    if (closed) {
      close(); // what the client may have opened meanwhile
    }
  }

  /**
   * Waits for what comes next.
   *
   * @return a list for a message or a confirmation; anything else is of no interest
   * @throws RedisError when the server refuses a command
   * @throws RedisUnavailable when nothing comes, or the connection is closed or lost
   */
  List<?> next() {
    try {
      @Nullable Object next = connection.getUnflushedObject();
      return Replies.list(next);
    } catch (JedisDataException e) {
      throw new RedisError(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      close();
      throw lost(String.valueOf(e.getMessage()), e);
    }
  }

  /** Ends a blocked {@link #next}. */
  @Override
  public void close() {
    closed = true;
    try {
      connection.forceDisconnect();
    } catch (IOException e) {
      // Nothing is left to close then.
    }
  }

  private RedisUnavailable lost(String why, @Nullable Throwable cause) {
    return new RedisUnavailable(
        "Lost the subscription to Redis at %s: %s".formatted(node, why), cause);
  }
}
