package dev.rivulet.server.http;

import dev.rivulet.time.Durations;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Filter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query string. An empty value counts as absent; a name given twice is refused
 * rather than guessed at; unknown names are left alone. Every refusal is a {@link Problem} 400 that
 * names the parameter.
 */
final class Parameters {
  static final Parameters NONE = new Parameters(Map.of());

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  static Parameters parse(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return NONE;
    }
    var values = new LinkedHashMap<String, String>();
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (end > start) {
        int equals = query.indexOf('=', start);
        int split = equals < 0 || equals > end ? end : equals;
        String name = PercentCoding.query(query.substring(start, split));
        String value = split == end ? "" : PercentCoding.query(query.substring(split + 1, end));
        if (values.put(name, value) != null) {
          throw Problem.badField(name, "the parameter '" + name + "' is given twice");
        }
      }
      start = end + 1;
    }
    return new Parameters(values);
  }

  @Nullable String text(String name) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  String required(String name) {
    String value = text(name);
    if (value == null) {
      throw Problem.badField(name, "the parameter '" + name + "' is missing");
    }
    return value;
  }

  /**
   * Refuses {@code where} in a question that has no conditions: left alone, the answer would look
   * as if it were about some of the events while it is about all.
   */
  Parameters withoutWhere() {
    if (text("where") != null) {
      throw Problem.badField(
          "where",
          "where is not taken here, the answer would be about all events: /api/v1/events/count and"
              + " /api/v1/retention take it, and the steps of a funnel; samples are chosen by"
              + " tag.<name>, endpoint and method");
    }
    return this;
  }

  /** The conditions that are given as JSON; those that all events meet when absent. */
  Filter filter(String name) {
    String json = text(name);
    try {
      return json == null ? Filter.ALL : Filter.parse(json);
    } catch (IllegalArgumentException e) {
      throw Problem.badField(name, name + ": " + e.getMessage());
    }
  }

  /** A whole number between 1 and {@code most}. */
  int limit(int otherwise, int most) {
    String value = text("limit");
    if (value == null) {
      return otherwise;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      throw wrongLimit(value, most);
    }
    throw wrongLimit(value, most);
  }

  private static Problem wrongLimit(String value, int most) {
    return Problem.badField(
        "limit", "limit '" + value + "' is not a whole number from 1 to " + most);
  }

  /** The parameters whose names begin with {@code prefix}, by the rest of the name. */
  Map<String, String> startingWith(String prefix) {
    var found = new TreeMap<String, String>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /**
   * {@code last}, or {@code from} with or without {@code to}; otherwise the last {@code otherwise}.
   */
  Range range(Duration otherwise, long now) {
    String last = text("last");
    String from = text("from");
    String to = text("to");
    if (last != null) {
      if (from != null || to != null) {
        throw Problem.badField("last", "give either 'last' or 'from' and 'to', not both");
      }
      try {
        return Range.last(duration("last", last));
      } catch (IllegalArgumentException tooLongOrShort) {
        throw Problem.badField("last", "last '" + last + "' is not between 1s and 36525d");
      }
    }
    if (from == null) {
      if (to != null) {
        throw Problem.badField("from", "'to' is given without 'from'");
      }
      return Range.last(otherwise);
    }
    long first = moment("from", from);
    long end = to == null ? now : moment("to", to);
    if (first >= end) {
      throw Problem.badField(
          "from", "from '" + from + "' is not before to '" + (to == null ? "now" : to) + "'");
    }
    return Range.between(first, end);
  }

  private static Duration duration(String name, String value) {
    try {
      Duration duration = Durations.parse(value);
      if (!duration.isZero()) {
        return duration;
      }
    } catch (IllegalArgumentException e) {
      throw Problem.badField(name, name + ": " + e.getMessage());
    }
    throw Problem.badField(name, name + " '" + value + "' is no time at all");
  }

  private static long moment(String name, String value) {
    try {
      if (value.chars().allMatch(c -> c >= '0' && c <= '9' || c == '-')
          && value.indexOf('-', 1) < 0) {
        return Instant.ofEpochMilli(Long.parseLong(value)).toEpochMilli();
      }
      // A space was the plus of an offset, written as it is: 10:00:00+01:00.
      return OffsetDateTime.parse(value.replace(' ', '+')).toInstant().toEpochMilli();
    } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
      throw Problem.badField(
          name,
          name
              + " '"
              + value
              + "' is not a time: write 2026-11-22T10:00:00Z or epoch milliseconds");
    }
  }

  @Nullable Step step() {
    String value = text("step");
    if (value == null) {
      return null;
    }
    try {
      return Step.parse(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("step", String.valueOf(e.getMessage()));
    }
  }

  @Nullable ZoneId zone() {
    String value = text("tz");
    return value == null ? null : zone("tz", value);
  }

  /** The time zone named {@code value}. */
  static ZoneId zone(String field, String value) {
    try {
      return ZoneId.of(value);
    } catch (DateTimeException e) {
      throw Problem.badField(
          field, field + " '" + value + "' is not an IANA time zone such as Europe/Berlin or UTC");
    }
  }

  /** One of {@code words}, or null when absent. */
  @Nullable String word(String name, Collection<String> words) {
    String value = text(name);
    if (value != null && !words.contains(value)) {
      throw Problem.badField(
          name, name + " '" + value + "' is not one of " + String.join(", ", words));
    }
    return value;
  }
}
