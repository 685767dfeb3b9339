package dev.rivulet.boards;

import java.util.Locale;

/** How a tile shows the answer of its query. */
public enum TileKind {
  /** One number, against the period before. */
  NUMBER,
  /** Lines over time. */
  LINE,
  /** A bar for each value, or for each bucket of time. */
  BARS,
  /** Rows and columns. */
  TABLE,
  /** Bands between percentiles over time. */
  PERCENTILES,
  /** Shades: time by value, or cohort by period. */
  HEATMAP,
  /** Words of whoever made the board; it has no query. */
  TEXT;

  /** As the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
