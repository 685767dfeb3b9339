package dev.rivulet.views.metrics;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The metrics of a project that have more series, values of tags or nodes than are told apart, by
 * name: what came past the bounds counts as {@code $other}.
 */
public record OverflowedMetrics(String project) implements Query<List<String>> {
  @Override
  public List<String> answer(Asking asking) {
    SortedSet<String> names = new TreeSet<>();
    ProjectMetrics.all(
        asking,
        project,
        (metric, info) -> {
          if (info.overflow()) {
            names.add(metric);
          }
        });
    return List.copyOf(names);
  }
}
