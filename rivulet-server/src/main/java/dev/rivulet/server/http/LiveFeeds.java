package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.live.Subscription;
import dev.rivulet.view.Query;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is watched now, each topic of a project once however many read it. The answer is turned into
 * JSON once and shared. Thread-safe.
 */
final class LiveFeeds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveFeeds.class);
  private static final long STATUS_MILLIS = 1_000;

  private final Rivulet rivulet;
  private final Map<LiveTopic, Feed> feeds = new HashMap<>();
  private final ScheduledExecutorService statusReader =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "rivulet-status");
            thread.setDaemon(true);
            return thread;
          });

  LiveFeeds(Rivulet rivulet) {
    this.rivulet = rivulet;
  }

  /** The readers of a topic and its newest state. */
  private static final class Feed {
    private final String name;
    private final Set<LiveStream> readers = ConcurrentHashMap.newKeySet();
    private volatile byte @Nullable [] newest;
    private @Nullable Subscription source;

    private Feed(String name) {
      this.name = name;
    }

    private void publish(Object answer) {
      byte[] json = Json.bytes(answer);
      if (!Arrays.equals(json, newest)) {
        newest = json;
        readers.forEach(reader -> reader.offer(name, json));
      }
    }
  }

  /**
   * Lets {@code reader} hear {@code topic}: its newest state at once, then each change. May block.
   *
   * @throws dev.rivulet.projects.UnknownProject when there is no such project
   */
  synchronized void add(LiveTopic topic, LiveStream reader) {
    Feed feed = feeds.get(topic);
    if (feed == null) {
      feed = new Feed(topic.name());
      feed.source = watch(topic, feed);
      feeds.put(topic, feed);
    }
    feed.readers.add(reader);
    byte[] newest = feed.newest;
    if (newest != null) {
      reader.offer(topic.name(), newest);
    }
  }

  synchronized void remove(LiveTopic topic, LiveStream reader) {
    Feed feed = feeds.get(topic);
    if (feed != null && feed.readers.remove(reader) && feed.readers.isEmpty()) {
      feeds.remove(topic);
      if (feed.source != null) {
        feed.source.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    feeds.values().stream().map(feed -> feed.source).forEach(LiveFeeds::close);
    feeds.clear();
    statusReader.shutdownNow();
  }

  private static void close(@Nullable Subscription source) {
    if (source != null) {
      source.close();
    }
  }

  private Subscription watch(LiveTopic topic, Feed feed) {
    Query<?> query = topic.query();
    if (query != null) {
      return rivulet.watch(query, feed::publish);
    }
    if (!topic.project().isEmpty()) {
      rivulet.projects().require(topic.project());
    }
    var reading =
        statusReader.scheduleWithFixedDelay(
            () -> publishStatus(topic, feed), 0, STATUS_MILLIS, TimeUnit.MILLISECONDS);
    return () -> reading.cancel(false);
  }

  private void publishStatus(LiveTopic topic, Feed feed) {
    try {
      feed.publish(topic.project().isEmpty() ? rivulet.status() : rivulet.status(topic.project()));
    } catch (RuntimeException e) {
      LOG.debug("the status is read again in a second: {}", e.getMessage());
    }
  }
}
