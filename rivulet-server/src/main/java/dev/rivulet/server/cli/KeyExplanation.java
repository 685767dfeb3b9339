package dev.rivulet.server.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Redis key in words. Keys read {@code rv:{partition}:room:segment:…}, where ids from outside
 * have their special characters as {@code %xx}.
 */
final class KeyExplanation {
  /**
   * What a room keeps under its keys.
   *
   * @param segments the names of the segments after the room, in order
   * @param meaning one sentence
   */
  private record Room(List<String> segments, String meaning) {}

  /** The one table of rooms. */
  private static final Map<String, Room> ROOMS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "counts",
                  room(
                      "How often an event happened, by minute or quarter-hour.",
                      "project",
                      "event",
                      "bucket")),
              Map.entry(
                  "uniques",
                  room(
                      "The people who did an event, one bit for each.",
                      "project",
                      "event",
                      "bucket")),
              Map.entry(
                  "breakdowns",
                  room(
                      "How often each value of a property occurred.",
                      "project",
                      "event",
                      "property",
                      "bucket")),
              Map.entry("recent", room("The newest events, where they are in the log.", "project")),
              Map.entry("online", room("Who had an event in the last minutes.", "project")),
              Map.entry(
                  "people",
                  room("One person's traits, totals and newest actions.", "project", "person")),
              Map.entry("names", room("The names of events seen, with totals.", "project")),
              Map.entry(
                  "log",
                  room("The log itself: a stream whose entries are record batches. The truth.")),
              Map.entry(
                  "offset",
                  room("Up to which log entry the views are folded; it fences every commit.")),
              Map.entry(
                  "lease",
                  room("Which process folds this partition at the moment; only spreads work.")),
              Map.entry(
                  "ids",
                  room("Hashes of event ids seen in an hour, to count each id once.", "hour")),
              Map.entry(
                  "persons",
                  room(
                      "The dictionary of people: a person's position is their number.", "project")),
              Map.entry(
                  "dropped", room("Events refused, by reason: the refusals ledger.", "project")),
              Map.entry(
                  "poison",
                  room("Events that could not be folded, each with its reason and position."))));

  private KeyExplanation() {}

  private static Room room(String meaning, String... segments) {
    return new Room(List.of(segments), meaning);
  }

  /**
   * The key, part by part.
   *
   * @throws CommandFailure when it is not a key of this program; says what one looks like
   */
  static List<String> of(String key) {
    var parts = key.split(":", -1);
    var partition = parts.length > 2 ? parts[1] : "";
    if (!parts[0].equals("rv") || !partition.matches("\\{[^{}]+}")) {
      throw new CommandFailure(
          "\"%s\" is not a key of Rivulet; those look like rv:{2}:counts:default:signup:2026-11-22"
              .formatted(Printable.of(key, 120)));
    }
    var room = ROOMS.get(parts[2]);
    if (room == null) {
      throw new CommandFailure(
          "\"%s\" has no known room: \"%s\"; rooms are %s"
              .formatted(
                  Printable.of(key, 120),
                  Printable.of(parts[2], 40),
                  String.join(", ", ROOMS.keySet())));
    }
    var table = new TextTable(TextTable.Column.text("part"), TextTable.Column.text("meaning"));
    table.add("rv", "belongs to Rivulet");
    table.add(
        partition,
        "partition "
            + partition.substring(1, partition.length() - 1)
            + "; the braces keep its keys in one cluster slot");
    table.add(parts[2], room.meaning());
    for (var i = 3; i < parts.length; i++) {
      var name = i - 3 < room.segments().size() ? room.segments().get(i - 3) : "further part";
      table.add(Printable.of(parts[i], 60), explained(name, decoded(parts[i])));
    }
    var lines = new ArrayList<>(table.lines());
    lines.remove(0);
    return lines;
  }

  private static String explained(String name, String value) {
    return name.equals("bucket") ? bucket(value) : name + " \"" + Printable.of(value, 120) + "\"";
  }

  private static String bucket(String value) {
    if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
      return "the day " + value;
    }
    if (value.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}")) {
      return "the hour from " + value + ":00";
    }
    return value.matches("\\d{4}-\\d{2}")
        ? "the month " + value
        : "bucket " + Printable.of(value, 60);
  }

  /** Undoes {@code %xx}; what is no such escape stays as it is. */
  static String decoded(String segment) {
    var bytes = new ByteArrayOutputStream();
    var source = segment.getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < source.length; i++) {
      var high =
          source[i] == '%' && i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
      var low = high < 0 ? -1 : Character.digit(source[i + 2], 16);
      if (low < 0) {
        bytes.write(source[i]);
      } else {
        bytes.write(high << 4 | low);
        i += 2;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
