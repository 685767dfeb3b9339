package dev.rivulet.testkit.naive;

import dev.rivulet.testkit.naive.NaivePeriod.Span;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sessions over a plain list of events; one belongs to the time of its first event. */
public final class NaiveSessions {
  /** Events this far apart, in milliseconds, are of two sessions. */
  static final long GAP = 30 * 60_000;

  private final List<NaiveSession> all = new ArrayList<>();

  /** The sessions of what arrived; of events with one id the first counts. */
  public NaiveSessions(List<NaiveEvent> arrived) {
    NaiveEvent.byPerson(arrived)
        .forEach(
            (user, events) ->
                split(events).forEach(session -> all.add(new NaiveSession(user, session))));
  }

  /**
   * What the sessions that began in a range come to.
   *
   * @param sessions these
   */
  public record Report(List<NaiveSession> sessions) {
    /** Number of sessions of one event. */
    public long bounces() {
      return sessions.stream().filter(NaiveSession::bounce).count();
    }

    /** Share of sessions of one event; null without sessions. */
    public @Nullable Double bounceRate() {
      return sessions.isEmpty() ? null : bounces() / (double) sessions.size();
    }

    /** Mean duration in seconds; null without sessions. */
    public @Nullable Double meanSeconds() {
      return sessions.isEmpty()
          ? null
          : sessions.stream().mapToLong(NaiveSession::durationMillis).sum()
              / 1_000.0
              / sessions.size();
    }

    /** Percentile of the durations in seconds, 0.5 for the median; null without sessions. */
    public @Nullable Double seconds(double share) {
      var durations = sessions.stream().map(NaiveSession::durationMillis).toList();
      Double millis = NaivePercentile.of(durations, share);
      return millis == null ? null : millis / 1_000;
    }

    /** Mean number of pages; null without sessions. */
    public @Nullable Double pagesPerSession() {
      return sessions.isEmpty()
          ? null
          : sessions.stream().mapToInt(NaiveSession::pages).sum() / (double) sessions.size();
    }

    /** Sessions per page shown first. Those that show none are left out. */
    public Map<String, Long> entryPages() {
      return count(NaiveSession::entry);
    }

    /** Sessions per page shown last. Those that show none are left out. */
    public Map<String, Long> exitPages() {
      return count(NaiveSession::exit);
    }

    private Map<String, Long> count(Function<NaiveSession, @Nullable String> page) {
      Map<String, Long> counts = new TreeMap<>();
      for (NaiveSession session : sessions) {
        String shown = page.apply(session);
        if (shown != null) {
          counts.merge(shown, 1L, Long::sum);
        }
      }
      return counts;
    }
  }

  /** The sessions that began in the range. */
  public Report report(long from, long to) {
    return new Report(
        all.stream().filter(session -> from <= session.start() && session.start() < to).toList());
  }

  /** A report of each period of the range, by its start. */
  public Map<Long, Report> series(long from, long to, NaivePeriod step, ZoneId zone) {
    Map<Long, Report> series = new TreeMap<>();
    for (Span bucket : step.cutting(from, to, zone)) {
      series.put(bucket.start(), report(bucket.start(), bucket.end()));
    }
    return series;
  }

  /** A person's sessions, newest first. */
  public List<NaiveSession> of(String user) {
    List<NaiveSession> own = new ArrayList<>();
    all.stream().filter(each -> each.user().equals(user)).forEach(each -> own.add(0, each));
    return own;
  }

  /** One person's events, by time, cut into sessions. */
  static List<List<NaiveEvent>> split(List<NaiveEvent> events) {
    List<List<NaiveEvent>> sessions = new ArrayList<>();
    long last = 0;
    for (NaiveEvent event : events) {
      if (sessions.isEmpty() || event.time() - last >= GAP) {
        sessions.add(new ArrayList<>());
      }
      sessions.get(sessions.size() - 1).add(event);
      last = event.time();
    }
    return sessions;
  }
}
