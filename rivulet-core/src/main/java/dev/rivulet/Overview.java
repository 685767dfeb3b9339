package dev.rivulet;

import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import dev.rivulet.views.breakdowns.TopValues;
import dev.rivulet.views.counts.CountPoint;
import dev.rivulet.views.counts.EventCount;
import dev.rivulet.views.counts.Pulse;
import dev.rivulet.views.counts.TopEvents;
import dev.rivulet.views.online.OnlineNow;
import dev.rivulet.views.recent.RecentEvents;
import dev.rivulet.views.uniques.UniquePeople;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What the Live page shows of a project: now, and today against the same day last week. */
public record Overview(String project) implements Query<Overview.Answer> {
  private static final int LISTED = 8;
  private static final int NEWEST = 20;
  private static final int SHOWN_CHARS = 2_000;

  /** Events that tell of a page that was seen, and the property that names it. */
  private static final Map<String, String> PAGE_VIEWS =
      Map.of("page", "path", "pageview", "path", "$pageview", "$pathname", "request", "path");

  /**
   * The numbers of the page.
   *
   * @param at when this was so, ISO-8601
   * @param timezone zone in which days begin
   * @param eventsPerSecond over the last ten whole seconds
   * @param online people with an event in the last five minutes
   * @param lastWeek null while there is no data of last week
   * @param lagMillis age of the oldest event that is not in these numbers yet; 0 when all are
   * @param exact whether every number is
   */
  public record Answer(
      String at,
      String timezone,
      double eventsPerSecond,
      long online,
      Pulse.Answer pulse,
      Today today,
      @Nullable LastWeek lastWeek,
      Hours hours,
      List<TopEvents.Name> topEvents,
      List<PageCount> topPages,
      List<RecentEvents.Recent> recent,
      long lagMillis,
      boolean exact) {}

  /** Today so far. */
  public record Today(String from, long count, long uniques) {}

  /**
   * The same day last week. What is kept of it ends at whole quarter-hours and, of people, at whole
   * hours: the one that holds the same time of day counts in proportion.
   *
   * @param count events until the same time of day
   * @param uniques people until then
   * @param wholeDay events of the whole day, exact
   * @param exact whether nothing had to be taken in proportion
   */
  public record LastWeek(String from, long count, long uniques, long wholeDay, boolean exact) {}

  /** Both days by the hour. */
  public record Hours(List<CountPoint> today, List<CountPoint> lastWeek) {}

  /** One page and how often it was seen today. */
  public record PageCount(String value, long count) {}

  @Override
  public Answer answer(Asking asking) {
    ZonedDateTime now = Instant.ofEpochMilli(asking.now()).atZone(asking.zone());
    TimeRange today = day(now);
    ZonedDateTime weekAgo = now.minusWeeks(1);
    TimeRange then = day(weekAgo);
    long sameTime = weekAgo.toInstant().toEpochMilli();
    EventCount.Answer todayCount = count(asking, today.from(), today.to());
    EventCount.Answer thenCount = count(asking, then.from(), then.to());
    LastWeek lastWeek = null;
    if (thenCount.total() > 0) {
      var countUntil = new Until(Step.QUARTER, sameTime, asking.zone());
      var peopleUntil = new Until(Step.HOUR, sameTime, asking.zone());
      lastWeek =
          new LastWeek(
              Times.iso(then.from()),
              countUntil.of(then.from(), to -> count(asking, then.from(), to).total()),
              peopleUntil.of(then.from(), to -> uniques(asking, then.from(), to)),
              thenCount.total(),
              countUntil.fraction == 0 && peopleUntil.fraction == 0);
    }
    Pulse.Answer pulse = new Pulse(project).answer(asking);
    return new Answer(
        Times.iso(asking.now()),
        asking.zone().getId(),
        pulse.eventsPerSecond(),
        new OnlineNow(project).answer(asking).online(),
        pulse,
        new Today(
            Times.iso(today.from()), todayCount.total(), uniques(asking, today.from(), today.to())),
        lastWeek,
        new Hours(todayCount.series(), thenCount.series()),
        new TopEvents(project, between(today), LISTED).answer(asking).events(),
        topPages(asking, between(today)),
        newest(asking),
        asking.lagMillis(),
        true);
  }

  /** A moment inside a bucket of a kept grain. */
  private static final class Until {
    private final long start;
    private final long end;
    private final double fraction;

    private Until(Step grain, long time, ZoneId zone) {
      start = grain.floor(time, zone);
      end = grain.next(time, zone);
      fraction = (double) (time - start) / (end - start);
    }

    /** A number that grows from {@code from} on, in proportion inside the bucket. */
    private long of(long from, LongUnaryOperator upTo) {
      long before = start > from ? upTo.applyAsLong(start) : 0;
      return before + Math.round((upTo.applyAsLong(end) - before) * fraction);
    }
  }

  private EventCount.Answer count(Asking asking, long from, long to) {
    return new EventCount(project, null, Range.between(from, to), Step.HOUR, null).answer(asking);
  }

  private long uniques(Asking asking, long from, long to) {
    Range range = Range.between(from, to);
    return new UniquePeople(project, null, range, Step.DAY, null).answer(asking).total();
  }

  /** Properties too long to be shown in a line are left out, since this is pushed often. */
  private List<RecentEvents.Recent> newest(Asking asking) {
    return new RecentEvents(project, NEWEST)
        .answer(asking).events().stream()
            .map(recent -> recent.properties().length() > SHOWN_CHARS ? recent.bare() : recent)
            .toList();
  }

  private List<PageCount> topPages(Asking asking, Range today) {
    Map<String, Long> pages = new HashMap<>();
    PAGE_VIEWS.forEach(
        (event, property) ->
            new TopValues(project, event, property, today, 50)
                .answer(asking)
                .values()
                .forEach(v -> pages.merge(String.valueOf(v.value()), v.count(), Long::sum)));
    List<PageCount> listed = new ArrayList<>();
    pages.forEach((page, count) -> listed.add(new PageCount(page, count)));
    ToLongFunction<PageCount> frequency = PageCount::count;
    listed.sort(Comparator.comparingLong(frequency).reversed().thenComparing(PageCount::value));
    return List.copyOf(listed.subList(0, Math.min(LISTED, listed.size())));
  }

  private static Range between(TimeRange range) {
    return Range.between(range.from(), range.to());
  }

  private static TimeRange day(ZonedDateTime time) {
    long millis = time.toInstant().toEpochMilli();
    long from = Step.DAY.floor(millis, time.getZone());
    return new TimeRange(from, Step.DAY.next(millis, time.getZone()));
  }
}
