package dev.rivulet.testkit.faults;

import java.util.Random;

/** The seeds of the suites, printed so that a run can be repeated. */
final class Chance {
  private Chance() {}

  /** The seed of {@code suite}, from {@code -Drivulet.faults.seed} or the clock. */
  static long seed(String suite) {
    long seed = Long.getLong("rivulet.faults.seed", System.nanoTime());
    System.out.println(suite + ": -Drivulet.faults.seed=" + seed);
    return seed;
  }

  /** How often a suite that kills kills. */
  static int rounds() {
    return Integer.getInteger("rivulet.stress.rounds", 20);
  }

  static Random random(long seed) {
    return new Random(seed);
  }
}
