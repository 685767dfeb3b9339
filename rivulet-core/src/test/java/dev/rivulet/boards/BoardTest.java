package dev.rivulet.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final String TITLES = "Ümsatz \"heute\" \\ </script> 日本 \uD83D\uDE00";

  @RepeatedTest(50)
  void parse_ofWhatWasWritten_isTheSameBoard() {
    long seed = new Random().nextLong();
    Board board = board(new Random(seed));
    assertEquals(board, Board.parse(board.toJson()), "seed " + seed);
    assertEquals(board.toJson(), Board.parse(board.toJson()).toJson(), "seed " + seed);
  }

  @Test
  void parse_ofCutJson_namesWhatIsWrongAndThrowsNothingElse() {
    String json = board(new Random(7)).toJson();
    for (int end = 0; end < json.length(); end++) {
      String cut = json.substring(0, end);
      var wrong = assertThrows(InvalidBoard.class, () -> Board.parse(cut), cut);
      assertFalse(String.valueOf(wrong.getMessage()).isBlank());
    }
  }

  @Test
  void parse_ofDeepNesting_isRefused() {
    String deep = "{\"title\":\"a\",\"tiles\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThrows(InvalidBoard.class, () -> Board.parse(deep));
  }

  @Test
  void places_touching_doNotCover() {
    var left = new Place(1, 1, 3, 2);
    assertFalse(left.covers(new Place(4, 1, 3, 2)));
    assertFalse(left.covers(new Place(1, 3, 12, 1)));
    assertTrue(left.covers(new Place(3, 2, 1, 1)));
    assertTrue(new Place(1, 1, 12, 20).covers(left));
  }

  private static Board board(Random random) {
    var tiles = new ArrayList<Tile>();
    int many = random.nextInt(Board.MOST_TILES + 1);
    for (int i = 0; i < many; i++) {
      TileKind kind = TileKind.values()[random.nextInt(TileKind.values().length)];
      boolean text = kind == TileKind.TEXT;
      var place =
          new Place(1 + i % 4 * 3, 1 + i / 4 * 3, 1 + random.nextInt(3), 1 + random.nextInt(3));
      tiles.add(
          new Tile(
              "t-" + i,
              random.nextBoolean() ? "" : title(random),
              kind,
              text ? "" : "/api/v1/events/count?event=" + random.nextInt(9),
              options(random, text),
              place));
    }
    return new Board(title(random), some(random, "7d"), tiles);
  }

  private static TileOptions options(Random random, boolean text) {
    var thresholds = new ArrayList<Threshold>();
    double from = random.nextGaussian() * 1e6;
    for (int i = random.nextInt(TileOptions.MOST_THRESHOLDS + 1); i > 0; i--) {
      from += Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(12) - 6);
      Threshold.Level[] levels = Threshold.Level.values();
      if (thresholds.isEmpty() || from > thresholds.get(thresholds.size() - 1).from()) {
        thresholds.add(new Threshold(from, levels[random.nextInt(levels.length)]));
      }
    }
    return new TileOptions(
        some(random, "€"),
        some(random, "steps.2.users"),
        some(random, TileOptions.BETTER.get(random.nextInt(3))),
        random.nextInt(3) == 0 ? random.nextBoolean() : null,
        some(random, TileOptions.STYLES.get(random.nextInt(2))),
        List.copyOf(thresholds),
        text ? title(random) + "\n\n\tmore" : some(random, "words"));
  }

  private static @Nullable String some(Random random, String value) {
    return random.nextBoolean() ? value : null;
  }

  private static String title(Random random) {
    return TITLES.substring(0, 1 + random.nextInt(TITLES.length() - 2)); // never half a pair
  }
}
