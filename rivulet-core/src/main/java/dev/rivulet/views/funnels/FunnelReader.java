package dev.rivulet.views.funnels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.rivulet.event.Limits;
import dev.rivulet.event.ParserWords;
import dev.rivulet.time.Durations;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of a {@link Funnel} and takes nothing that it does not know. What needs the whole
 * to be judged is left to {@link FunnelRules}.
 */
final class FunnelReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.NESTING).build())
          .build();
  private static final int QUOTED_CHARS = 60;

  private final JsonParser in;

  private FunnelReader(JsonParser in) {
    this.in = in;
  }

  static Funnel read(String json) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Funnel.MOST_BYTES) {
      throw new InvalidFunnel(
          "", "the definition has " + bytes + " bytes: at most " + Funnel.MOST_BYTES);
    }
    try (JsonParser parser = JSON.createParser(json)) {
      var reader = new FunnelReader(parser);
      parser.nextToken();
      Funnel funnel = reader.funnel();
      if (parser.nextToken() != null) {
        throw new InvalidFunnel("", "the definition goes on after its JSON object");
      }
      return FunnelRules.checked(funnel);
    } catch (JsonProcessingException e) {
      throw new InvalidFunnel("", "the definition is not JSON: " + ParserWords.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
  }

  private Funnel funnel() throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidFunnel(
          "",
          "the definition is not a JSON object such as"
              + " {\"steps\":[{\"event\":\"view\"},{\"event\":\"buy\"}],\"window\":\"7d\"}");
    }
    List<FunnelStep> steps = null;
    @Nullable Long windowMillis = null;
    Order order = Order.ORDERED;
    List<OpenExclusion> exclude = List.of();
    Count count = Count.PEOPLE;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "steps" -> steps = steps();
        case "window" -> windowMillis = window();
        case "order" -> order = word("order", Order.values(), Order::word);
        case "exclude" -> exclude = exclusions();
        case "count" -> count = word("count", Count.values(), Count::word);
        default -> throw unknown(field, "", "steps, window, order, exclude, count");
      }
    }
    if (steps == null) {
      throw new InvalidFunnel(
          "steps", "steps is missing: give 2 to 30, such as [{\"event\":\"view\"}, …]");
    }
    if (windowMillis == null) {
      throw new InvalidFunnel("window", "window is missing: give a duration such as 7d");
    }
    int last = steps.size();
    return new Funnel(
        steps, windowMillis, order, exclude.stream().map(open -> open.upTo(last)).toList(), count);
  }

  private List<FunnelStep> steps() throws IOException {
    demand(JsonToken.START_ARRAY, "steps", "an array of 2 to 30 steps");
    var steps = new ArrayList<FunnelStep>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      steps.add(step("steps[" + steps.size() + "]"));
    }
    return steps;
  }

  private FunnelStep step(String path) throws IOException {
    demand(JsonToken.START_OBJECT, path, "an object such as {\"event\":\"view\"}");
    List<String> events = null;
    Where where = Where.ALL;
    boolean optional = false;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "event" -> events = events(path + ".event");
        case "where" -> where = where(path + ".where");
        case "optional" -> optional = truth(path + ".optional");
        default -> throw unknown(field, path + ".", "event, where, optional");
      }
    }
    return new FunnelStep(present(events, path), where, optional);
  }

  private List<OpenExclusion> exclusions() throws IOException {
    demand(JsonToken.START_ARRAY, "exclude", "an array such as [{\"event\":\"refund\"}]");
    var exclusions = new ArrayList<OpenExclusion>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      exclusions.add(exclusion("exclude[" + exclusions.size() + "]"));
    }
    return exclusions;
  }

  private OpenExclusion exclusion(String path) throws IOException {
    demand(JsonToken.START_OBJECT, path, "an object such as {\"event\":\"refund\"}");
    List<String> events = null;
    Where where = Where.ALL;
    int from = 1;
    @Nullable Integer to = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String field = in.currentName();
      in.nextToken();
      switch (field) {
        case "event" -> events = events(path + ".event");
        case "where" -> where = where(path + ".where");
        case "from" -> from = stepNumber(path + ".from");
        case "to" -> to = stepNumber(path + ".to");
        default -> throw unknown(field, path + ".", "event, where, from, to");
      }
    }
    return new OpenExclusion(present(events, path), where, from, to);
  }

  /** An exclusion whose end may be the last step, which is known when all is read. */
  private record OpenExclusion(List<String> events, Where where, int from, @Nullable Integer to) {
    private Exclusion upTo(int last) {
      return new Exclusion(events, where, from, to == null ? last : to);
    }
  }

  private List<String> events(String path) throws IOException {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(eventName(path));
    }
    demand(JsonToken.START_ARRAY, path, "the name of an event or an array of names");
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
      demand(JsonToken.VALUE_STRING, path + "[" + i + "]", "the name of an event");
      names.add(eventName(path + "[" + i + "]"));
    }
    if (names.isEmpty() || names.size() > Funnel.MOST_EVENTS) {
      throw new InvalidFunnel(
          path,
          path + " has " + names.size() + " names: 1 to " + Funnel.MOST_EVENTS + " are possible");
    }
    return List.copyOf(names);
  }

  private String eventName(String path) throws IOException {
    String name = in.getText();
    if (name.isBlank()) {
      throw new InvalidFunnel(path, path + " is blank: give the name of an event");
    }
    if (name.length() > Limits.NAME_CHARS) {
      throw new InvalidFunnel(
          path,
          path
              + " "
              + quoted(name)
              + " has "
              + name.length()
              + " characters: at most "
              + Limits.NAME_CHARS);
    }
    if (name.equals(Limits.EVERY)) {
      throw new InvalidFunnel(path, path + " is '*', which no event is named: give its name");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidFunnel(
          path, path + " holds a control character, which no event's name does");
    }
    wellFormed(name, path);
    return name;
  }

  /** Half a character cannot be stored: it would come back as a question mark. */
  private static void wellFormed(String text, String path) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new InvalidFunnel(
          path, path + " holds half a character (a lone surrogate): use well-formed Unicode");
    }
  }

  private Where where(String path) throws IOException {
    demand(JsonToken.START_OBJECT, path, "an object such as {\"plan\":\"pro\"}");
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.copyCurrentStructureExact(in);
    }
    wellFormed(text.toString(), path);
    try {
      return Where.parse(text.toString());
    } catch (IllegalArgumentException e) {
      throw new InvalidFunnel(path, path + ": " + e.getMessage());
    }
  }

  private long window() throws IOException {
    demand(JsonToken.VALUE_STRING, "window", "a duration such as 30m or 7d");
    try {
      return Durations.parse(in.getText()).toMillis();
    } catch (IllegalArgumentException e) {
      throw new InvalidFunnel(
          "window",
          "window " + quoted(in.getText()) + " is not a duration such as 90s, 30m, 1h or 7d");
    }
  }

  private int stepNumber(String path) throws IOException {
    demand(JsonToken.VALUE_NUMBER_INT, path, "the number of a step, from 1");
    if (in.getNumberType() != JsonParser.NumberType.INT) {
      throw new InvalidFunnel(
          path, path + " is " + quoted(in.getText()) + ": give the number of a step, from 1");
    }
    return in.getIntValue();
  }

  private boolean truth(String path) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_TRUE && in.currentToken() != JsonToken.VALUE_FALSE) {
      throw wrongType(path, "true or false");
    }
    return in.getBooleanValue();
  }

  private <E> E word(String field, E[] values, Function<E, String> spelling) throws IOException {
    var known = new StringBuilder();
    for (E value : values) {
      if (in.currentToken() == JsonToken.VALUE_STRING
          && spelling.apply(value).equals(in.getText())) {
        return value;
      }
      known.append(known.length() == 0 ? "" : ", ").append(spelling.apply(value));
    }
    throw wrongType(field, "one of " + known);
  }

  private void demand(JsonToken wanted, String path, String right) throws IOException {
    if (in.currentToken() != wanted) {
      throw wrongType(path, right);
    }
  }

  private InvalidFunnel wrongType(String path, String right) throws IOException {
    String found =
        switch (in.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "an array";
          case VALUE_STRING -> quoted(in.getText());
          default -> in.getText();
        };
    return new InvalidFunnel(path, path + " is " + found + ": it needs to be " + right);
  }

  private static List<String> present(@Nullable List<String> events, String path) {
    if (events == null) {
      throw new InvalidFunnel(
          path + ".event", path + ".event is missing: give the name of an event");
    }
    return events;
  }

  private static InvalidFunnel unknown(String field, String path, String known) {
    return new InvalidFunnel(
        path + shortened(field),
        "field " + quoted(path + field) + " is unknown: possible are " + known);
  }

  private static String quoted(String text) {
    return "'" + shortened(text) + "'";
  }

  private static String shortened(String text) {
    return text.length() <= QUOTED_CHARS ? text : text.substring(0, QUOTED_CHARS) + "…";
  }
}
