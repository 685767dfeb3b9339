package dev.rivulet.views.counts;

import dev.rivulet.event.Limits;
import dev.rivulet.view.Asking;
import dev.rivulet.view.Query;
import dev.rivulet.view.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the events seen in a project, the most frequent first. */
public record EventNames(String project) implements Query<EventNames.Answer> {
  /** The names. */
  public record Answer(List<Name> events) {}

  /**
   * One name.
   *
   * @param total events ever counted
   * @param lastSeen latest time of one, ISO-8601
   */
  public record Name(String event, long total, String lastSeen) {}

  @Override
  public Answer answer(Asking asking) {
    Map<String, NameStats> all = stats(project, asking);
    all.remove(Limits.EVERY);
    List<Name> names = new ArrayList<>();
    all.forEach((name, stats) -> names.add(new Name(name, stats.total(), Times.iso(stats.last()))));
    names.sort(Comparator.comparingLong(Name::total).reversed().thenComparing(Name::event));
    return new Answer(names);
  }

  /** The statistics of every name and of all events together, merged over the partitions. */
  static Map<String, NameStats> stats(String project, Asking asking) {
    var merged = new HashMap<String, NameStats>();
    asking.scatter(
        CountsView.ROOM,
        (scope, reads) ->
            reads.wholeHash(
                scope.key(project),
                stored ->
                    stored.forEach(
                        (name, stats) ->
                            merged.merge(name, NameStats.decode(stats), NameStats::plus))));
    return merged;
  }
}
