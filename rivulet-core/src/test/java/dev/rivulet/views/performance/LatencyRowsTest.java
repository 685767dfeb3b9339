package dev.rivulet.views.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.Summary;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyRowsTest {
  @Test
  void rows_ascend_andHoldEveryBin() {
    long seed = Long.getLong("rivulet.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      int low = Summary.BINS.index(Math.pow(10, random.nextDouble() * 30 - 15));
      int high = low + random.nextInt(random.nextBoolean() ? 20 : 4_000);
      boolean zeros = random.nextBoolean();
      var rows = LatencyRows.of(zeros, low, high);
      double[] bounds = rows.bounds();
      String told = "seed " + seed + " round " + round;
      assertTrue(rows.count() >= 1 && rows.count() <= LatencyRows.MOST, told);
      for (int i = 1; i < bounds.length; i++) {
        assertTrue(bounds[i] > bounds[i - 1] && Double.isFinite(bounds[i]), told);
      }
      assertTrue(!zeros || bounds[0] == 0, told);
      for (int bin = low; bin <= high; bin++) {
        double value = Summary.BINS.value(bin);
        int row = rows.row(bin);
        assertTrue(bounds[row] <= value && value < bounds[row + 1], told + " value " + value);
      }
    }
  }

  @Test
  void rows_ofUsualTimes_areRoundNumbers() {
    var rows = LatencyRows.of(false, Summary.BINS.index(1.2), Summary.BINS.index(8));
    assertEquals("[1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0]", java.util.Arrays.toString(rows.bounds()));
  }

  @Test
  void rows_ofTheLargestAndSmallestDoubles_areFinite() {
    int low = Summary.BINS.index(Summary.BINS.minIndexableValue());
    int high = Summary.BINS.index(Summary.BINS.maxIndexableValue());
    var rows = LatencyRows.of(false, low, high);
    assertTrue(rows.count() <= LatencyRows.MOST);
    assertEquals(0, rows.bounds()[0]);
    assertEquals(0, rows.row(low));
    assertEquals(rows.count() - 1, rows.row(high));
    assertTrue(Double.isFinite(rows.bounds()[rows.count()]));
  }
}
