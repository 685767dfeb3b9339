package dev.rivulet.boards;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tile shows what it got; what is absent is chosen by the page.
 *
 * @param unit written behind numbers
 * @param stat which number of the answer: a field's name, or a path such as {@code steps.2.users}
 * @param better {@code higher}, {@code lower} or {@code neither}: what a change is taken for
 * @param compare whether a number is shown against the period before
 * @param style {@code list} or {@code columns}, of bars
 * @param thresholds ascending, at most {@value #MOST_THRESHOLDS}
 * @param text the words of a text tile
 */
public record TileOptions(
    @Nullable String unit,
    @Nullable String stat,
    @Nullable String better,
    @Nullable Boolean compare,
    @Nullable String style,
    List<Threshold> thresholds,
    @Nullable String text) {
  static final int MOST_THRESHOLDS = 5;
  static final int UNIT_CHARS = 20;
  static final int STAT_CHARS = 100;
  static final int TEXT_CHARS = 4_000;
  static final List<String> BETTER = List.of("higher", "lower", "neither");
  static final List<String> STYLES = List.of("list", "columns");

  /** Nothing is said. */
  public static final TileOptions NONE =
      new TileOptions(null, null, null, null, null, List.of(), null);

  public TileOptions {
    thresholds = List.copyOf(thresholds);
  }
}
