package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person, over a plain list of events.
 *
 * @param firstSeen time of the first event, in epoch milliseconds
 * @param lastSeen time of the last event
 * @param total number of events
 * @param actions number of events by name
 * @param session the session of the last event while that is under 30 minutes ago, else null
 * @param timeline the newest 100 events by time, newest first; of one moment the one that arrived
 *     later first
 */
public record NaiveProfile(
    long firstSeen,
    long lastSeen,
    long total,
    Map<String, Long> actions,
    @Nullable NaiveSession session,
    List<NaiveEvent> timeline) {
  private static final int TIMELINE = 100;

  /** Of {@code user} at {@code now}; null when there is no event of theirs. */
  public static @Nullable NaiveProfile of(List<NaiveEvent> arrived, String user, long now) {
    List<NaiveEvent> events = NaiveEvent.byPerson(arrived).get(user);
    if (events == null) {
      return null;
    }
    Map<String, Long> actions = new TreeMap<>();
    events.forEach(event -> actions.merge(event.event(), 1L, Long::sum));
    long firstSeen = events.get(0).time();
    long lastSeen = events.get(events.size() - 1).time();
    NaiveSession latest = new NaiveSessions(arrived).of(user).get(0);
    List<NaiveEvent> newest = new ArrayList<>(events);
    newest.sort(
        Comparator.comparingLong(NaiveEvent::time)
            .thenComparingLong(NaiveEvent::arrival)
            .reversed());
    return new NaiveProfile(
        firstSeen,
        lastSeen,
        events.size(),
        actions,
        now - lastSeen < NaiveSessions.GAP ? latest : null,
        Collections.unmodifiableList(newest.subList(0, Math.min(TIMELINE, newest.size()))));
  }
}
