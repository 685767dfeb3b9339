package dev.rivulet.boards;

import dev.rivulet.time.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a {@link Board} and takes nothing that it does not know. */
final class BoardReader {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1," + Tile.ID_CHARS + "}");

  /** An address within this API: no other host, no way up, no fragment. */
  private static final Pattern QUERY =
      Pattern.compile("/api/v1(/[^/?#\\\\\\s\\p{Cntrl}]+)+(\\?[^#\\\\\\s\\p{Cntrl}]*)?");

  private static final long MOST_LAST_DAYS = 36_525;

  private BoardReader() {}

  static Board read(String json) {
    Fields board = Fields.parse(json, Board.MOST_BYTES);
    board.only("title", "last", "tiles");
    String title = board.text("title", Board.TITLE_CHARS);
    if (title == null || title.isBlank()) {
      throw new InvalidBoard("title", "title is missing: give the board one, such as \"Shop\"");
    }
    return new Board(title, last(board), tiles(board));
  }

  private static @Nullable String last(Fields board) {
    String last = board.text("last", 12);
    if (last == null) {
      return null;
    }
    try {
      var duration = Durations.parse(last);
      if (duration.toSeconds() >= 1 && duration.toDays() <= MOST_LAST_DAYS) {
        return last;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidBoard("last", "last: " + e.getMessage());
    }
    throw new InvalidBoard("last", "last '" + last + "' is not between 1s and 36525d");
  }

  private static List<Tile> tiles(Fields board) {
    List<Fields> given = board.objects("tiles", Board.MOST_TILES);
    var tiles = new ArrayList<Tile>();
    Map<String, Integer> ids = new HashMap<>();
    for (Fields each : given) {
      Tile tile = tile(each);
      Integer twin = ids.put(tile.id(), tiles.size());
      if (twin != null) {
        throw each.wrong("id", "has the id of tiles[" + twin + "]: each tile needs its own");
      }
      for (Tile other : tiles) {
        if (other.place().covers(tile.place())) {
          throw each.wrong(
              "place", "stands over the tile '" + other.id() + "': move or resize one of the two");
        }
      }
      tiles.add(tile);
    }
    return tiles;
  }

  private static Tile tile(Fields tile) {
    String id = tile.text("id", Tile.ID_CHARS);
    if (id == null || !ID.matcher(id).matches()) {
      throw tile.wrong(
          "id",
          (id == null ? "has no id" : "has the id '" + id + "'")
              + ": use 1 to "
              + Tile.ID_CHARS
              + " letters, digits, _ or -");
    }
    tile.name("tile '" + id + "'");
    tile.only("id", "title", "kind", "query", "options", "place");
    String title = tile.text("title", Tile.TITLE_CHARS);
    TileKind kind = tile.word("kind", TileKind.values(), TileKind::word);
    if (kind == null) {
      throw tile.wrong(
          "kind", "has no kind: use one of " + words(TileKind.values(), TileKind::word));
    }
    TileOptions options = options(tile.object("options"));
    if (kind == TileKind.TEXT && options.text() == null) {
      throw tile.wrong("options.text", "has no words: give them in options.text");
    }
    return new Tile(id, title == null ? "" : title, kind, query(tile, kind), options, place(tile));
  }

  private static String query(Fields tile, TileKind kind) {
    String query = tile.text("query", Tile.QUERY_CHARS);
    if (kind == TileKind.TEXT) {
      if (query != null && !query.isEmpty()) {
        throw tile.wrong("query", "is a text and so has no query: leave it out");
      }
      return "";
    }
    if (query == null || query.isEmpty()) {
      throw tile.wrong(
          "query", "has no query: give an API call such as /api/v1/events/count?event=order");
    }
    String path = query.split("\\?", 2)[0];
    boolean up = Arrays.stream(path.split("/", -1)).anyMatch(part -> part.matches("\\.{1,2}"));
    if (!QUERY.matcher(query).matches() || up) {
      throw tile.wrong(
          "query",
          "asks '"
              + Fields.shown(query)
              + "', which is no call of this API: begin with /api/v1/, percent-encode spaces, and"
              + " name no host");
    }
    return query;
  }

  private static TileOptions options(@Nullable Fields options) {
    if (options == null) {
      return TileOptions.NONE;
    }
    options.only("unit", "stat", "better", "compare", "style", "thresholds", "text");
    return new TileOptions(
        options.text("unit", TileOptions.UNIT_CHARS),
        options.text("stat", TileOptions.STAT_CHARS),
        options.oneOf("better", TileOptions.BETTER),
        options.truth("compare"),
        options.oneOf("style", TileOptions.STYLES),
        thresholds(options),
        options.text("text", TileOptions.TEXT_CHARS));
  }

  private static List<Threshold> thresholds(Fields options) {
    if (!options.has("thresholds")) {
      return List.of();
    }
    var thresholds = new ArrayList<Threshold>();
    for (Fields each : options.objects("thresholds", TileOptions.MOST_THRESHOLDS)) {
      each.only("from", "level");
      Double from = each.number("from");
      if (from == null) {
        throw each.wrong("from", "has no from: give the number it begins at");
      }
      if (!thresholds.isEmpty() && from <= thresholds.get(thresholds.size() - 1).from()) {
        throw each.wrong("from", "is " + from + ", not above the threshold before it");
      }
      Threshold.Level level = each.word("level", Threshold.Level.values(), Threshold.Level::word);
      if (level == null) {
        throw each.wrong(
            "level",
            "has no level: use one of " + words(Threshold.Level.values(), Threshold.Level::word));
      }
      thresholds.add(new Threshold(from, level));
    }
    return thresholds;
  }

  private static Place place(Fields tile) {
    Fields place = tile.object("place");
    if (place == null) {
      throw tile.wrong(
          "place", "has no place: give {\"column\":1,\"row\":1,\"width\":4,\"height\":3}");
    }
    place.only("column", "row", "width", "height");
    int column = place.whole("column", 1, Place.COLUMNS);
    int row = place.whole("row", 1, Place.ROWS);
    int width = place.whole("width", 1, Place.COLUMNS);
    int height = place.whole("height", 1, Place.MOST_HEIGHT);
    if (column + width - 1 > Place.COLUMNS) {
      throw place.wrong(
          "width",
          "begins in column "
              + column
              + " and is "
              + width
              + " wide, beyond the "
              + Place.COLUMNS
              + " columns of the grid");
    }
    return new Place(column, row, width, height);
  }

  static <T> String words(T[] values, Function<T, String> word) {
    return String.join(", ", Arrays.stream(values).map(word).toList());
  }
}
