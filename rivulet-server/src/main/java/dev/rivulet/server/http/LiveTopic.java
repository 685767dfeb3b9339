package dev.rivulet.server.http;

import dev.rivulet.Freshness;
import dev.rivulet.Overview;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.EventNames;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.metrics.MetricNow;
import dev.rivulet.views.online.OnlineNow;
import dev.rivulet.views.performance.Performance;
import dev.rivulet.views.recent.RecentEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be watched.
 *
 * @param name as the client asks for it
 * @param project whose it is; for the status empty when it is the whole server's
 * @param query what it asks; null for the status
 */
record LiveTopic(String name, String project, @Nullable Query<?> query) {
  private static final String STATUS = "status";
  private static final int RECENT = 50;
  private static final Duration EVENT_RANGE = Duration.ofHours(1);

  /** Short and few, since they are asked up to five times a second. */
  private static final Duration PERFORMANCE_RANGE = Duration.ofMinutes(5);

  private static final int ENDPOINTS = 20;

  /**
   * What can be watched: the word, or for a word with a colon what begins with it, and the question
   * it stands for. The status is no question and comes besides. A new room adds a line.
   */
  private static final Map<String, Topic> TOPICS = new LinkedHashMap<>();

  static {
    TOPICS.put("overview", (project, none) -> new Overview(project));
    TOPICS.put(BoardKeys.LIVE_TOPIC, (project, none) -> new Freshness(project));
    TOPICS.put("events", (project, none) -> new EventNames(project));
    TOPICS.put("event:", LiveTopic::lastHour);
    TOPICS.put("funnel:", FunnelReport::of);
    TOPICS.put("metric:", MetricNow::new);
    TOPICS.put("recent", (project, none) -> new RecentEvents(project, RECENT));
    TOPICS.put("online", (project, none) -> new OnlineNow(project));
    TOPICS.put(
        "performance",
        (project, none) -> Performance.of(project, Range.last(PERFORMANCE_RANGE), ENDPOINTS));
  }

  /** The question of a topic. */
  private interface Topic {
    /**
     * @param name what followed the colon; empty for a topic without one
     */
    Query<?> of(String project, String name);
  }

  /**
   * The topics of a list with commas. A comma or per cent sign inside an event's name is written
   * {@code %2C} or {@code %25}, besides the encoding of the query string; the topic keeps the name
   * it was asked by.
   *
   * @param statusOf whose status the topic {@code status} tells
   * @throws Problem 400 for an unknown one, none, or more than {@link Bounds#TOPICS}
   */
  static List<LiveTopic> parse(String list, String project, String statusOf) {
    var names = new LinkedHashSet<>(List.of(list.split(",")));
    if (names.isEmpty()) {
      throw Problem.badField("topics", "topics '" + list + "' names none of " + known());
    }
    if (names.size() > Bounds.TOPICS) {
      throw Problem.badField(
          "topics",
          names.size() + " topics are asked for, at most " + Bounds.TOPICS + " are given");
    }
    List<LiveTopic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(topic(name, project, statusOf));
    }
    return topics;
  }

  private static LiveTopic topic(String name, String project, String statusOf) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badField("topics", "a topic holds a control character");
    }
    if (name.equals(STATUS)) {
      return new LiveTopic(name, statusOf, null);
    }
    int colon = name.indexOf(':') + 1;
    Topic topic = TOPICS.get(colon == 0 ? name : name.substring(0, colon));
    if (topic == null || colon == name.length()) {
      throw Problem.badField("topics", "topic '" + name + "' is not one of " + known());
    }
    // The name may be percent-encoded once more, for a comma would end the topic.
    String subject = colon == 0 ? "" : PercentCoding.listItem(name.substring(colon));
    return new LiveTopic(name, project, topic.of(project, subject));
  }

  private static Query<?> lastHour(String project, String event) {
    return new EventCount(project, event, Range.last(EVENT_RANGE), Step.MINUTE, null);
  }

  private static String known() {
    Stream<String> words =
        TOPICS.keySet().stream().map(word -> word.endsWith(":") ? word + "<name>" : word);
    return words.collect(Collectors.joining(", ", "", ", " + STATUS));
  }
}
