package dev.rivulet.boards;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on a board. Made by {@link #parse}, it is valid.
 *
 * @param title at most {@value #TITLE_CHARS} characters
 * @param last the range of tiles that name none, such as {@code 24h}; null leaves it to the page
 * @param tiles at most {@value #MOST_TILES}, none over another, each with an id of its own
 */
public record Board(String title, @Nullable String last, List<Tile> tiles) {
  public static final int TITLE_CHARS = 100;
  public static final int MOST_TILES = 40;

  /** Bytes of a board's JSON in UTF-8. */
  public static final int MOST_BYTES = 64 * 1024;

  public Board {
    tiles = List.copyOf(tiles);
  }

  /**
   * The board of a JSON object {@code {"title","last"?,"tiles":[…]}}.
   *
   * @throws InvalidBoard naming the tile and the field that is wrong and what would be right
   */
  public static Board parse(String json) {
    return BoardReader.read(json);
  }

  /** Its canonical JSON: equal boards have equal texts, and {@link #parse} reads it back. */
  public String toJson() {
    return BoardWriter.write(this);
  }
}
