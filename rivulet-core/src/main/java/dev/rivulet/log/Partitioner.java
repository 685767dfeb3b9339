package dev.rivulet.log;

import dev.rivulet.event.Hashing;

/**
 * Decides the partition of a person. All of one person's events go to one partition, so everything
 * that is kept per person is local to it and partitions' uniques add up.
 */
public record Partitioner(int partitions) {
  public Partitioner {
    if (partitions < 1 || partitions > 256) {
      throw new IllegalArgumentException(partitions + " partitions: 1 to 256 are possible");
    }
  }

  public int partition(String project, String user) {
    long hash = Hashing.hash(user, Hashing.seed(project));
    // The dictionary of persons keys on the same hash; its low bits stay free by using the high.
    return (int) (((hash >>> 32) * partitions) >>> 32);
  }
}
