package dev.rivulet.testkit;

import java.util.Random;

/**
 * Decides at which points of the fold the process dies. A point is passed before and after every
 * read, load and commit. Not thread-safe.
 */
public final class CrashPlan {
  private final int only;
  private final double probability;
  private final Random random;
  private int passed;
  private int crashes;

  private CrashPlan(int only, double probability, long seed) {
    this.only = only;
    this.probability = probability;
    this.random = new Random(seed);
  }

  /** Never dies. */
  public static CrashPlan never() {
    return new CrashPlan(-1, 0, 0);
  }

  /** Dies once, at point {@code number}, counted from 0. */
  public static CrashPlan at(int number) {
    return new CrashPlan(number, 0, 0);
  }

  /** Dies at each point with {@code probability}, which is below 1, as {@code seed} has it. */
  public static CrashPlan seeded(long seed, double probability) {
    return new CrashPlan(-1, probability, seed);
  }

  /** How often it died. */
  public int crashes() {
    return crashes;
  }

  void pass(String point) {
    int number = passed++;
    if (number == only || (probability > 0 && random.nextDouble() < probability)) {
      crashes++;
      throw new SimulatedCrash(point);
    }
  }
}
