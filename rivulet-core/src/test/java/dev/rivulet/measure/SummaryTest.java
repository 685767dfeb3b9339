package dev.rivulet.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SummaryTest {
  /** Streams on which sketches go wrong when they do. */
  enum Stream {
    CONSTANT,
    BIMODAL,
    HEAVY_TAIL,
    NINE_ORDERS,
    ZEROS,
    NEGATIVE,
    BOTH_SIDES;

    private double next(Random random) {
      return switch (this) {
        case CONSTANT -> 42.5;
        case BIMODAL ->
            random.nextBoolean() ? 1 + random.nextDouble() : 5_000 + random.nextDouble();
        case HEAVY_TAIL -> 1 / Math.pow(1 - random.nextDouble(), 2);
        case NINE_ORDERS -> Math.pow(10, random.nextDouble() * 9 - 3);
        case ZEROS -> random.nextInt(3) == 0 ? random.nextDouble() : 0;
        case NEGATIVE -> -Math.exp(random.nextGaussian() * 3);
        case BOTH_SIDES -> random.nextGaussian() * 100;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void percentile_anyStream_isWithinAlpha(Stream stream) {
    for (int seed = 0; seed < 20; seed++) {
      double[] values = values(stream, new Random(seed), 5_000);
      assertFaithful(summary(values), values, stream + " seed " + seed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void add_splitOverNodesAndMergedInAnyOrder_sameBytesAsTheWhole(Stream stream) {
    var random = new Random(7);
    double[] values = values(stream, random, 3_000);
    Summary[] nodes = new Summary[16];
    Arrays.setAll(nodes, n -> new Summary());
    for (int i = 0; i < values.length; i++) {
      nodes[random.nextInt(16)].add(values[i], i);
    }
    var merged = new Summary();
    for (int n = 15; n >= 0; n--) {
      merged.add(Summary.decode(nodes[n].encode()));
    }
    assertArrayEquals(summary(values).encode(), merged.encode(), stream + " seed 7");
    assertFaithful(merged, values, stream + " merged, seed 7");
  }

  @Test
  void add_aThousandEqualValues_countsAThousand() {
    double[] values = new double[1_000];
    Arrays.fill(values, 12.5);
    Summary all = summary(values);
    assertEquals(1_000, all.count());
    assertEquals(12_500, all.sum());
    assertEquals(12.5, all.percentile(0.99));
    assertEquals(0, all.error());
    var binned = new long[1];
    all.bins((bin, n) -> binned[0] += n);
    assertEquals(1_000, binned[0]);
  }

  @Test
  void last_equalMoments_isTheGreatestWhateverTheOrder() {
    var one = new Summary();
    one.add(3, 100);
    one.add(5, 100);
    one.add(9, 50);
    var other = new Summary();
    other.add(9, 50);
    other.add(5, 100);
    other.add(3, 100);
    assertEquals(5, one.last());
    assertArrayEquals(one.encode(), other.encode());
  }

  @Test
  void error_moreOrdersOfMagnitudeThanBins_isTold() {
    assertEquals(1, summary(1e-300, 1, 1e300).error());
    assertEquals(Summary.ALPHA, summary(1e-9, 1, 1e9).error());
  }

  @Test
  void decode_storedForms_areReadForEver() {
    assertArrayEquals(new Summary().encode(), Summary.decode(new byte[] {0}).encode());
    byte[] one = HexFormat.of().parseHex("01d00f4045400000000000");
    assertEquals(42.5, Summary.decode(one).sum());
    assertEquals(1_000, Summary.decode(one).lastAt());
  }

  @Test
  void decode_damaged_saysSo() {
    byte[] whole = summary(1, 2, 3).encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try {
        assertTrue(Summary.decode(cut).count() <= 3);
      } catch (IllegalArgumentException expected) {
        assertTrue(String.valueOf(expected.getMessage()).length() > 5);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Summary.decode(new byte[] {9, 9}));
  }

  static void assertFaithful(Summary summary, double[] values, String what) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertEquals(values.length, summary.count(), what);
    assertEquals(sorted[0], summary.min(), what);
    assertEquals(sorted[sorted.length - 1], summary.max(), what);
    for (double part : new double[] {0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1}) {
      double exact = sorted[(int) (part * (sorted.length - 1))];
      double found = summary.percentile(part);
      assertTrue(
          Math.abs(found - exact) <= Math.abs(exact) * Summary.ALPHA * (1 + 1e-9),
          () -> what + ": p" + part * 100 + " is " + found + ", exactly " + exact);
    }
  }

  private static double[] values(Stream stream, Random random, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> stream.next(random));
    return values;
  }

  private static Summary summary(double... values) {
    var summary = new Summary();
    for (int i = 0; i < values.length; i++) {
      summary.add(values[i], i);
    }
    return summary;
  }
}
