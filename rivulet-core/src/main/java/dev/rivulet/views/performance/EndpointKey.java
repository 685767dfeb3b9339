package dev.rivulet.views.performance;

import dev.rivulet.event.Limits;
import dev.rivulet.measure.MetricSeries;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What requests are told apart by.
 *
 * @param endpoint the route template, null when there is none
 * @param method null when there is none
 */
record EndpointKey(@Nullable String endpoint, @Nullable String method) {
  static final String ENDPOINT = "endpoint";
  static final String METHOD = "method";

  static final Comparator<EndpointKey> BY_NAME =
      Comparator.comparing(EndpointKey::endpoint, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(EndpointKey::method, Comparator.nullsLast(Comparator.naturalOrder()));

  static EndpointKey of(MetricSeries series) {
    return series.rest()
        ? new EndpointKey(Limits.OTHER, Limits.OTHER)
        : new EndpointKey(series.tags().get(ENDPOINT), series.tags().get(METHOD));
  }

  /** Whether it stands for endpoints past the most that are told apart. */
  boolean isOverflow() {
    return Limits.OTHER.equals(endpoint);
  }
}
