package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent events of a range of up to eight days, widened outwards to whole quarter-hours.
 * Exact.
 *
 * @param limit names listed, at least 1
 */
public record TopEvents(String project, Range range, int limit) implements Query<TopEvents.Answer> {
  private static final long LONGEST_MILLIS = 8L * 86_400_000;

  /** The names. */
  public record Answer(List<Name> events) {}

  /** One name and its events in the range. */
  public record Name(String event, long count) {}

  @Override
  public Answer answer(Asking asking) {
    TimeRange whole = range.at(asking.now()).widened(Step.QUARTER, asking.zone());
    if (whole.millis() > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "top events over " + whole.millis() / 86_400_000 + " days: at most 8 are read at once");
    }
    Map<String, NameStats> active = EventNames.stats(project, asking);
    active.remove(Limits.EVERY);
    active.values().removeIf(s -> s.last() < whole.from() || s.first() >= whole.to());
    Map<String, Long> counts = new HashMap<>();
    var layout = CountsLayout.QUARTERS;
    asking.scatter(
        CountsView.ROOM,
        (scope, reads) -> {
          for (String name : active.keySet()) {
            long last = layout.block(whole.to() - 1);
            for (long block = layout.block(whole.from()); block <= last; block++) {
              long start = block * layout.blockMillis;
              int first = slot(layout, Math.max(whole.from(), start) - start);
              int end = slot(layout, Math.min(whole.to(), start + layout.blockMillis) - 1 - start);
              reads.range(
                  layout.key(scope, project, name, block),
                  first * layout.width,
                  (end + 1) * layout.width - 1,
                  found -> counts.merge(name, DayCounts.sum(found, layout.width), Long::sum));
            }
          }
        });
    List<Name> names = new ArrayList<>();
    counts.forEach((name, count) -> names.add(new Name(name, count)));
    names.removeIf(name -> name.count() == 0);
    names.sort(Comparator.comparingLong(Name::count).reversed().thenComparing(Name::event));
    return new Answer(List.copyOf(names.subList(0, Math.min(limit, names.size()))));
  }

  private static int slot(CountsLayout layout, long intoBlock) {
    return (int) (intoBlock / layout.slotMillis);
  }
}
