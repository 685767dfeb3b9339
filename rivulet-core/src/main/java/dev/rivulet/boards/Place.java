package dev.rivulet.boards;

/**
 * Where a tile stands on the grid, {@value #COLUMNS} columns wide.
 *
 * @param column of its left edge, from 1
 * @param row of its upper edge, from 1
 * @param width in columns
 * @param height in rows
 */
public record Place(int column, int row, int width, int height) {
  public static final int COLUMNS = 12;

  /** The last row that a tile may reach. */
  public static final int ROWS = 400;

  /** Rows of one tile. */
  public static final int MOST_HEIGHT = 20;

  boolean covers(Place other) {
    return column < other.column + other.width
        && other.column < column + width
        && row < other.row + other.height
        && other.row < row + height;
  }
}
