package dev.rivulet.server.http;

import dev.rivulet.Rivulet;
import dev.rivulet.live.Subscription;
import dev.rivulet.view.Query;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What readers of live topics hear. Each hears for itself, from a state that was read after it
 * came; the library asks equal questions once, and an answer is turned into JSON once for all who
 * get it. Thread-safe.
 */
final class LiveFeeds implements AutoCloseable {
  private static final long STATUS_MILLIS = 1_000;

  private final Rivulet rivulet;
  private final Map<Query<?>, Rendered> rendered = new HashMap<>();
  private final Map<String, StatusReading> statuses = new HashMap<>();
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

  /** The newest answer to a question as JSON, while somebody reads it. */
  private static final class Rendered {
    private int readers;
    private @Nullable Object answer;
    private byte[] json = {};

    /** Equal answers that come one after the other are the same object. */
    private synchronized byte[] of(Object given) {
      if (given != answer) {
        json = Json.bytes(given);
        answer = given;
      }
      return json;
    }
  }

  private record StatusReading(StatusFeed feed, ScheduledFuture<?> repeated) {}

  /**
   * Lets {@code reader} hear {@code topic} until the subscription is closed: its state from now on,
   * then each change.
   *
   * @throws dev.rivulet.projects.UnknownProject when there is no such project
   * @throws dev.rivulet.live.TooManyWatches when too much is watched
   */
  Subscription add(LiveTopic topic, LiveStream reader) {
    Query<?> query = topic.query();
    return query == null ? status(topic, reader) : answers(topic.name(), query, reader);
  }

  /** Different topics that are read. */
  synchronized int topics() {
    return rendered.size() + statuses.size();
  }

  @Override
  public void close() {
    statusReader.shutdownNow();
  }

  private Subscription answers(String name, Query<?> query, LiveStream reader) {
    Rendered json = hold(query);
    try {
      Subscription source = rivulet.watch(query, answer -> reader.offer(name, json.of(answer)));
      return () -> {
        source.close();
        drop(query);
      };
    } catch (RuntimeException e) {
      drop(query);
      throw e;
    }
  }

  private synchronized Rendered hold(Query<?> query) {
    Rendered json = rendered.computeIfAbsent(query, asked -> new Rendered());
    json.readers++;
    return json;
  }

  private synchronized void drop(Query<?> query) {
    rendered.computeIfPresent(query, (asked, json) -> --json.readers == 0 ? null : json);
  }

  private synchronized Subscription status(LiveTopic topic, LiveStream reader) {
    String project = topic.project();
    StatusReading reading = statuses.get(project);
    if (reading == null) {
      reading = repeated(topic);
      statuses.put(project, reading);
    }
    StatusFeed feed = reading.feed();
    if (feed.add(reader)) {
      try {
        statusReader.execute(feed::read);
      } catch (RejectedExecutionException e) {
        throw Problem.unavailable("the server is stopping", 1);
      }
    }
    return () -> leave(project, reader);
  }

  private StatusReading repeated(LiveTopic topic) {
    String project = topic.project();
    if (!project.isEmpty()) {
      rivulet.projects().require(project);
    }
    Supplier<Object> status = () -> project.isEmpty() ? rivulet.status() : rivulet.status(project);
    var feed = new StatusFeed(topic.name(), status);
    try {
      return new StatusReading(
          feed,
          statusReader.scheduleWithFixedDelay(
              feed::read, STATUS_MILLIS, STATUS_MILLIS, TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      throw Problem.unavailable("the server is stopping", 1);
    }
  }

  private synchronized void leave(String project, LiveStream reader) {
    StatusReading reading = statuses.get(project);
    if (reading != null && reading.feed().remove(reader)) {
      reading.repeated().cancel(false);
      statuses.remove(project);
    }
  }
}
