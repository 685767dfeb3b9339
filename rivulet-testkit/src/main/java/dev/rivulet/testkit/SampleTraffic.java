package dev.rivulet.testkit;

import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.testkit.naive.NaiveSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Samples such as several nodes of a shop send, drawn from a seed: gauges, counters and response
 * times, with and without tags and nodes, single ones and those gathered at the source, hostile
 * names, values of nine orders of magnitude below and above zero, samples that arrive late.
 */
public final class SampleTraffic {
  private static final String[] METRICS = {
    "response_time", "response_time", "response_time", "queue_depth", "orders", "{0}:*?/ größe"
  };
  private static final String[] NODES = {"shop-1", "shop-2", "shop-3", "*", ""};
  private static final String[] ENDPOINTS = {"/", "/pay", "/items/{id}", "%2a b"};

  private final Random random;
  private final String project;

  public SampleTraffic(long seed, String project) {
    this.random = new Random(seed);
    this.project = project;
  }

  /**
   * {@code count} samples that were measured in the range and arrived after that, in that order.
   */
  public List<Event> between(long from, long to, int count) {
    List<Event> events = new ArrayList<>(count);
    samples(from, to, count).forEach(sample -> events.add(sample.event(project)));
    return events;
  }

  /** The same as plain samples. */
  public List<NaiveSample> samples(long from, long to, int count) {
    List<NaiveSample> samples = new ArrayList<>(count);
    long gap = Math.max(1, (to - from) / Math.max(count, 1));
    for (int i = 0; i < count; i++) {
      long receivedAt = from + gap * i + random.nextInt((int) Math.min(gap, Integer.MAX_VALUE));
      long age = random.nextInt(4) == 0 ? (long) (random.nextDouble() * (to - from)) : 0;
      samples.add(sample(Math.max(from, receivedAt - age), receivedAt));
    }
    samples.sort(Comparator.comparingLong(NaiveSample::receivedAt));
    return samples;
  }

  private NaiveSample sample(long at, long receivedAt) {
    String metric = METRICS[random.nextInt(METRICS.length)];
    String node = NODES[random.nextInt(NODES.length)];
    String id = "id-" + Long.toHexString(random.nextLong());
    Map<String, String> tags = new TreeMap<>();
    MetricKind kind = null;
    if (metric.equals("response_time")) {
      kind = MetricKind.HISTOGRAM;
      tags.put("endpoint", ENDPOINTS[random.nextInt(ENDPOINTS.length)]);
      tags.put("status", random.nextInt(8) == 0 ? "500" : "200");
    } else if (metric.equals("queue_depth")) {
      kind = random.nextBoolean() ? MetricKind.GAUGE : null;
      if (random.nextBoolean()) {
        tags.put("queue", random.nextBoolean() ? "mail" : "größe:{1}*");
      }
    }
    List<NaiveSample.Value> values = new ArrayList<>();
    boolean many = random.nextInt(6) == 0;
    int count = many ? 2 + random.nextInt(30) : 1;
    for (int i = 0; i < count; i++) {
      values.add(new NaiveSample.Value(value(metric), many ? at - random.nextInt(1_000) : at));
    }
    String own = many || random.nextInt(5) > 0 ? id : null;
    return new NaiveSample(metric, tags, node, kind, own, at, receivedAt, List.copyOf(values));
  }

  private double value(String metric) {
    return switch (metric) {
      case "response_time" -> Math.exp(random.nextGaussian() * 2 + 3);
      case "queue_depth" -> random.nextInt(20);
      case "orders" -> 1;
      default -> (random.nextBoolean() ? -1 : 1) * Math.pow(10, random.nextInt(10) - 4) / 3;
    };
  }
}
