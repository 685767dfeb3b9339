package dev.rivulet.view;

import dev.rivulet.event.Properties;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions on an event's properties, all of which must hold. {@code {"plan":"pro"}} means
 * equality, {@code null} that the property is absent, an object holds operators: {@code eq not in
 * "not in" gt gte lt lte contains matches present}. Immutable.
 *
 * <p>{@code 10} and {@code "10"} differ. {@code not} and {@code not in} hold for an absent
 * property; the others do not. {@code contains} and {@code matches} are case-sensitive, and {@code
 * matches} finds its RE2 expression anywhere in the value, in time linear in its length.
 *
 * @param conditions in the order in which they were given
 */
public record Filter(List<Condition> conditions) {
  /** The filter that every event passes. */
  public static final Filter ALL = new Filter(List.of());

  /** Conditions of one filter. */
  public static final int MOST_CONDITIONS = 50;

  public Filter {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads the JSON of {@code where}.
   *
   * @throws IllegalArgumentException naming the part that is wrong and what would be right
   */
  public static Filter parse(String json) {
    List<Condition> conditions = new ArrayList<>(FilterReader.read(json));
    if (conditions.size() > MOST_CONDITIONS) {
      throw new IllegalArgumentException(
          "where has "
              + conditions.size()
              + " conditions: at most "
              + MOST_CONDITIONS
              + " are possible");
    }
    return new Filter(conditions);
  }

  /** Whether all conditions hold. */
  public boolean test(Properties properties) {
    for (Condition condition : conditions) {
      if (!condition.test(properties.value(condition.property()))) {
        return false;
      }
    }
    return true;
  }
}
