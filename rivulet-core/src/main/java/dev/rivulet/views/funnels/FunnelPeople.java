package dev.rivulet.views.funnels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.rivulet.time.Range;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Asking.Person;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who did a step of a funnel, or dropped before it: did the step before, optional ones passed over,
 * and came neither to this one nor past it. Each person once, in no order that means anything;
 * erased ones are left out.
 *
 * @param step number of the step, from 1
 * @param range in which an attempt must be entered; null for the last thirty days with today
 * @param limit people of one page, 1 to {@value #MOST}
 * @param cursor where to go on, as the page before gave it; null for the first
 */
public record FunnelPeople(
    String project,
    String name,
    int step,
    Outcome outcome,
    @Nullable Range range,
    int limit,
    @Nullable String cursor)
    implements Query<FunnelPeople.Answer> {
  public static final int MOST = 1_000;

  /** Pages looked through for one answer, so that rare people do not make it slow. */
  private static final int MOST_PAGES = 4_000;

  private static final int PAGES_AT_ONCE = 256;

  /** What became of them. */
  public enum Outcome {
    REACHED,
    DROPPED
  }

  /**
   * A page of people.
   *
   * @param next to be given as cursor for more; absent after the last page. A page may have fewer
   *     people than asked for, or none, and still a next one
   */
  @JsonInclude(Include.NON_NULL)
  public record Answer(
      int step,
      String outcome,
      String from,
      String to,
      List<Found> people,
      @Nullable String next) {}

  /**
   * A person.
   *
   * @param entered when the attempt that counts was entered
   * @param reached the furthest step it reached
   * @param lastStepAt when it did its last step
   */
  public record Found(String user, String entered, int reached, String lastStepAt) {}

  /** Somebody whose id is still to be looked up. */
  private record Numbered(Person person, Attempt attempt) {}

  /**
   * @throws UnknownFunnel when there is no funnel of that name
   * @throws IllegalArgumentException when the funnel has no such step, nobody can drop before it,
   *     or the cursor is none
   */
  @Override
  public Answer answer(Asking asking) {
    AskedFunnel asked = AskedFunnel.find(asking, name);
    Funnel funnel = asked.funnel();
    check(funnel);
    TimeRange whole = AskedFunnel.range(range, asking);
    var source = new FunnelSource(asking, asked.definition(), funnel);
    var totals = source.totals();
    PeopleCursor at = cursor == null ? PeopleCursor.START : PeopleCursor.parse(cursor);
    List<Numbered> found = new ArrayList<>();
    PeopleCursor next = null;
    int looked = 0;
    for (Map.Entry<Integer, Totals> partition : totals.entrySet()) {
      int number = partition.getKey();
      if (number < at.partition()) {
        continue;
      }
      int first = number == at.partition() ? at.person() : 0;
      int page = first >>> Layout.PAGE_BITS;
      while (next == null && page < partition.getValue().pages()) {
        if (looked >= MOST_PAGES || found.size() > limit) {
          next = new PeopleCursor(number, Math.max(first, page << Layout.PAGE_BITS));
          break;
        }
        int end = Math.min(page + PAGES_AT_ONCE, partition.getValue().pages());
        source.people(
            number,
            page,
            end,
            (own, person, steps) -> {
              Attempt counted = person < first ? null : counted(funnel, steps, whole);
              if (counted != null) {
                found.add(new Numbered(new Person(own, person), counted));
              }
              return found.size() <= limit;
            });
        looked += end - page;
        page = end;
      }
    }
    if (found.size() > limit) {
      Person following = found.remove(limit).person();
      next = new PeopleCursor(following.partition(), following.number());
    }
    return new Answer(
        step,
        outcome.name().toLowerCase(Locale.ROOT),
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        named(asking, found),
        next == null ? null : next.toString());
  }

  private void check(Funnel funnel) {
    int steps = funnel.steps().size();
    if (step < 1 || step > steps) {
      throw new IllegalArgumentException(
          "step " + step + " is not one of the funnel's, which are 1 to " + steps);
    }
    if (step == 1 && outcome == Outcome.DROPPED) {
      throw new IllegalArgumentException(
          "nobody drops before step 1, with which an attempt begins: ask for step 2 to " + steps);
    }
  }

  /** The attempt of this person that makes the outcome, or null. */
  private @Nullable Attempt counted(Funnel funnel, PersonSteps person, TimeRange in) {
    List<Attempt> attempts = Attempts.of(funnel, person);
    for (Attempt attempt : Attempts.best(attempts, in.from(), in.to(), funnel.count())) {
      boolean did = attempt.doneAt()[step - 1] >= 0;
      boolean dropped =
          step > 1 && attempt.furthest() >= required(funnel) && attempt.furthest() < step;
      if (outcome == Outcome.REACHED ? did : dropped) {
        return attempt;
      }
    }
    return null;
  }

  /** The last step before that may not be skipped. */
  private int required(Funnel funnel) {
    int before = step - 1;
    while (funnel.steps().get(before - 1).optional()) {
      before--;
    }
    return before;
  }

  private static List<Found> named(Asking asking, List<Numbered> found) {
    List<@Nullable String> users = asking.users(found.stream().map(Numbered::person).toList());
    List<Found> people = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      String user = users.get(i);
      Attempt attempt = found.get(i).attempt();
      if (user != null) {
        long last = attempt.entry();
        for (long done : attempt.doneAt()) {
          last = Math.max(last, done);
        }
        people.add(
            new Found(user, Times.iso(attempt.entry()), attempt.furthest(), Times.iso(last)));
      }
    }
    return people;
  }
}
