package dev.rivulet.boards;

/**
 * One tile of a board.
 *
 * @param id its name on the board, {@code [A-Za-z0-9_-]}, at most {@value #ID_CHARS} characters
 * @param title at most {@value #TITLE_CHARS} characters; empty where the page finds one
 * @param query what it shows: the address of an API call, such as {@code
 *     /api/v1/events/count?event=order}; empty for a text. Without {@code last} or {@code from} in
 *     it, the range is the board's
 */
public record Tile(
    String id, String title, TileKind kind, String query, TileOptions options, Place place) {
  public static final int ID_CHARS = 40;
  public static final int TITLE_CHARS = 100;
  public static final int QUERY_CHARS = 2_000;
}
