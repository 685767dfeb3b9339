package dev.rivulet.views.performance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.measure.Summary;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ApdexTest {
  @Test
  void apdex_ofRandomTimes_isNoFurtherFromTheTruthThanItSays() {
    long seed = Long.getLong("rivulet.test.seed", System.nanoTime());
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      double target = Math.exp(random.nextGaussian() * 4);
      var values = new Summary();
      double content = 0;
      int count = 1 + random.nextInt(60);
      for (int i = 0; i < count; i++) {
        double millis = near(target, random);
        values.add(millis, i);
        content += millis <= target ? 1 : millis <= 4 * target ? 0.5 : 0;
      }
      Apdex apdex = Apdex.of(values, target);
      String told = "seed " + seed + " round " + round + ": " + apdex;
      assertEquals(content / count, apdex.score(), apdex.error() + 1e-12, told);
      assertTrue(apdex.score() >= 0 && apdex.score() <= 1, told);
    }
  }

  /** Often the target itself or four times it, and what is next to them. */
  private static double near(double target, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> target;
      case 2 -> 4 * target;
      case 3 -> Math.nextUp(target);
      case 4 -> 4 * target * (1 + random.nextGaussian() / 100);
      default -> target * Math.exp(random.nextGaussian() * 2);
    };
  }

  @Test
  void apdex_farFromEveryBin_isExact() {
    var values = new Summary();
    for (double millis : new double[] {1, 90, 150, 390, 1_000}) {
      values.add(millis, 0);
    }
    assertEquals(new Apdex(0.6, 0), Apdex.of(values, 100));
    assertEquals(new Apdex(1, 0), Apdex.of(values, 1_000));
    assertEquals(new Apdex(0, 0), Apdex.of(values, 0.1));
  }

  @Test
  void apdex_ofMoreMagnitudesThanBins_tellsThatItDoesNotKnow() {
    var values = new Summary();
    for (int power = -300; power < 300; power += 5) {
      values.add(Math.pow(10, power), 0);
    }
    Apdex apdex = Apdex.of(values, 1);
    assertEquals(61 / 120.0, apdex.score(), apdex.error());
    assertTrue(apdex.error() > 0.5, apdex.toString());
  }

  @Test
  void apdex_ofExtremes_isANumber() {
    var values = new Summary();
    values.add(Double.MAX_VALUE, 0);
    values.add(Double.MIN_VALUE, 0);
    values.add(0, 0);
    for (double target : new double[] {Double.MIN_VALUE, 1, 86_400_000}) {
      Apdex apdex = Apdex.of(values, target);
      assertTrue(apdex.score() >= 0 && apdex.score() <= 1, apdex.toString());
    }
  }
}
