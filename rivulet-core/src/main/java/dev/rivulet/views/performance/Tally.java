package dev.rivulet.views.performance;

import dev.rivulet.event.Limits;
import dev.rivulet.measure.Measured;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests added up: all together, by endpoint, by group and by bucket. */
final class Tally {
  private static final String STATUS = "status";
  private static final String NO_STATUS = "none";

  private final int buckets;
  private final @Nullable Split split;
  private final Requests all = new Requests();
  private final Map<EndpointKey, Requests> endpoints = new HashMap<>();
  private final Map<EndpointKey, List<Measured>> parts = new HashMap<>();
  private final Map<@Nullable String, Requests> groups = new HashMap<>();
  private final Requests[] series;

  /**
   * @param buckets how many buckets there are in what is added
   * @param bySeries whether they are told apart
   * @param split what makes the groups, null for none
   */
  Tally(int buckets, boolean bySeries, @Nullable Split split) {
    this.buckets = buckets;
    this.split = split;
    this.series = new Requests[bySeries ? buckets : 0];
    Arrays.setAll(series, i -> new Requests());
  }

  void add(Measured measured) {
    MetricSeries of = measured.series();
    String status = status(of);
    EndpointKey key = EndpointKey.of(of);
    var times = new Summary();
    for (int i = 0; i < buckets; i++) {
      if (series.length == 0) {
        measured.addTo(times, i, true);
      } else {
        var inBucket = new Summary();
        measured.addTo(inBucket, i, true);
        series[i].add(status, inBucket);
        times.add(inBucket);
      }
    }
    all.add(status, times);
    endpoints.computeIfAbsent(key, one -> new Requests()).add(status, times);
    parts.computeIfAbsent(key, one -> new ArrayList<>()).add(measured);
    if (split != null) {
      groups
          .computeIfAbsent(split == Split.STATUS ? status : node(of), group -> new Requests())
          .add(status, times);
    }
  }

  Requests all() {
    return all;
  }

  Map<EndpointKey, Requests> endpoints() {
    return endpoints;
  }

  Requests endpoint(EndpointKey key) {
    return endpoints.getOrDefault(key, new Requests());
  }

  Map<@Nullable String, Requests> groups() {
    return groups;
  }

  /** The requests of each bucket. */
  Requests[] series() {
    return series;
  }

  /** The requests of one endpoint in each bucket; read anew, so that only one is in memory. */
  Requests[] series(EndpointKey key) {
    var own = new Tally(buckets, true, null);
    parts.getOrDefault(key, List.of()).forEach(own::add);
    return own.series;
  }

  private static String status(MetricSeries series) {
    return series.rest() ? Limits.OTHER : series.tags().getOrDefault(STATUS, NO_STATUS);
  }

  private static @Nullable String node(MetricSeries series) {
    return series.node().isEmpty() ? null : series.node();
  }
}
