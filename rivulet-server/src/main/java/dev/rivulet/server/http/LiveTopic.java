package dev.rivulet.server.http;

import dev.rivulet.Overview;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Query;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.EventNames;
import dev.rivulet.views.funnels.FunnelReport;
import dev.rivulet.views.online.OnlineNow;
import dev.rivulet.views.recent.RecentEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be watched.
 *
 * @param name as the client asks for it
 * @param project whose it is; for the status empty when it is the whole server's
 * @param query what it asks; null for the status
 */
record LiveTopic(String name, String project, @Nullable Query<?> query) {
  private static final String KNOWN =
      "overview, events, event:<name>, funnel:<name>, recent, online, status";
  private static final String EVENT = "event:";
  private static final String FUNNEL = "funnel:";
  private static final int RECENT = 50;
  private static final Duration EVENT_RANGE = Duration.ofHours(1);

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
    return switch (name) {
      case "overview" -> new LiveTopic(name, project, new Overview(project));
      case "events" -> new LiveTopic(name, project, new EventNames(project));
      case "recent" -> new LiveTopic(name, project, new RecentEvents(project, RECENT));
      case "online" -> new LiveTopic(name, project, new OnlineNow(project));
      case "status" -> new LiveTopic(name, statusOf, null);
      default -> {
        if (name.startsWith(FUNNEL) && name.length() > FUNNEL.length()) {
          String funnel = PercentCoding.listItem(name.substring(FUNNEL.length()));
          yield new LiveTopic(name, project, FunnelReport.of(project, funnel));
        }
        if (!name.startsWith(EVENT) || name.length() == EVENT.length()) {
          throw Problem.badField("topics", "topic '" + name + "' is not one of " + KNOWN);
        }
        // The name may be percent-encoded once more, for a comma would end the topic.
        String event = PercentCoding.listItem(name.substring(EVENT.length()));
        var lastHour = Range.last(EVENT_RANGE);
        yield new LiveTopic(
            name, project, new EventCount(project, event, lastHour, Step.MINUTE, null));
      }
    };
  }
}
