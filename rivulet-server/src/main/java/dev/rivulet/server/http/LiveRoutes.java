package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Live topics as Server-Sent Events. What is sent is state, not a history: to resume is to get the
 * newest state under a newer id, whatever the {@code Last-Event-ID} was.
 */
final class LiveRoutes implements AutoCloseable {
  private static final long RETRY_SECONDS = 5;
  private static final long DAY_MILLIS = 86_400_000;

  private final LiveFeeds feeds;
  private final int most;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

  /** Milliseconds, so that ids increase across restarts and nodes too. */
  private final AtomicLong lastId = new AtomicLong();

  LiveRoutes(Rivulet rivulet, int mostSubscribers) {
    this.feeds = new LiveFeeds(rivulet);
    this.most = mostSubscribers;
  }

  void register(Routes routes) {
    routes.get("/api/v1/live", Door.READ, this::subscribe);
  }

  /** Open streams. */
  int subscribers() {
    return streams.size();
  }

  private void subscribe(Exchange exchange) {
    List<LiveTopic> topics =
        LiveTopic.parse(
            exchange.parameters().required("topics"),
            exchange.project(),
            StatusRoutes.statusOf(exchange));
    if (HttpMethod.HEAD.equals(exchange.request().method())) {
      exchange.send(200, "text/event-stream", Buffer.buffer());
      return;
    }
    if (streams.size() >= most) {
      throw Problem.unavailable(
          "the server has " + most + " live readers, which is all it takes", RETRY_SECONDS);
    }
    noteSeen(exchange.header("Last-Event-ID"));
    var stream = new LiveStream(exchange, this::nextId, closed -> forget(closed, topics));
    streams.add(stream);
    exchange.compute(
        () -> {
          try {
            topics.forEach(topic -> feeds.add(topic, stream));
            return stream;
          } catch (RuntimeException e) {
            forget(stream, topics);
            throw e;
          }
        },
        LiveStream::open);
  }

  private void forget(LiveStream stream, List<LiveTopic> topics) {
    streams.remove(stream);
    topics.forEach(topic -> feeds.remove(topic, stream));
  }

  private long nextId() {
    long now = System.currentTimeMillis();
    return lastId.updateAndGet(last -> Math.max(last + 1, now));
  }

  /** Ids go on after the one a client saw, even if another node with a faster clock gave it. */
  private void noteSeen(@Nullable String id) {
    if (id == null) {
      return;
    }
    try {
      long seen = Long.parseLong(id.trim());
      if (seen < System.currentTimeMillis() + DAY_MILLIS) {
        lastId.accumulateAndGet(seen, Math::max);
      }
    } catch (NumberFormatException notOurs) {
      throw Problem.badField(
          "Last-Event-ID", "Last-Event-ID '" + id + "' is none of this server's ids");
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    streams.forEach(LiveStream::end);
    feeds.close();
  }
}
