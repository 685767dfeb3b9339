package dev.rivulet.views.funnels;

import dev.rivulet.time.Buckets;
import dev.rivulet.time.Step;
import dev.rivulet.time.TimeRange;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last thirty days from the cells of days, however few people there are. */
public record WholeDays(String project, String name) implements Query<WholeDays.Answer> {
  /** What was counted, with the days by their start. */
  public record Answer(
      long from,
      long to,
      List<Integer> users,
      List<Double> medianSeconds,
      Map<Long, Day> days,
      int people) {}

  /** Who entered on a day. */
  public record Day(long entered, long converted) {}

  @Override
  public Answer answer(Asking asking) {
    AskedFunnel asked = AskedFunnel.find(asking, name);
    TimeRange range = AskedFunnel.range(null, asking);
    var buckets = Buckets.of(range, Step.DAY, asking.zone());
    var wanted = new FunnelTally(asked.funnel(), range, null, buckets);
    var source = new FunnelSource(asking, asked.definition(), asked.funnel());
    var counted = FunnelReport.count(wanted, source, asking, -1);
    StepTally main = counted.tally().main();
    List<Integer> users = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    for (int step = 0; step < main.steps(); step++) {
      users.add((int) main.users(step));
      medians.add(main.gaps(step).quantileSeconds(0.5));
    }
    Map<Long, Day> days = new TreeMap<>();
    for (int i = 0; i < buckets.count(); i++) {
      days.put(buckets.start(i), new Day(counted.tally().entered(i), counted.tally().converted(i)));
    }
    return new Answer(range.from(), range.to(), users, medians, days, counted.totals().people());
  }
}
