package dev.rivulet.server.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A Redis key in words. Keys read {@code rv:{partition}:room:part:…}, where parts from outside have
 * their special characters as {@code %xx}. A room is a view, or something the engine keeps; a view
 * that was rebuilt has its generation behind the name, {@code counts~2}.
 */
final class KeyExplanation {
  private static final String EXAMPLE = "rv:{2}:counts:default:signup:2026-11-22";

  /**
   * A kind of key.
   *
   * @param parts what follows the room: names of parts, and words in quotation marks
   */
  private record Shape(String room, List<String> parts, String meaning) {}

  /** The one table. Of shapes with equally many parts, words come before names. */
  private static final List<Shape> SHAPES =
      List.of(
          shape("log", "", "the log itself, a stream of record batches: the truth"),
          shape("offset", "", "up to which log entry the views are folded; it fences commits"),
          shape("offset", "view generation", "up to which entry a new view is filled"),
          shape("appended", "", "how many records were ever appended, by project"),
          shape("folded", "", "how many of them were folded, by project"),
          shape("ids", "", "which generation of seen event ids is the current one"),
          shape("ids", "generation", "hashes of event ids, to count each id once"),
          shape("persons", "project", "the dictionary of people: the position is the number"),
          shape("users", "project", "the ids of people, 64 to a page, by number"),
          shape("erasing", "", "people who are erased and still stand in the log"),
          shape("rewrite", "", "how far the log is rewritten without them"),
          shape("erasures", "", "what became of each erasure; it names nobody"),
          shape("log", "'copy'", "the log without them, while it is being made"),
          shape("names", "project", "the dictionary of event names"),
          shape("dropped", "", "records that are not counted: duplicates and poisonous ones"),
          shape("poison", "", "events that could not be folded, with reason and position"),
          shape("poison", "'newest'", "the places of the newest of them"),
          shape("lease", "", "which process folds this partition; it only spreads the work"),
          shape("fills", "", "views being filled from the log, and their generations"),
          shape("defined", "", "what people defined, as this partition has it, live or not"),
          shape("filling", "", "how far what was defined is filled from the log"),
          shape("definitions", "", "how often each list of definitions was changed"),
          shape("definitions", "room project", "what is defined: name to revisions"),
          shape("boards", "project", "the boards of the project, and a list of them"),
          shape("nodes", "", "the server processes, by when they joined"),
          shape("nodes", "node", "what it told of itself; goes by itself when it is not heard"),
          shape("partitions", "", "how many partitions there are, fixed at the first start"),
          shape("installation", "", "a random name for this data"),
          shape("projects", "", "the projects, with zone and sites"),
          shape("keys", "", "the access keys, hashed"),
          shape("refusals", "project", "refused events by reason"),
          shape("refusals", "project 'last'", "the newest refusal of each reason"),
          shape("refusals", "project 'times'", "when that was"),
          shape("counts", "project", "total and last time of each event name"),
          shape("counts", "project event day", "how often, by quarter-hour"),
          shape("counts", "project event day 'minutes'", "how often, by minute"),
          shape("counts", "project event day 'seconds' block", "how often, by seconds"),
          shape("uniques", "project 'earliest'", "when the earliest hour with anybody began"),
          shape("uniques", "project 'any' day", "who did anything, hour by hour"),
          shape("uniques", "project 'sizes' day", "how many different people, by event and hour"),
          shape("uniques", "project 'event' event day", "who did the event, hour by hour"),
          shape("breakdowns", "project event 'properties'", "the properties of the event"),
          shape("breakdowns", "project event hour", "how often each value of each property"),
          shape("numbers", "project", "which properties of which events are numbers"),
          shape("numbers", "project event property day", "what they came to, by quarter-hour"),
          shape("numbers", "project event property day hour-of-day", "and by minute"),
          shape("metrics", "project", "the metrics: kind, number of series"),
          shape("metrics", "project 'nodes'", "when a sample of each node arrived last"),
          shape("metrics", "project metric 'series'", "tags and node of each series, in order"),
          shape(
              "metrics",
              "project metric 'stats'",
              "what each series comes to, and who held its place, by number"),
          shape(
              "metrics", "project metric series day", "its values, by quarter-hour; sealed spans"),
          shape("metrics", "project metric series day hour-of-day", "its values, by minute"),
          shape("retention", "project 'subjects'", "since which day each event has anybody"),
          shape("retention", "project event 'days'", "who did it, by day: a Roaring set each"),
          shape("retention", "project event 'weeks'", "who did it, by week"),
          shape("retention", "project event 'months'", "who did it, by month"),
          shape("retention", "project event 'tail'", "who is to be added to those sets"),
          shape("funnels", "project revision 'people'", "who did which steps when, 16 to a page"),
          shape("funnels", "project revision 'days'", "how many did each step, by day of entry"),
          shape("recent", "project", "where the newest events are in the log"),
          shape("online", "project minute", "who had an event in this minute"),
          shape("people", "project person", "the traits of one person"),
          shape("profiles", "project 'pages'", "what each person did, in numbers"),
          shape(
              "profiles", "project 'timelines'", "where the newest actions of each are in the log"),
          shape("profiles", "project 'names'", "the numbers of the names of actions"),
          shape("profiles", "project 'seen'", "who was seen last"),
          shape("sessions", "project 'people'", "the newest sessions of each person"),
          shape("sessions", "project 'pages'", "the numbers of pages"),
          shape("sessions", "project 'earliest'", "when the first event happened"),
          shape("sessions", "project day", "sessions that began, by quarter-hour"));

