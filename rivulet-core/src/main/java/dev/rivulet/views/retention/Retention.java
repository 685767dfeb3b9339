package dev.rivulet.views.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rivulet.event.Limits;
import dev.rivulet.time.Range;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who comes back: cohorts of people by the period in which they did the {@code first} event, and
 * how many of each did the {@code returning} event in the first, second, … period after it. Exact.
 *
 * <p>Answered from stored sets of people where both events are told by their name alone and the
 * days are those of the project's zone; otherwise from the log, as far as that goes back, at about
 * a microsecond an event.
 *
 * @param first what makes somebody part of a cohort
 * @param returning what counts as coming back
 * @param period width of a cohort and of the steps after it
 * @param type whether one is of the cohort of one's very first {@code first} only
 * @param mode whether coming back later than in a period counts for it too
 * @param range widened outwards to whole periods; null takes 14 days, 12 weeks or 12 months
 * @param by a property by which the cohorts are divided: of a person's first {@code first} event in
 *     the cohort's period; or null
 * @param zone whose days; null takes the project's
 */
public record Retention(
    String project,
    EventMatch first,
    EventMatch returning,
    Period period,
    Type type,
    Mode mode,
    @Nullable Range range,
    @Nullable String by,
    @Nullable ZoneId zone)
    implements Query<Retention.Answer> {

  /** Groups that are listed; the others count together as {@value Limits#OTHER}. */
  public static final int MOST_GROUPS = 100;

  /** Which cohorts a person belongs to. */
  public enum Type {
    /** That of the period of their first {@code first} event ever. */
    FIRST("first"),
    /** That of every period in which they did it. */
    RECURRING("recurring");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The word of the API. */
    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException naming the value and the words that are known
     */
    public static Type parse(String word) {
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return type;
        }
      }
      throw new IllegalArgumentException("type '" + word + "' is not one of first, recurring");
    }
  }

  /** When a person has returned in a period. */
  public enum Mode {
    /** When they did it in the period. */
    ON("on"),
    /** When they did it in the period or in a later one of the range. */
    ON_OR_AFTER("onOrAfter");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The word of the API. */
    public String word() {
      return word;
    }

    /**
     * @throws IllegalArgumentException naming the value and the words that are known
     */
    public static Mode parse(String word) {
      for (Mode mode : values()) {
        if (mode.word.equals(word)) {
          return mode;
        }
      }
      throw new IllegalArgumentException("mode '" + word + "' is not one of on, onOrAfter");
    }
  }

  /**
   * First-time cohorts of the usual range, who return in the period itself.
   *
   * @param first the event's name, null for any
   * @param returning the event's name, null for any
   */
  public static Retention of(
      String project, @Nullable String first, @Nullable String returning, Period period) {
    return new Retention(
        project,
        EventMatch.named(first),
        EventMatch.named(returning),
        period,
        Type.FIRST,
        Mode.ON,
        null,
        null,
        null);
  }

  /**
   * The cohorts.
   *
   * @param first the event, null for any
   * @param returning the event, null for any
   * @param from start of the first cohort
   * @param to end of the last
   * @param timezone whose days
   * @param cohorts one for each period of the range that has begun, empty ones too
   * @param mean per period 1, 2, … after: the share of people that returned, over all cohorts for
   *     which that period is over; null where these have nobody
   * @param groups the cohorts divided by a property, the largest first; absent without {@code by}
   * @param exact whether nothing is missing
   * @param completeFrom when something is: since when the log has everything, ISO-8601
   */
  public record Answer(
      @Nullable String first,
      @JsonProperty("return") @Nullable String returning,
      String period,
      String type,
      String mode,
      String from,
      String to,
      String timezone,
      List<Cohort> cohorts,
      List<@Nullable Double> mean,
      @JsonInclude(Include.NON_NULL) @Nullable List<Group> groups,
      boolean exact,
      @JsonInclude(Include.NON_NULL) @Nullable String completeFrom) {}

  /**
   * The people of one period.
   *
   * @param start of the period, ISO-8601
   * @param size how many
   * @param returned how many of them came back in period 1, 2, … after it
   * @param partial true while the period itself is unfinished, else absent
   * @param partialPeriods which of the periods after it are unfinished; absent when none is
   */
  public record Cohort(
      String start,
      long size,
      List<Long> returned,
      @JsonInclude(Include.NON_NULL) @Nullable Boolean partial,
      @JsonInclude(Include.NON_NULL) @Nullable List<Integer> partialPeriods) {}

  /**
   * The part of the cohorts that has one value.
   *
   * @param group the value, null for people whose event did not have the property
   */
  public record Group(@Nullable Object group, List<Cohort> cohorts, List<@Nullable Double> mean) {}

  /**
   * @throws IllegalArgumentException when the range has more than 400 periods, or more of the log
   *     has to be read than one question may
   */
  @Override
  public Answer answer(Asking asking) {
    Periods periods = Periods.of(range, period, zone == null ? asking.zone() : zone, asking.now());
    var table = new CohortTable(periods);
    List<Group> groups = null;
    People people;
    if (by == null) {
      people =
          People.of(
              asking,
              project,
              List.of(first, returning),
              periods,
              type == Type.FIRST,
              part -> table.add(cohorts(part), returns(part)));
    } else {
      var values = new FirstValues(by);
      var log =
          new LogPeople(project, List.of(first, returning), periods, type == Type.FIRST, values);
      people = log.read(asking);
      List<RoaringBitmap> returns = returns(log.people());
      List<RoaringBitmap> cohorts = cohorts(log.people());
      table.add(cohorts, returns);
      groups = groups(values.groups(cohorts, MOST_GROUPS, Limits.OTHER), returns, periods);
    }
    long needed = type == Type.FIRST ? 0 : periods.start();
    return new Answer(
        first.event(),
        returning.event(),
        period.word(),
        type.word,
        mode.word,
        Times.iso(periods.start()),
        Times.iso(periods.end()),
        periods.zone().getId(),
        table.cohorts(),
        table.mean(),
        groups,
        people.reachesBackTo(needed),
        people.completeFrom(needed));
  }

  private List<RoaringBitmap> cohorts(List<PeopleByPeriod> part) {
    return CohortTable.cohorts(part.get(0), type);
  }

  private List<RoaringBitmap> returns(List<PeopleByPeriod> part) {
    return CohortTable.returns(part.get(1), mode);
  }

  private static List<Group> groups(
      List<FirstValues.Group> divided, List<RoaringBitmap> returns, Periods periods) {
    List<Group> groups = new ArrayList<>();
    for (FirstValues.Group part : divided) {
      var table = new CohortTable(periods);
      table.add(part.cohorts(), returns);
      groups.add(new Group(part.value(), table.cohorts(), table.mean()));
    }
    return groups;
  }
}
