package dev.rivulet.views.performance;

import dev.rivulet.measure.MeasuredRange;
import dev.rivulet.measure.MetricSeries;
import dev.rivulet.measure.Sample;
import dev.rivulet.time.Range;
import dev.rivulet.time.Step;
import dev.rivulet.view.Asking;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored response times of some endpoints. */
final class StoredTimes {
  private final Asking asking;
  private final List<MetricSeries> series;

  /**
   * @param endpoint null for all
   * @param method null for all
   */
  StoredTimes(Asking asking, String project, @Nullable String endpoint, @Nullable String method) {
    Map<String, String> wanted = new HashMap<>();
    if (endpoint != null) {
      wanted.put(EndpointKey.ENDPOINT, endpoint);
    }
    if (method != null) {
      wanted.put(EndpointKey.METHOD, method);
    }
    this.asking = asking;
    this.series =
        MetricSeries.all(asking, project, Sample.RESPONSE_TIME).stream()
            .filter(one -> one.has(wanted))
            .toList();
  }

  MeasuredRange read(Range range, @Nullable Step step, @Nullable ZoneId zone) {
    return MeasuredRange.read(asking, MetricSeries.ROOM, series, range, step, zone);
  }
}
