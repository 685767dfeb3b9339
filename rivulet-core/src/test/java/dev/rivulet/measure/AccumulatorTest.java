package dev.rivulet.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An accumulator comes to the bytes that a summary of the same values has. */
class AccumulatorTest {
  private static final long AT = 1_763_800_000_000L;

  /** Streams that stay in the window, leave it, or never find it. */
  enum Stream {
    CONSTANT,
    RESPONSE_TIMES,
    NINE_ORDERS,
    SIXTY_ORDERS,
    ZEROS,
    NEGATIVE,
    BOTH_SIDES,
    EXTREMES;

    private double next(Random random) {
      return switch (this) {
        case CONSTANT -> 42.5;
        case RESPONSE_TIMES -> Math.exp(random.nextGaussian()) * 20;
        case NINE_ORDERS -> Math.pow(10, random.nextDouble() * 9 - 3);
        case SIXTY_ORDERS -> Math.pow(10, random.nextDouble() * 60 - 30);
        case ZEROS -> random.nextInt(3) == 0 ? random.nextDouble() : 0;
        case NEGATIVE -> -Math.exp(random.nextGaussian() * 3);
        case BOTH_SIDES -> random.nextGaussian() * 100;
        case EXTREMES ->
            switch (random.nextInt(6)) {
              case 0 -> Double.MAX_VALUE;
              case 1 -> -Double.MAX_VALUE;
              case 2 -> Double.MIN_VALUE;
              case 3 -> Double.MIN_NORMAL;
              case 4 -> 1;
              default -> 0;
            };
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void summary_anyStream_sameBytesAsAddedOneByOne(Stream stream) {
    var random = new Random(11);
    var reused = new Accumulator();
    for (int size : new int[] {0, 1, 2, 3, 1_000, 10_000}) {
      var naive = new Summary();
      double last = 0;
      for (int i = 0; i < size; i++) {
        last = stream.next(random) + 0.0;
        naive.add(last, AT);
        reused.add(last, Accumulator.bin(last));
      }
      var taken = new Accumulator();
      reused.moveTo(taken);
      assertEquals(0, reused.count());
      assertSameButLast(naive, taken.summary(AT), size);
      if (size > 0) {
        assertEquals(last, taken.summary(AT).last(), "the last in order");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void moveTo_manyIntoOne_sameBytesAsTheWhole(Stream stream) {
    var random = new Random(12);
    var parts = new Accumulator[5];
    Arrays.setAll(parts, i -> new Accumulator());
    var naive = new Summary();
    for (int i = 0; i < 5_000; i++) {
      double value = stream.next(random) + 0.0;
      naive.add(value, AT);
      parts[random.nextInt(parts.length)].add(value, Accumulator.bin(value));
    }
    var whole = new Accumulator();
    for (Accumulator part : parts) {
      part.moveTo(whole);
    }
    assertSameButLast(naive, whole.summary(AT), 5_000);
  }

  @Test
  void add_windowAtAnOutlierOnce_isPlacedAnewWhereTheValuesAre() {
    var values = new Accumulator();
    for (double outlier : new double[] {1e-20, 30, 1e20}) {
      var naive = new Summary();
      for (int i = 0; i < 100; i++) {
        double value = i == 0 ? outlier : 20 + i;
        values.add(value, Accumulator.bin(value));
        naive.add(value, AT);
      }
      var taken = new Accumulator();
      values.moveTo(taken);
      assertSameButLast(naive, taken.summary(AT), 100);
    }
  }

  /** The summary says the greatest of one moment, the accumulator what came last. */
  private static void assertSameButLast(Summary naive, Summary gathered, int values) {
    assertEquals(values, gathered.count());
    var greatest = new Summary();
    greatest.add(gathered);
    if (values > 0) {
      greatest.add(naive.max(), AT);
      naive.add(naive.max(), AT);
    }
    assertArrayEquals(naive.encode(), greatest.encode(), values + " values");
  }
}
