package dev.rivulet.testkit.views;

import dev.rivulet.testkit.naive.NaiveSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Samples of pods whose names change as they are replaced: some come back, some of their samples
 * are late by days, and the clocks of those who take them in are minutes apart.
 */
final class PodTraffic {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final String[] METRICS = {"cpu", "cpu", "cpu", "queue"};

  private final Random random;
  private final boolean tagged;

  /**
   * @param tagged whether samples have tags whose values change from day to day
   */
  PodTraffic(Random random, boolean tagged) {
    this.random = random;
    this.tagged = tagged;
  }

  /** In order of arrival, give or take some minutes. */
  List<NaiveSample> samples(long from, long to, int count) {
    List<NaiveSample> samples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long time = from + DAY + (to - from - 2 * DAY) / count * i;
      long receivedAt = time + (random.nextInt(21) - 10) * MINUTE;
      long age =
          switch (random.nextInt(12)) {
            case 0, 1 -> (long) (random.nextDouble() * 3 * DAY);
            case 2 -> -4 * MINUTE;
            default -> 0;
          };
      long at = Math.max(from, receivedAt - age);
      var value = List.of(new NaiveSample.Value(random.nextInt(1_000) / 8.0, at));
      samples.add(
          new NaiveSample(
              METRICS[random.nextInt(METRICS.length)],
              tags((time - from) / DAY),
              node((time - from) / DAY),
              null,
              "id-" + i,
              at,
              receivedAt,
              value));
    }
    return samples;
  }

  private String node(long day) {
    return switch (random.nextInt(10)) {
      case 0 -> "";
      case 1 -> "pod-" + random.nextInt((int) day + 1);
      case 2 -> "steady";
      default -> "pod-" + (day / 2 + random.nextInt(2));
    };
  }

  private Map<String, String> tags(long day) {
    Map<String, String> tags = new TreeMap<>();
    if (tagged) {
      if (random.nextInt(8) > 0) {
        tags.put("version", "v" + (day / 4 + random.nextInt(2)));
      }
      if (random.nextBoolean()) {
        tags.put("zone", random.nextBoolean() ? "a" : "b");
      }
      if (random.nextInt(9) == 0) {
        tags.put("odd" + day / 10, "x");
      }
    }
    return tags;
  }
}
