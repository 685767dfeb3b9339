package dev.rivulet.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.event.ParserWords;
import dev.rivulet.event.Properties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the JSON of a {@link Filter}. */
final class FilterReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String OPERATORS =
      "eq, not, in, not in, gt, gte, lt, lte, contains, matches, present";

  private FilterReader() {}

  static List<Condition> read(String json) {
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("where is not a JSON object such as {\"plan\":\"pro\"}");
      }
      List<Condition> conditions = new ArrayList<>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String property = in.currentName();
        in.nextToken();
        readProperty(in, property, conditions);
      }
      if (in.nextToken() != null) {
        throw new IllegalArgumentException("where goes on after its JSON object");
      }
      return conditions;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("where is not JSON: " + ParserWords.of(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
  }

  private static void readProperty(JsonParser in, String property, List<Condition> conditions)
      throws IOException {
    if (property.isEmpty()) {
      throw new IllegalArgumentException("where has a condition on a property without a name");
    }
    switch (in.currentToken()) {
      case VALUE_NULL -> conditions.add(new Condition.Present(property, false));
      case START_ARRAY -> conditions.add(new Condition.In(property, values(in, property)));
      case START_OBJECT -> {
        int before = conditions.size();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String operator = in.currentName();
          in.nextToken();
          conditions.add(condition(in, property, operator));
        }
        if (conditions.size() == before) {
          throw new IllegalArgumentException(
              "the condition on '" + property + "' is empty: give one of " + OPERATORS);
        }
      }
      default -> conditions.add(new Condition.In(property, List.of(value(in, property))));
    }
  }

  private static Condition condition(JsonParser in, String property, String operator)
      throws IOException {
    boolean isNull = in.currentToken() == JsonToken.VALUE_NULL;
    return switch (operator) {
      case "eq" ->
          isNull
              ? new Condition.Present(property, false)
              : new Condition.In(property, List.of(value(in, property)));
      case "not" ->
          isNull
              ? new Condition.Present(property, true)
              : new Condition.NotIn(property, oneOrMore(in, property));
      case "in" -> new Condition.In(property, values(in, property));
      case "not in", "notIn" -> new Condition.NotIn(property, values(in, property));
      case "gt" -> ordered(in, property, Condition.Order.GT);
      case "gte" -> ordered(in, property, Condition.Order.GTE);
      case "lt" -> ordered(in, property, Condition.Order.LT);
      case "lte" -> ordered(in, property, Condition.Order.LTE);
      case "contains" -> new Condition.Contains(property, text(in, property, operator));
      case "matches" -> Condition.Matches.of(property, text(in, property, operator));
      case "present" -> new Condition.Present(property, truth(in, property));
      default ->
          throw new IllegalArgumentException(
              "operator '" + operator + "' for '" + property + "' is not one of " + OPERATORS);
    };
  }

  private static Condition ordered(JsonParser in, String property, Condition.Order order)
      throws IOException {
    Object bound = value(in, property);
    if (bound instanceof Boolean) {
      throw new IllegalArgumentException(
          order.name().toLowerCase(java.util.Locale.ROOT)
              + " for '"
              + property
              + "' needs a number or a text, not "
              + bound);
    }
    return new Condition.Ordered(property, order, bound);
  }

  private static List<Object> oneOrMore(JsonParser in, String property) throws IOException {
    return in.currentToken() == JsonToken.START_ARRAY
        ? values(in, property)
        : List.of(value(in, property));
  }

  private static List<Object> values(JsonParser in, String property) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new IllegalArgumentException(
          "in for '" + property + "' needs an array such as [\"pro\",\"team\"]");
    }
    List<Object> values = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(in, property));
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "the list of values for '" + property + "' is empty: give one such as [\"pro\"]");
    }
    return values;
  }

  private static Object value(JsonParser in, String property) throws IOException {
    return switch (in.currentToken()) {
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NUMBER_INT ->
          in.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? (Object) in.getDoubleValue()
              : (Object) in.getLongValue();
      case VALUE_NUMBER_FLOAT -> Properties.canonical(in.getDoubleValue());
      default ->
          throw new IllegalArgumentException(
              "the value for '" + property + "' is not a text, number or boolean");
    };
  }

  private static String text(JsonParser in, String property, String operator) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(operator + " for '" + property + "' needs a text");
    }
    return in.getText();
  }

  private static boolean truth(JsonParser in, String property) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_TRUE && in.currentToken() != JsonToken.VALUE_FALSE) {
      throw new IllegalArgumentException("present for '" + property + "' needs true or false");
    }
    return in.getBooleanValue();
  }
}
