package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.time.Buckets;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How events come in now: the last half hour in steps of ten seconds, and the rate. Exact. */
public record Pulse(String project) implements Query<Pulse.Answer> {
  private static final long STEP_MILLIS = 10_000;
  private static final int STEPS = 180;

  /**
   * The pulse.
   *
   * @param eventsPerSecond over the last ten whole seconds
   * @param counts events per step; null where there is no data yet. The last step is not over.
   */
  public record Answer(
      double eventsPerSecond,
      String from,
      String to,
      int stepSeconds,
      List<@Nullable Long> counts) {}

  @Override
  public Answer answer(Asking asking) {
    long end = (Math.floorDiv(asking.now(), STEP_MILLIS) + 1) * STEP_MILLIS;
    var range = new TimeRange(end - STEPS * STEP_MILLIS, end);
    var read = new CountsRead(project, Limits.EVERY, CountsLayout.SECONDS);
    read.read(asking, range);
    long second = Math.floorDiv(asking.now(), 1_000L) * 1_000;
    var lately = new TimeRange(second - 10_000, second);
    double perSecond = read.sums(Buckets.even(lately, 10_000))[0] / 10.0;
    Buckets steps = Buckets.even(range, STEP_MILLIS);
    long[] sums = read.sums(steps);
    List<@Nullable Long> counts = new ArrayList<>(STEPS);
    for (int i = 0; i < sums.length; i++) {
      boolean noData = sums[i] == 0 && steps.end(i) <= read.firstOfProject();
      counts.add(noData ? null : (Long) sums[i]);
    }
    return new Answer(
        perSecond,
        Times.iso(range.from()),
        Times.iso(range.to()),
        (int) (STEP_MILLIS / 1000),
        counts);
  }
}
