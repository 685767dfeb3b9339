package dev.rivulet.redis;

import static dev.rivulet.redis.RedisConnection.bytes;

import dev.rivulet.engine.Keys;
import dev.rivulet.live.Changes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the channels of some partitions at one primary, with a connection and a thread, until
 * anything is not as it was: then it ends, for {@link ChangeSubscriber} to begin anew.
 */
final class ChangeReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final byte[] SSUBSCRIBE = bytes("SSUBSCRIBE");
  private static final byte[] PING = bytes("PING");
  private static final byte[] CONFIRMED = bytes("ssubscribe");
  private static final byte[] ENDED = bytes("sunsubscribe");
  private static final byte[] MESSAGE = bytes("smessage");

  private final String node;
  private final Set<Integer> partitions;
  private final long sender;
  private final Changes.Listener listener;
  private final Thread thread;
  private int confirmed;
  private volatile @Nullable RedisSubscription redis;
  private volatile boolean hears;
  private volatile boolean closed;
  private volatile @Nullable RedisError refusal;

  private ChangeReader(
      RedisNodes nodes,
      String node,
      Set<Integer> partitions,
      long sender,
      Changes.Listener listener) {
    this.node = node;
    this.partitions = Set.copyOf(partitions);
    this.sender = sender;
    this.listener = listener;
    this.thread = new Thread(() -> read(nodes), "rivulet-changes-" + node);
    thread.setDaemon(true);
  }

  /**
   * Connects and listens, on a thread of its own.
   *
   * @param sender whose messages are passed over: what this process tells
   */
  static ChangeReader start(
      RedisNodes nodes,
      String node,
      Set<Integer> partitions,
      long sender,
      Changes.Listener listener) {
    var reader = new ChangeReader(nodes, node, partitions, sender, listener);
    reader.thread.start();
    return reader;
  }

  Set<Integer> partitions() {
    return partitions;
  }

  /** Whether all channels are confirmed, or were. */
  boolean hears() {
    return hears;
  }

  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Why the server refused; null when it did not. */
  @Nullable RedisError refusal() {
    return refusal;
  }

  /** Asks the server to say something, so that {@link #read} can tell silence from death. */
  void ping() {
    RedisSubscription open = redis;
    if (open != null) {
      try {
        open.send(PING);
      } catch (RedisUnavailable e) {
        LOG.debug("{}", e.getMessage()); // the reading thread notices too
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    RedisSubscription open = redis;
    if (open != null) {
      open.close();
    }
  }

  private void read(RedisNodes nodes) {
    try (var open = nodes.subscription(node)) {
      redis = open;
      for (int partition : partitions) {
        open.send(SSUBSCRIBE, Keys.changes(partition));
      }
      while (!closed) {
        if (!take(open.next())) {
          return;
        }
      }
    } catch (RedisError e) {
      refusal = e;
      LOG.debug("Redis at {} refuses the subscription: {}", node, e.getMessage());
    } catch (RuntimeException e) {
      LOG.debug("changes told at {} are not heard now: {}", node, e.getMessage());
    }
  }

  /** Whether to go on: not when the server ends a channel, since its slot moves. */
  private boolean take(List<?> reply) {
    if (is(reply, MESSAGE, 3) && reply.get(2) instanceof byte[] payload) {
      ChangeMessage message = ChangeMessage.decode(payload);
      if (message != null && message.sender() != sender) {
        tell(message);
      }
    } else if (is(reply, CONFIRMED, 3) && ++confirmed == partitions.size()) {
      hears = true;
      listener.changedAll(); // for all that was told before
    }
    return !is(reply, ENDED, 3);
  }

  private void tell(ChangeMessage message) {
    if (message.projects().isEmpty()) {
      listener.changedAll();
    } else {
      listener.changed(message.projects());
    }
  }

  private static boolean is(List<?> reply, byte[] word, int size) {
    return reply.size() == size
        && reply.get(0) instanceof byte[] first
        && Arrays.equals(first, word);
  }
}
