package dev.rivulet.views.funnels;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Distribution;
import dev.rivulet.view.Times;
import dev.rivulet.views.funnels.FunnelAnswer.Bar;
import dev.rivulet.views.funnels.FunnelAnswer.Compared;
import dev.rivulet.views.funnels.FunnelAnswer.Convert;
import dev.rivulet.views.funnels.FunnelAnswer.Point;
import dev.rivulet.views.funnels.FunnelAnswer.StepResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From tallies to the parts of an answer. */
final class FunnelResults {
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long DAY = 24 * HOUR;
  private static final long[] EDGES = {
    0,
    SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    60 * SECOND,
    120 * SECOND,
    300 * SECOND,
    600 * SECOND,
    1_800 * SECOND,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    3 * DAY,
    7 * DAY,
    14 * DAY,
    30 * DAY,
    60 * DAY,
    90 * DAY,
    180 * DAY,
    365 * DAY
  };

  private FunnelResults() {}

  static List<StepResult> steps(Funnel funnel, StepTally tally) {
    List<StepResult> results = new ArrayList<>();
    long previous = 0;
    for (int i = 0; i < tally.steps(); i++) {
      FunnelStep step = funnel.steps().get(i);
      long users = tally.users(i);
      Gaps gaps = tally.gaps(i);
      results.add(
          new StepResult(
              i + 1,
              step.events().size() == 1 ? step.events().get(0) : step.events(),
              users,
              part(users, tally.users(0)),
              part(users, i == 0 ? users : previous),
              gaps.quantileSeconds(0.5),
              gaps.quantileSeconds(0.9),
              step.optional() ? Boolean.TRUE : null));
      if (!step.optional()) {
        previous = users;
      }
    }
    return results;
  }

  static Convert convert(Funnel funnel, StepTally tally) {
    Gaps times = tally.convert();
    long[] edges = edges(funnel.windowMillis());
    long[] counts = times.histogram(edges);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      bars.add(new Bar(edges[i] / SECOND, edges[i + 1] / SECOND, counts[i]));
    }
    return new Convert(times.quantileSeconds(0.5), times.quantileSeconds(0.9), bars);
  }

  static @Nullable List<Point> series(FunnelTally tally, long completeFrom, long now) {
    Buckets buckets = tally.buckets();
    if (buckets == null) {
      return null;
    }
    List<Point> series = new ArrayList<>();
    for (int i = 0; i < buckets.count(); i++) {
      boolean unknown =
          buckets.start(i) > now || (tally.entered(i) == 0 && buckets.end(i) <= completeFrom);
      series.add(
          new Point(
              Times.iso(buckets.start(i)),
              unknown ? null : (Long) tally.entered(i),
              unknown ? null : (Long) tally.converted(i),
              buckets.end(i) > now ? Boolean.TRUE : null));
    }
    return series;
  }

  /** The largest relative error of the times of both ranges, null when they are exact. */
  static @Nullable Double error(FunnelTally tally) {
    return tally.main().isExact() && tally.compared().isExact() ? null : Distribution.ERROR;
  }

  static @Nullable Compared compared(Funnel funnel, FunnelTally tally) {
    TimeRange before = tally.before();
    if (before == null) {
      return null;
    }
    StepTally own = tally.compared();
    return new Compared(
        Times.iso(before.from()), Times.iso(before.to()), own.users(0), steps(funnel, own));
  }

  private static @Nullable Double part(long users, long of) {
    return of == 0 ? null : (Double) ((double) users / of);
  }

  /** The usual edges up to the window, in whole seconds. */
  private static long[] edges(long windowMillis) {
    long last = (windowMillis + SECOND - 1) / SECOND * SECOND;
    int below = 0;
    while (below < EDGES.length && EDGES[below] < last) {
      below++;
    }
    long[] edges = Arrays.copyOf(EDGES, below + 1);
    edges[below] = last;
    return edges;
  }
}
