package dev.rivulet.views.breakdowns;

import dev.rivulet.view.Asking;
import dev.rivulet.view.Bytes;
import dev.rivulet.view.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The properties by which an event can be broken down, the most frequent first. */
public record EventProperties(String project, String event)
    implements Query<EventProperties.Answer> {
  /**
   * The properties.
   *
   * @param overflowed values of properties past the bound, which are not broken down
   */
  public record Answer(List<Property> properties, long overflowed) {}

  /**
   * One property.
   *
   * @param count events ever seen with it
   */
  public record Property(String property, long count) {}

  @Override
  public Answer answer(Asking asking) {
    Map<String, Long> merged = new HashMap<>();
    asking.scatter(
        BreakdownsView.ROOM,
        (scope, reads) ->
            reads.wholeHash(
                scope.key(project, event, BreakdownsView.PROPERTIES),
                stored ->
                    stored.forEach(
                        (name, count) ->
                            merged.merge(name, Long.valueOf(Bytes.text(count)), Long::sum))));
    Long overflowed = merged.remove(SubjectProperties.OVERFLOW);
    List<Property> properties = new ArrayList<>();
    merged.forEach((name, count) -> properties.add(new Property(name, count)));
    properties.sort(
        Comparator.comparingLong(Property::count).reversed().thenComparing(Property::property));
    return new Answer(properties, overflowed == null ? 0 : overflowed);
  }
}
