package dev.rivulet.testkit.views;

import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.testkit.Recount;
import dev.rivulet.testkit.RivuletDriver;
import dev.rivulet.testkit.Traffic;
import dev.rivulet.testkit.ViewContract;
import dev.rivulet.testkit.naive.NaiveEvent;
import dev.rivulet.time.Range;
import dev.rivulet.view.Query;
import dev.rivulet.view.View;
import dev.rivulet.views.retention.EventMatch;
import dev.rivulet.views.retention.Lifecycle;
import dev.rivulet.views.retention.Period;
import dev.rivulet.views.retention.Retention;
import dev.rivulet.views.retention.RetentionView;
import dev.rivulet.views.retention.Stickiness;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class RetentionIT extends ViewContract {
  /** So few that sets leave memory and come back all the time. */
  private static final long MOST_BYTES = 20_000;

  private static final long DAY = 86_400_000;

  @Override
  protected View view() {
    return new RetentionView(MOST_BYTES);
  }

  @Override
  protected ZoneId zone() {
    return ZoneId.of("America/St_Johns");
  }

  @Override
  protected long from() {
    return super.from() - 40 * DAY;
  }

  @Override
  protected long to() {
    return super.from() + 2 * DAY;
  }

  /** People who are seen on a few of many days, in order of arrival. */
  @Override
  protected List<Event> events(long seed) {
    return new Traffic(seed, PROJECT, 60).between(from(), to(), 600);
  }

  @Override
  protected List<Query<?>> queries() {
    List<Query<?>> queries = new ArrayList<>();
    Range all = Range.between(from() - DAY, to() + DAY);
    Range late = Range.between(from() + 11 * DAY, to() - 5 * DAY);
    for (Period period : Period.values()) {
      for (Range range : new Range[] {all, late, null}) {
        for (Retention.Type type : Retention.Type.values()) {
          for (Retention.Mode mode : Retention.Mode.values()) {
            queries.add(retention("signup", null, period, type, mode, range));
            queries.add(retention(null, "{0}:*?/ day", period, type, mode, range));
          }
        }
        queries.add(new Lifecycle(PROJECT, EventMatch.named("view"), period, range, null));
        if (period != Period.DAY) {
          queries.add(new Stickiness(PROJECT, EventMatch.ANY, period, range, null));
        }
      }
    }
    return queries;
  }

  @Override
  protected void agrees(RivuletDriver driver, Recount recount) {
    List<NaiveEvent> arrived = new ArrayList<>();
    for (Event event : recount.recent(Integer.MAX_VALUE)) {
      if (event.kind() == Kind.EVENT) {
        arrived.add(
            new NaiveEvent(
                event.occurredAt(), event.name(), event.user(), Map.of(), null, arrived.size()));
      }
    }
    var habits = new Habits(arrived, driver, zone(), now());
    queries().forEach(habits::assertAgrees);
  }

  private static Retention retention(
      String first,
      String returning,
      Period period,
      Retention.Type type,
      Retention.Mode mode,
      Range range) {
    return new Retention(
        PROJECT,
        EventMatch.named(first),
        EventMatch.named(returning),
        period,
        type,
        mode,
        range,
        null,
        null);
  }
}
