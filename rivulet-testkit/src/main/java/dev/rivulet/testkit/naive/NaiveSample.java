package dev.rivulet.testkit.naive;

import dev.rivulet.event.Event;
import dev.rivulet.measure.MetricKind;
import dev.rivulet.measure.Sample;
import dev.rivulet.measure.SeriesKey;
import dev.rivulet.measure.Summary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sample with each of its values.
 *
 * @param node empty when it has none
 * @param at the moment all its values are counted at, in epoch milliseconds
 * @param values at least one; more than one were gathered at the source
 */
public record NaiveSample(
    String metric,
    Map<String, String> tags,
    String node,
    @Nullable MetricKind kind,
    @Nullable String id,
    long at,
    long receivedAt,
    List<Value> values) {
  /** One measured value. */
  public record Value(double value, long at) {}

  /** The record of the log. */
  public Event event(String project) {
    var summary = new Summary();
    values.forEach(one -> summary.add(one.value(), one.at()));
    var series = new SeriesKey(metric, new TreeMap<>(tags));
    return new Sample(project, series, node, kind, id, at, receivedAt, summary).toEvent();
  }

  /** The same sample, sent again and received at another time. */
  public NaiveSample received(long again) {
    return new NaiveSample(metric, tags, node, kind, id, at, again, values);
  }
}
