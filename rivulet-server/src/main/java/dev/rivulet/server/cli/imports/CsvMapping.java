package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a CSV file is what. {@code user}, {@code time}, {@code event} and {@code id} come
 * from the columns mapped to them, or else from columns with the usual names; every other column is
 * a property of its own name, or of the name mapped to it.
 */
record CsvMapping(byte separator, List<Column> columns) {
  private static final Map<Role, Set<String>> USUAL_NAMES =
      Map.of(
          Role.USER,
          Set.of("user", "userid", "user_id", "distinct_id", "person", "visitor", "email"),
          Role.TIME,
          Set.of("time", "timestamp", "occurred_at", "occurredat", "created_at", "date"),
          Role.EVENT,
          Set.of("event", "event_name", "eventname"),
          Role.ID,
          Set.of("id", "event_id", "messageid", "message_id", "uuid"));

  /** What a column's cells are. */
  enum Role {
    USER,
    TIME,
    EVENT,
    ID,
    PROPERTY
  }

  /** A column; {@code name} is the property's name, unless the role says otherwise. */
  record Column(Role role, String name) {}

  /**
   * Reads the header and applies the mapping.
   *
   * @param header the first line of the file, without its line break
   * @param mapped field or property → column name, as given with {@code --map}
   * @param defaultEvent the event's name when no column holds it
   * @throws CommandFailure when a mapped column is not in the header, or no column is the user
   */
  static CsvMapping of(byte[] header, Map<String, String> mapped, @Nullable String defaultEvent) {
    var separator = separator(header);
    var names = names(header, separator);
    var columns = new ArrayList<Column>();
    for (var name : names) {
      columns.add(new Column(Role.PROPERTY, name));
    }
    mapped.forEach(
        (target, name) -> {
          var at = names.indexOf(name);
          if (at < 0) {
            throw new CommandFailure(
                "--map names the column \"%s\", which the file does not have; it has %s"
                    .formatted(name, String.join(", ", names)));
          }
          columns.set(at, new Column(role(target), target));
        });
    for (var role : List.of(Role.USER, Role.TIME, Role.EVENT, Role.ID)) {
      if (columns.stream().noneMatch(c -> c.role() == role)) {
        adoptUsualName(columns, role);
      }
    }
    requireColumn(columns, Role.USER, names, "--map user=COLUMN");
    if (defaultEvent == null) {
      requireColumn(columns, Role.EVENT, names, "--map event=COLUMN, or --event NAME");
    }
    return new CsvMapping(separator, List.copyOf(columns));
  }

  /** Parses {@code user=uid,time=at}. */
  static Map<String, String> parse(String pairs) {
    var mapped = new LinkedHashMap<String, String>();
    for (var pair : pairs.split(",", -1)) {
      var equals = pair.indexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        throw new CommandFailure(
            "--map holds \"%s\"; write FIELD=COLUMN pairs, for example user=uid,time=created"
                .formatted(pair));
      }
      mapped.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return mapped;
  }

  private static void adoptUsualName(List<Column> columns, Role role) {
    for (var at = 0; at < columns.size(); at++) {
      var column = columns.get(at);
      var usual = USUAL_NAMES.getOrDefault(role, Set.of());
      if (column.role() == Role.PROPERTY
          && usual.contains(column.name().toLowerCase(Locale.ROOT))) {
        columns.set(at, new Column(role, column.name()));
        return;
      }
    }
  }

  private static void requireColumn(
      List<Column> columns, Role role, List<String> names, String wayOut) {
    if (columns.stream().noneMatch(c -> c.role() == role)) {
      throw new CommandFailure(
          "no column holds the %s; the file has %s. Say which with %s"
              .formatted(role.name().toLowerCase(Locale.ROOT), String.join(", ", names), wayOut));
    }
  }

  private static Role role(String target) {
    return switch (target) {
      case "user" -> Role.USER;
      case "time" -> Role.TIME;
      case "event" -> Role.EVENT;
      case "id" -> Role.ID;
      default -> Role.PROPERTY;
    };
  }

  private static List<String> names(byte[] header, byte separator) {
    var record = new CsvRecord(separator);
    var problem = record.split(header, 0, header.length);
    if (problem != null || header.length == 0) {
      throw new CommandFailure(
          "the first line of a CSV file must name its columns: "
              + (problem == null ? "it is empty" : problem));
    }
    return record.strings().stream().map(String::strip).toList();
  }

  /** The separator that occurs most in the header: comma, semicolon or tab. */
  private static byte separator(byte[] header) {
    var text = new String(header, StandardCharsets.UTF_8);
    var best = ',';
    for (var candidate : new char[] {';', '\t'}) {
      if (occurrences(text, candidate) > occurrences(text, best)) {
        best = candidate;
      }
    }
    return (byte) best;
  }

  private static long occurrences(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }
}
