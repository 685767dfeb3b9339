package dev.rivulet.testkit.naive;

import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A condition on the properties of an event, and the JSON of {@code where} that says the same.
 *
 * @param holds the condition
 * @param json what the API takes for it
 */
public record NaiveCondition(Predicate<Map<String, Object>> holds, String json) {
  /** Holds for every event. */
  public static final NaiveCondition NONE = new NaiveCondition(properties -> true, "{}");

  /** The property has this value; {@code 10} and {@code "10"} differ. */
  public static NaiveCondition is(String property, Object value) {
    return new NaiveCondition(
        properties -> value.equals(properties.get(property)), operator(property, Json.of(value)));
  }

  /** The property is absent or has another value. */
  public static NaiveCondition isNot(String property, Object value) {
    return new NaiveCondition(
        properties -> !value.equals(properties.get(property)),
        operator(property, "{\"not\":" + Json.of(value) + "}"));
  }

  /** The property is absent. */
  public static NaiveCondition absent(String property) {
    return new NaiveCondition(
        properties -> !properties.containsKey(property), operator(property, "null"));
  }

  /** The property is a whole number above {@code bound}. */
  public static NaiveCondition above(String property, long bound) {
    return new NaiveCondition(
        properties -> properties.get(property) instanceof Long number && number > bound,
        operator(property, "{\"gt\":" + bound + "}"));
  }

  /** Both hold. */
  public NaiveCondition and(NaiveCondition other) {
    if (json.equals("{}") || other.json.equals("{}")) {
      return json.equals("{}") ? other : this;
    }
    String own = json.substring(0, json.length() - 1);
    return new NaiveCondition(holds.and(other.holds), own + "," + other.json.substring(1));
  }

  private static String operator(String property, String operand) {
    return "{" + Json.of(property) + ":" + operand + "}";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NaiveCondition that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return Objects.hash(json);
  }

  @Override
  public String toString() {
    return json;
  }
}
