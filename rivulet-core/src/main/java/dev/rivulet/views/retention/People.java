package dev.rivulet.views.retention;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Times;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a question is told of people: from the stored sets where these know, else from the log.
 *
 * @param completeSince where the log was read: since when it is complete, in epoch milliseconds of
 *     arrival, 0 when it is whole; always 0 of stored sets
 * @param earliest about when the first event ever happened, in epoch milliseconds; {@link
 *     Long#MAX_VALUE} without any
 */
record People(long completeSince, long earliest) {
  /** One part of the people: of each match asked about, in order. */
  interface Part extends Consumer<List<PeopleByPeriod>> {}

  /**
   * Hands over the people of each part, one part after the other.
   *
   * @param matches which events; those that only name an event, or none, are kept as sets
   * @param history whether {@link PeopleByPeriod#before} is wanted
   */
  static People of(
      Asking asking,
      String project,
      List<EventMatch> matches,
      Periods periods,
      boolean history,
      Part part) {
    boolean home = periods.zone().getRules().equals(asking.zone().getRules());
    if (home && matches.stream().allMatch(EventMatch::byNameAlone)) {
      People stored = new StoredPeople(project, matches, periods, history).read(asking, part);
      if (stored != null) {
        return stored;
      }
    }
    var log = new LogPeople(project, matches, periods, history, null);
    People read = log.read(asking);
    part.accept(log.people());
    return read;
  }

  /** Whether what was read reaches back to {@code from}; to the very first event for 0. */
  boolean reachesBackTo(long from) {
    return completeSince == 0 || (from > 0 && completeSince <= from);
  }

  /** Since when the answer is complete, or null when it is whole; see {@link #reachesBackTo}. */
  @Nullable String completeFrom(long from) {
    return reachesBackTo(from) ? null : Times.iso(completeSince);
  }
}
