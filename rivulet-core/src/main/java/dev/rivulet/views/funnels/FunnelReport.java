package dev.rivulet.views.funnels;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.time.ZoneId;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far people got on a funnel. Whole days of the project's zone are added up from what is kept
 * per day, however many people there are; any other range, and any range of a funnel with few
 * people, is made from what is kept of each person, exact to the millisecond. Both count the same.
 *
 * @param range in which an attempt must be entered; null for the last thirty days with today
 * @param step the series' step; null for no series
 * @param zone the zone of the series' days; null for the project's
 * @param by the property of an attempt's first event to break down by, or null; read from the log
 * @param compare whether to give the range of the same length before as well
 */
public record FunnelReport(
    String project,
    String name,
    @Nullable Range range,
    @Nullable Step step,
    @Nullable ZoneId zone,
    @Nullable String by,
    boolean compare)
    implements Query<FunnelAnswer> {
  /** Up to as many people their times are answered exactly. */
  private static final int FEW_PEOPLE = 5_000;

  /** The last thirty days with today, without series. */
  public static FunnelReport of(String project, String name) {
    return new FunnelReport(project, name, null, null, null, null, false);
  }

  /**
   * @throws UnknownFunnel when there is no funnel of that name
   * @throws IllegalArgumentException when the series would be too long or the log too large to be
   *     broken down
   */
  @Override
  public FunnelAnswer answer(Asking asking) {
    AskedFunnel asked = AskedFunnel.find(asking, name);
    Funnel funnel = asked.funnel();
    TimeRange whole = AskedFunnel.range(range, asking);
    ZoneId days = zone == null ? asking.zone() : zone;
    Buckets buckets = step == null ? null : Buckets.of(whole, step, days);
    var wanted = new FunnelTally(funnel, whole, compare ? before(whole, asking) : null, buckets);
    var source = new FunnelSource(asking, asked.definition(), funnel);
    Counted counted = count(wanted, source, asking, FEW_PEOPLE);
    FunnelTally tally = counted.tally();
    FunnelGroups groups = by == null ? null : FunnelGroups.read(asking, this, funnel, whole, by);
    long truncated = counted.totals().truncated();
    long since = Math.max(asked.completeFrom(), groups == null ? 0 : groups.completeFrom());
    return new FunnelAnswer(
        name,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        days.getId(),
        funnel.order().word(),
        funnel.count().word(),
        tally.main().users(0),
        FunnelResults.steps(funnel, tally.main()),
        FunnelResults.convert(funnel, tally.main()),
        step == null ? null : step.text(),
        FunnelResults.series(tally, asked.completeFrom(), asking.now()),
        groups == null ? null : groups.groups(),
        FunnelResults.compared(funnel, tally),
        truncated,
        truncated == 0 && !asked.filling() && since <= whole.from(),
        FunnelResults.error(tally),
        asked.filling() ? asked.progress() : null,
        since == 0 ? null : Times.iso(since),
        null);
  }

  /** What was counted, and what is kept at all. */
  record Counted(FunnelTally tally, Totals totals) {}

  /** Counts from days where that is possible and there are more than {@code few} people. */
  static Counted count(FunnelTally wanted, FunnelSource source, Asking asking, int few) {
    AskedDays days = AskedDays.of(wanted, new Days(asking.zone()));
    TreeMap<Integer, Totals> totals = days == null ? source.totals() : source.days(days);
    Totals all = totals.values().stream().reduce(Totals.NONE, Totals::plus);
    if (days != null && all.people() > few) {
      return new Counted(wanted, all);
    }
    FunnelTally each = wanted.afresh();
    source.people(
        totals,
        (partition, number, person) -> {
          each.add(person);
          return true;
        });
    return new Counted(each, all);
  }

  /** The range of the same length before: as many days, where it is of whole days. */
  private static TimeRange before(TimeRange range, Asking asking) {
    var days = new Days(asking.zone());
    if (days.isStart(range.from()) && days.isStart(range.to())) {
      int first = days.of(range.from());
      return new TimeRange(days.start(2 * first - days.of(range.to())), range.from());
    }
    return new TimeRange(range.from() - range.millis(), range.from());
  }
}
