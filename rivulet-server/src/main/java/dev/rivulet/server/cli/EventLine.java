package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.cli.Terminal.Style;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One event as one line: time, name, person and properties, the first three aligned. */
record EventLine(String time, String event, String user, List<String> properties) {
  private static final int EVENT_CELLS = 18;
  private static final int USER_CELLS = 22;
  private static final int VALUE_CHARS = 48;
  private static final int MOST_PROPERTIES = 8;
  private static final Style[] EVENT_STYLES = {
    Style.CYAN, Style.GREEN, Style.MAGENTA, Style.BLUE, Style.YELLOW
  };
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT);

  static EventLine of(JsonNode event, ZoneId zone) {
    var properties = new ArrayList<String>();
    event
        .path("properties")
        .properties()
        .forEach(
            property -> {
              var value = property.getValue();
              var text = value.isValueNode() ? value.asText() : value.toString();
              properties.add(
                  Printable.of(property.getKey(), VALUE_CHARS)
                      + "="
                      + Printable.of(text, VALUE_CHARS));
            });
    return new EventLine(
        time(event.path("time").asText(), zone),
        Printable.of(event.path("event").asText(), EVENT_CELLS),
        Printable.of(event.path("user").asText(), USER_CELLS),
        List.copyOf(properties));
  }

  String plain() {
    return padded(time, 14)
        + "  "
        + padded(event, EVENT_CELLS)
        + "  "
        + padded(user, USER_CELLS)
        + "  "
        + shownProperties();
  }

  /** With colours; events of one name have one colour. */
  String styled(Terminal terminal) {
    var style = EVENT_STYLES[Math.floorMod(event.hashCode(), EVENT_STYLES.length)];
    return terminal.styled(Style.DIM, padded(time, 14))
        + "  "
        + terminal.styled(style, padded(event, EVENT_CELLS))
        + "  "
        + padded(user, USER_CELLS)
        + "  "
        + terminal.styled(Style.DIM, shownProperties());
  }

  private String shownProperties() {
    var shown =
        String.join(" ", properties.subList(0, Math.min(MOST_PROPERTIES, properties.size())));
    return properties.size() > MOST_PROPERTIES ? shown + " …" : shown;
  }

  private static String time(String text, ZoneId zone) {
    try {
      return CLOCK.withZone(zone).format(Instant.parse(text));
    } catch (DateTimeException notInstant) {
      return Printable.of(text, 14);
    }
  }

  private static String padded(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - text.codePointCount(0, text.length())));
  }
}
