package dev.rivulet.server.cli.shop;

import java.util.List;
import java.util.SplittableRandom;

/** Reproducible chance: the same seed and place give the same throws. For one thread. */
final class Dice {
  private final SplittableRandom random;

  private Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Dice for one place, for example a minute and the number of a visit in it. */
  static Dice at(long seed, long... place) {
    var mixed = seed;
    for (var part : place) {
      mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return new Dice(mixed);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From 0 up to, not including, 1. */
  double share() {
    return random.nextDouble();
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A waiting time with the given mean; times like these make a Poisson process. */
  double waiting(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  /** Around 0 with the standard deviation 1. */
  double normal() {
    return random.nextGaussian();
  }

  /** A rank from 0, small ones much more often: rank k about as often as 1 / (k + 1). */
  int rank(int count) {
    return (int)
        Math.min(count - 1, Math.floor(Math.exp(random.nextDouble() * Math.log(count + 1.0)) - 1));
  }

  /** One of the choices, each as often as its weight says. */
  <T> T pick(List<Weighted<T>> choices) {
    var total = 0.0;
    for (var choice : choices) {
      total += choice.weight();
    }
    var at = random.nextDouble() * total;
    for (var choice : choices) {
      at -= choice.weight();
      if (at < 0) {
        return choice.value();
      }
    }
    return choices.get(choices.size() - 1).value();
  }

  /** A choice and how often it is taken, relative to the others. */
  record Weighted<T>(T value, double weight) {}
}
