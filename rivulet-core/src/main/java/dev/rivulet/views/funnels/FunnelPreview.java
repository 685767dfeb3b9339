package dev.rivulet.views.funnels;

import dev.rivulet.time.Range;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import org.jspecify.annotations.Nullable;

/**
 * What a funnel would report of the events that arrived last, without storing anything: to look at
 * while it is being defined. The answer says which events those are.
 *
 * @param range in which an attempt must be entered; null for all that is read
 */
public record FunnelPreview(String project, Funnel funnel, @Nullable Range range)
    implements Query<FunnelAnswer> {
  /** Events that are read: a fraction of a second. */
  public static final int MOST_EVENTS = 200_000;

  private static final long USUAL_MILLIS = 24 * 3_600_000L;

  @Override
  public FunnelAnswer answer(Asking asking) {
    var gathered = new GatheredPeople(project, funnel, null);
    boolean cut = asking.newest(MOST_EVENTS, gathered::add);
    boolean any = gathered.events() > 0;
    long end = any ? Math.max(gathered.last() + 1, asking.now()) : asking.now();
    TimeRange whole =
        range == null
            ? new TimeRange(any ? gathered.first() : end - USUAL_MILLIS, end)
            : range.at(asking.now());
    var tally = new FunnelTally(funnel, whole, null, null);
    long truncated = 0;
    for (GatheredPeople.Gathered person : gathered.people()) {
      tally.add(person.steps());
      truncated += person.steps().truncated() ? 1 : 0;
    }
    return new FunnelAnswer(
        null,
        Times.iso(whole.from()),
        Times.iso(whole.to()),
        asking.zone().getId(),
        funnel.order().word(),
        funnel.count().word(),
        tally.main().users(0),
        FunnelResults.steps(funnel, tally.main()),
        FunnelResults.convert(funnel, tally.main()),
        null,
        null,
        null,
        null,
        truncated,
        !cut && truncated == 0,
        FunnelResults.error(tally),
        null,
        null,
        new FunnelAnswer.Preview(
            gathered.events(),
            any ? Times.iso(gathered.first()) : null,
            any ? Times.iso(gathered.last()) : null));
  }
}
