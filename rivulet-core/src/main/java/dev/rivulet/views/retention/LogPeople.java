package dev.rivulet.views.retention;

import dev.rivulet.event.Event;
import dev.rivulet.event.Hashing;
import dev.rivulet.event.Kind;
import dev.rivulet.view.Asking;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The same sets of people, made from the log: for conditions, breakdowns and zones that no stored
 * set knows. A microsecond an event, exact as far as the log goes back. One use.
 */
final class LogPeople {
  /** People of one question, 32 bytes each. */
  private static final int MOST_PEOPLE = 3_000_000;

  private static final long NOBODY = -1;

  private final String project;
  private final long seed;
  private final List<EventMatch> matches;
  private final Periods periods;
  private final boolean history;
  private final @Nullable FirstValues values;
  private final Long2LongHashMap numbers = new Long2LongHashMap(NOBODY);
  private final List<PeopleByPeriod> found = new ArrayList<>();
  private long earliest = Long.MAX_VALUE;
  private int people;

  /**
   * @param values takes the value of each event of the first match, or null
   */
  LogPeople(
      String project,
      List<EventMatch> matches,
      Periods periods,
      boolean history,
      @Nullable FirstValues values) {
    this.project = project;
    this.seed = Hashing.seed(project);
    this.matches = matches;
    this.periods = periods;
    this.history = history;
    this.values = values;
    for (int i = 0; i < matches.size(); i++) {
      List<RoaringBitmap> in = new ArrayList<>();
      for (int period = 0; period < periods.count(); period++) {
        in.add(new RoaringBitmap());
      }
      found.add(new PeopleByPeriod(new RoaringBitmap(), in));
    }
  }

  /**
   * Reads the log: whole when the history is wanted.
   *
   * @throws IllegalArgumentException when there is too much to be read
   */
  People read(Asking asking) {
    long completeSince;
    try {
      completeSince = asking.scan(history ? 0 : periods.start(), this::take);
    } catch (IllegalArgumentException e) {
      throw history
          ? new IllegalArgumentException(
              "who did it for the first time is not kept with conditions, breakdowns or in another"
                  + " time zone, so the whole log has to be read: "
                  + e.getMessage(),
              e)
          : e;
    }
    return new People(completeSince, earliest);
  }

  /** The people of each match, in order. */
  List<PeopleByPeriod> people() {
    return found;
  }

  private void take(Event event) {
    if (event.project().equals(project) && event.kind() == Kind.EVENT) {
      earliest = Math.min(earliest, event.occurredAt());
      int period = periods.indexOf(event.occurredAt());
      boolean before = history && event.occurredAt() < periods.start();
      for (int i = 0; i < matches.size() && (period >= 0 || before); i++) {
        if (matches.get(i).matches(event)) {
          take(event, i, period);
        }
      }
    }
  }

  private void take(Event event, int match, int period) {
    int person = number(event.user());
    PeopleByPeriod sets = found.get(match);
    if (period < 0) {
      sets.before().add(person);
      return;
    }
    sets.in().get(period).add(person);
    if (values != null && match == 0) {
      values.take(event, person, period);
    }
  }

  private int number(String user) {
    long hash = Hashing.hash(user, seed);
    long known = numbers.get(hash);
    if (known != NOBODY) {
      return (int) known;
    }
    if (people == MOST_PEOPLE) {
      throw new IllegalArgumentException(
          "more than "
              + MOST_PEOPLE
              + " people are in the part of the log that this question reads: take a shorter"
              + " range, or ask without conditions");
    }
    numbers.put(hash, people);
    return people++;
  }
}
