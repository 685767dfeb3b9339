package dev.rivulet.testkit.naive;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant.
 *
 * @param event the name; null means any
 * @param where what must hold of the properties
 */
public record NaiveActivity(@Nullable String event, NaiveCondition where) {
  /** Any event. */
  public static final NaiveActivity ANY = new NaiveActivity(null, NaiveCondition.NONE);

  /** Every event of this name. */
  public static NaiveActivity of(String event) {
    return new NaiveActivity(event, NaiveCondition.NONE);
  }

  /** Those of {@code events} that are meant. */
  List<NaiveEvent> among(List<NaiveEvent> events) {
    List<NaiveEvent> found = new ArrayList<>();
    for (NaiveEvent each : events) {
      if ((event == null || event.equals(each.event())) && where.holds().test(each.properties())) {
        found.add(each);
      }
    }
    return found;
  }
}
