package dev.rivulet;

import dev.rivulet.query.ScatterGather;
import dev.rivulet.query.ViewNotReady;
import dev.rivulet.views.counts.NamesOverflowed;
import dev.rivulet.views.metrics.OverflowedMetrics;
import java.util.ArrayList;
import java.util.List;

/** What is more varied than is told apart: the rest of it counts as {@code $other}. */
final class Overflows {
  /** Rows of one status. */
  private static final int MOST = 100;

  private Overflows() {}

  /** Blocks for two round trips a project. */
  static List<Status.Overflow> of(List<String> projects, ScatterGather queries) {
    List<Status.Overflow> all = new ArrayList<>();
    for (String project : projects) {
      try {
        if (queries.ask(new NamesOverflowed(project))) {
          all.add(new Status.Overflow(project, "events", null));
        }
        for (String metric : queries.ask(new OverflowedMetrics(project))) {
          all.add(new Status.Overflow(project, "metrics", metric));
        }
      } catch (ViewNotReady e) {
        continue; // it is told when the room is filled
      }
      if (all.size() >= MOST) {
        return List.copyOf(all.subList(0, MOST));
      }
    }
    return all;
  }
}
