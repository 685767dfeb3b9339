package dev.rivulet.boards;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rivulet.event.Limits;
import dev.rivulet.event.ParserWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object that know where they stand, so that refusals can say it. */
final class Fields {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.NESTING).build())
          .build();
  private static final int SHOWN_CHARS = 60;

  private final String path;
  private final Map<?, ?> values;
  private String name;

  private Fields(String path, String name, Map<?, ?> values) {
    this.path = path;
    this.name = name;
    this.values = values;
  }

  static Fields parse(String json, int mostBytes) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > mostBytes) {
      throw new InvalidBoard(
          "", "the board has " + bytes + " bytes; it may have at most " + mostBytes);
    }
    try (JsonParser in = JSON.createParser(json)) {
      in.nextToken();
      Object value = value(in);
      if (!(value instanceof Map<?, ?> fields)) {
        throw new InvalidBoard(
            "", "the board is not a JSON object such as {\"title\":\"Shop\",\"tiles\":[]}");
      }
      if (in.nextToken() != null) {
        throw new InvalidBoard("", "the board goes on after its JSON object");
      }
      return new Fields("", "the board", fields);
    } catch (JsonProcessingException e) {
      throw new InvalidBoard("", "the board is not JSON: " + ParserWords.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
  }

  private static @Nullable Object value(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.START_OBJECT) {
      var fields = new LinkedHashMap<String, @Nullable Object>();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        fields.put(field, value(in));
      }
      return fields;
    }
    if (token == JsonToken.START_ARRAY) {
      var items = new ArrayList<@Nullable Object>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(in));
      }
      return items;
    }
    if (token == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    if (token != null && token.isNumeric()) {
      return in.getDoubleValue();
    }
    return token != null && token.isBoolean() ? in.getBooleanValue() : null;
  }

  /** Says what these are the fields of, for refusals. */
  void name(String words) {
    name = words;
  }

  InvalidBoard wrong(String field, String what) {
    return new InvalidBoard(path + field, name + " " + what);
  }

  boolean has(String field) {
    return values.get(field) != null;
  }

  /** Refuses fields that nobody reads: they are most likely misspelt. */
  void only(String... known) {
    for (Object field : values.keySet()) {
      if (!Set.of(known).contains(field)) {
        throw wrong(
            shown(String.valueOf(field)),
            "has an unknown field '"
                + shown(String.valueOf(field))
                + "': it may have "
                + String.join(", ", known));
      }
    }
  }

  @Nullable String text(String field, int mostChars) {
    Object value = values.get(field);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw wrong(field, "has a " + field + " that is not a text in quotation marks");
    }
    if (text.length() > mostChars) {
      throw wrong(
          field,
          "has a "
              + field
              + " of "
              + text.length()
              + " characters; it may have at most "
              + mostChars);
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw wrong(field, "has a control character in its " + field);
    }
    return text;
  }

  @Nullable String oneOf(String field, List<String> words) {
    String text = text(field, SHOWN_CHARS);
    if (text != null && !words.contains(text)) {
      throw wrong(
          field, "has the " + field + " '" + text + "': use one of " + String.join(", ", words));
    }
    return text;
  }

  <T> @Nullable T word(String field, T[] words, Function<T, String> spelling) {
    String text = text(field, SHOWN_CHARS);
    if (text == null) {
      return null;
    }
    for (T word : words) {
      if (spelling.apply(word).equals(text)) {
        return word;
      }
    }
    throw wrong(
        field,
        "has the " + field + " '" + text + "': use one of " + BoardReader.words(words, spelling));
  }

  @Nullable Boolean truth(String field) {
    Object value = values.get(field);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw wrong(field, "has a " + field + " that is neither true nor false");
  }

  @Nullable Double number(String field) {
    Object value = values.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return number;
    }
    throw wrong(field, "has a " + field + " that is not a number");
  }

  int whole(String field, int least, int most) {
    Object value = values.get(field);
    if (value instanceof Double number
        && number == Math.rint(number)
        && number >= least
        && number <= most) {
      return number.intValue();
    }
    throw wrong(
        field,
        (value == null
                ? "has no " + field
                : "has the " + field + " " + shown(String.valueOf(value)))
            + ": use a whole number from "
            + least
            + " to "
            + most);
  }

  @Nullable Fields object(String field) {
    Object value = values.get(field);
    if (value == null) {
      return null;
    }
    if (value instanceof Map<?, ?> fields) {
      return new Fields(path + field + ".", name, fields);
    }
    throw wrong(field, "has a " + field + " that is not an object in braces");
  }

  List<Fields> objects(String field, int most) {
    if (!(values.get(field) instanceof List<?> items)) {
      throw wrong(field, "has no list of " + field + ": give one in brackets, empty if need be");
    }
    if (items.size() > most) {
      throw wrong(field, "has " + items.size() + " " + field + "; it may have at most " + most);
    }
    var objects = new ArrayList<Fields>();
    for (int i = 0; i < items.size(); i++) {
      String at = path + field + "[" + i + "]";
      if (!(items.get(i) instanceof Map<?, ?> fields)) {
        throw new InvalidBoard(at, at + " is not an object in braces");
      }
      objects.add(new Fields(at + ".", at, fields));
    }
    return objects;
  }

  static String shown(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
  }
}