  private KeyExplanation() {}

  private static Shape shape(String room, String parts, String meaning) {
    return new Shape(room, parts.isEmpty() ? List.of() : List.of(parts.split(" ", -1)), meaning);
  }

  /**
   * The key, part by part.
   *
   * @throws CommandFailure when it is not a key of this program; says what one looks like
   */
  static List<String> of(String key) {
    var parts = List.of(key.split(":", -1));
    var tag = parts.size() > 2 ? parts.get(1) : "";
    if (!parts.get(0).equals("rv") || !tag.matches("\\{\\d+}") || parts.get(2).isEmpty()) {
      throw new CommandFailure(
          "\"%s\" is not a key of Rivulet; those look like %s"
              .formatted(Printable.of(key, 120), EXAMPLE));
    }
    var room = parts.get(2).split("~", 2);
    var rest = parts.subList(3, parts.size());
    var shape = SHAPES.stream().filter(s -> s.room().equals(room[0]) && fits(s, rest)).findFirst();
    var table = new TextTable(TextTable.Column.text("part"), TextTable.Column.text("meaning"));
    table.add("rv", "belongs to Rivulet");
    table.add(tag, "partition " + tag.substring(1, tag.length() - 1) + ", one slot of a cluster");
    table.add(
        Printable.of(parts.get(2), 40),
        shape
                .map(Shape::meaning)
                .orElse("no room of Rivulet's own: a view of yours, or a typing error")
            + (room.length == 2 ? "; generation " + Printable.of(room[1], 20) : ""));
    for (var i = 0; i < rest.size(); i++) {
      var name = shape.isPresent() ? shape.get().parts().get(i) : "part";
      table.add(Printable.of(rest.get(i), 60), explained(name, decoded(rest.get(i))));
    }
    return table.lines().subList(1, table.lines().size());
  }

  private static boolean fits(Shape shape, List<String> rest) {
    if (shape.parts().size() != rest.size()) {
      return false;
    }
    for (var i = 0; i < rest.size(); i++) {
      var part = shape.parts().get(i);
      if (part.startsWith("'") && !part.equals("'" + rest.get(i) + "'")) {
        return false;
      }
    }
    return true;
  }

  private static String explained(String name, String value) {
    var shown = Printable.of(value, 120);
    if (name.startsWith("'")) {
      return "this kind of key";
    }
    if (name.equals("event") && value.equals("*")) {
      return "all events together";
    }
    return switch (name) {
      case "day" -> "the day " + shown;
      case "hour" -> "the hour from " + shown + ":00 UTC";
      default -> "%s \"%s\"".formatted(name, shown);
    };
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
