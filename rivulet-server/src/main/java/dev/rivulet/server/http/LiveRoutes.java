package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.projects.Projects;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Live topics as Server-Sent Events. What is sent is state, not a history: to resume is to get the
 * state read after the return under a newer id, whatever the {@code Last-Event-ID} was and
 * whichever node gave it.
 */
final class LiveRoutes implements AutoCloseable {
  private static final long RETRY_SECONDS = 5;

  /** Ids are milliseconds; the largest number that JavaScript holds exactly. */
  private static final long LARGEST_ID = (1L << 53) - 1;

  private final LiveFeeds feeds;
  private final Projects projects;
  private final int most;
  private final Duration longestUnread;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  LiveRoutes(Rivulet rivulet, Bounds bounds) {
    this.feeds = new LiveFeeds(rivulet);
    this.projects = rivulet.projects();
    this.most = bounds.subscribers();
    this.longestUnread = bounds.unread();
  }

  void register(Routes routes) {
    routes.get("/api/v1/live", Door.READ, this::subscribe);
  }

  /** Open streams. */
  int subscribers() {
    return streams.size();
  }

  /** Different topics that they read. */
  int topics() {
    return feeds.topics();
  }

  private void subscribe(Exchange exchange) {
    List<LiveTopic> topics =
        LiveTopic.parse(
            exchange.parameters().withoutWhere().required("topics"),
            exchange.project(),
            StatusRoutes.statusOf(exchange));
    long lastSeen = lastSeen(exchange.header("Last-Event-ID"));
    if (HttpMethod.HEAD.equals(exchange.request().method())) {
      exchange.send(200, "text/event-stream", Buffer.buffer());
      return;
    }
    if (streams.size() >= most) {
      throw Problem.unavailable(
          "the server has " + most + " live readers, which is all it takes", RETRY_SECONDS);
    }
    Credential credential = exchange.credential();
    BooleanSupplier mayRead = () -> credential.access().equals(projects.known(credential.hash()));
    var stream = new LiveStream(exchange, lastSeen, longestUnread, mayRead, streams::remove);
    streams.add(stream);
    closingOnFailure(
        stream,
        () ->
            exchange.compute(
                () -> {
                  try {
                    topics.forEach(topic -> stream.hears(feeds.add(topic, stream)));
                    return stream;
                  } catch (RuntimeException e) {
                    exchange.onLoop(stream::close);
                    throw e;
                  }
                },
                opened -> closingOnFailure(opened, () -> open(opened))));
  }

  private void open(LiveStream stream) {
    if (stopping) {
      throw Problem.unavailable("the server is stopping", RETRY_SECONDS);
    }
    stream.open();
  }

  /** A stream that is not opened must not be counted; on the event loop. */
  private static void closingOnFailure(LiveStream stream, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** Ids of a stream go on after the one its reader saw, even if another node's clock gave it. */
  private static long lastSeen(@Nullable String id) {
    if (id == null || id.isBlank()) {
      return 0;
    }
    try {
      long seen = Long.parseLong(id.trim());
      if (seen >= 0 && seen <= LARGEST_ID - 1_000_000) {
        return seen;
      }
    } catch (NumberFormatException notOurs) {
      // Told below.
    }
    throw Problem.badField(
        "Last-Event-ID", "Last-Event-ID '" + id + "' is none of this server's ids");
  }

  /** Ends all streams. */
  @Override
  public void close() {
    stopping = true;
    streams.forEach(LiveStream::end);
    feeds.close();
  }
}
