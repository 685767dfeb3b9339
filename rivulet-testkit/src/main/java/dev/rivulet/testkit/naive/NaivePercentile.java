package dev.rivulet.testkit.naive;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Percentiles of whole collections, linear between closest ranks (numpy's default). */
public final class NaivePercentile {
  private NaivePercentile() {}

  /**
   * @param share 0.5 for the median
   * @return null of no values
   */
  public static @Nullable Double of(Collection<Long> values, double share) {
    if (values.isEmpty()) {
      return null;
    }
    var sorted = values.stream().sorted().toList();
    double rank = share * (sorted.size() - 1);
    int below = (int) Math.floor(rank);
    int above = (int) Math.ceil(rank);
    return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
  }
}
