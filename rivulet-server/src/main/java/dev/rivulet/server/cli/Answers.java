package dev.rivulet.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rivulet.server.cli.TextTable.Column;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Answers of the HTTP interface as lines for a person. Names and values come from outside, so all
 * of them are made printable.
 */
final class Answers {
  private static final int SPARKLINE_CELLS = 72;
  private static final int MOST_ROWS = 60;
  private static final int CELL_CHARS = 60;

  private final ZoneId zone;
  private final DateTimeFormatter times;

  /**
   * @param zone times are shown in
   */
  Answers(ZoneId zone) {
    this.zone = zone;
    this.times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
  }

  List<String> count(JsonNode answer) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s: %s from %s to %s (%s), %s"
            .formatted(
                cell(answer.path("event")),
                number(answer.path("total")),
                time(answer.path("from")),
                time(answer.path("to")),
                zone,
                goodness(answer)));
    series(lines, answer.path("series"), "count");
    if (answer.path("groups").isArray()) {
      var total = answer.path("total").asDouble();
      var groups =
          new TextTable(
              Column.text("value"),
              Column.number("count"),
              Column.number("share"),
              Column.text(""));
      for (var group : answer.path("groups")) {
        groups.add(
            value(group.has("value") ? group.path("value") : group.path("group")),
            number(group.path("total")),
            share(group.path("total").asDouble(), total),
            Sparkline.of(values(group.path("series"), "count"), 24));
      }
      lines.add("");
      lines.addAll(groups.lines());
    }
    return lines;
  }

  List<String> uniques(JsonNode answer) {
    var lines = new ArrayList<String>();
    lines.add("%s people, %s".formatted(number(answer.path("total")), goodness(answer)));
    series(lines, answer.path("series"), "uniques");
    return lines;
  }

  List<String> top(JsonNode answer) {
    var total = answer.path("other").asDouble();
    for (var item : answer.path("values")) {
      total += item.path("count").asDouble();
    }
    var table = new TextTable(Column.text("value"), Column.number("count"), Column.number("share"));
    for (var item : answer.path("values")) {
      var count = item.path("count");
      table.add(value(item.path("value")), number(count), share(count.asDouble(), total));
    }
    if (answer.path("other").asDouble() > 0) {
      var other = answer.path("other");
      table.add("(other)", number(other), share(other.asDouble(), total));
    }
    var lines = new ArrayList<>(table.isEmpty() ? List.of("nothing yet") : table.lines());
    lines.add(goodness(answer));
    return lines;
  }

  List<String> names(JsonNode answer) {
    var table =
        new TextTable(Column.text("event"), Column.number("total"), Column.text("last seen"));
    for (var item : answer.path("events")) {
      table.add(cell(item.path("event")), number(item.path("total")), time(item.path("lastSeen")));
    }
    return table.isEmpty() ? List.of("no events yet") : table.lines();
  }

  List<String> recent(JsonNode answer) {
    var lines = new ArrayList<String>();
    answer.path("events").forEach(event -> lines.add(EventLine.of(event, zone).plain()));
    return lines.isEmpty() ? List.of("no events yet") : lines;
  }

  List<String> status(JsonNode answer) {
    var lines = new ArrayList<String>();
    lines.add(
        "appended %s = folded %s + pending %s"
            .formatted(
                number(answer.path("appended")),
                number(answer.path("folded")),
                number(answer.path("pending"))));
    lines.add("duplicates %s".formatted(number(answer.path("duplicates"))));
    lines.add("lag %s ms".formatted(number(answer.path("lagMillis"))));
    answer
        .path("rejected")
        .properties()
        .forEach(
            reason ->
                lines.add(
                    "rejected %s %s"
                        .formatted(
                            number(reason.getValue()), Printable.of(reason.getKey(), CELL_CHARS))));
    return lines;
  }

  List<String> online(JsonNode answer) {
    return List.of("%s people in the last 5 minutes".formatted(number(answer.path("online"))));
  }

  private void series(List<String> lines, JsonNode series, String field) {
    if (series.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(Sparkline.of(values(series, field), SPARKLINE_CELLS));
    lines.add("");
    if (series.size() > MOST_ROWS) {
      lines.add("%d points; --json shows each".formatted(series.size()));
      return;
    }
    var table = new TextTable(Column.text("time"), Column.number(field), Column.text(""));
    for (var point : series) {
      var unfinished = point.path("partial").asBoolean() ? "so far" : "";
      table.add(time(point.path("time")), number(point.path(field)), unfinished);
    }
    lines.addAll(table.lines());
  }

  private static List<@Nullable Double> values(JsonNode series, String field) {
    var values = new ArrayList<@Nullable Double>();
    for (var point : series) {
      values.add(point.path(field).isNumber() ? point.path(field).asDouble() : null);
    }
    return values;
  }

  private String time(JsonNode time) {
    try {
      return times.format(Instant.parse(time.asText()));
    } catch (DateTimeException notInstant) {
      return cell(time);
    }
  }

  private static String goodness(JsonNode answer) {
    var error = answer.path("error");
    return error.isNumber()
        ? String.format(Locale.ROOT, "within %.2f %%", error.asDouble() * 100)
        : answer.path("exact").asBoolean() ? "exact" : "of unstated exactness";
  }

  private static String number(JsonNode number) {
    if (number.isIntegralNumber()) {
      return String.format(Locale.ROOT, "%,d", number.asLong());
    }
    return number.isNumber() ? String.format(Locale.ROOT, "%,.2f", number.asDouble()) : "–";
  }

  private static String share(double part, double total) {
    return total <= 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * part / total);
  }

  private static String value(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "(absent)" : cell(value);
  }

  private static String cell(JsonNode text) {
    return Printable.of(text.isValueNode() ? text.asText() : text.toString(), CELL_CHARS);
  }
}
