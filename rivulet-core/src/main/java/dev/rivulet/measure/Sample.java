package dev.rivulet.measure;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import dev.rivulet.event.Event;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Measured values of one series: one as a sender gives it, or many that were gathered at the source
 * within a second. In the log it is a record like any other: its name is the metric, its person the
 * {@link SeriesKey#text text of the series}, so that a series lives in one partition, and its
 * properties are these bytes:
 *
 * <pre>
 * byte    format (1)
 * byte    0 no kind · n the kind with ordinal n − 1
 * text    node, empty when the sender gave none
 * rest    the {@link Summary} of the values
 * </pre>
 *
 * @param node the process that measured, empty when the sender gave none
 * @param kind what its values are, null when the sender did not say
 * @param id by which a retry is recognised; null when the sender gave none
 * @param occurredAt when it was measured; where there are many values the moment they are counted
 *     at, in epoch milliseconds
 * @param receivedAt when it reached us, in epoch milliseconds
 * @param values what was measured, at least one value
 */
public record Sample(
    String project,
    SeriesKey series,
    String node,
    @Nullable MetricKind kind,
    @Nullable String id,
    long occurredAt,
    long receivedAt,
    Summary values) {
  /** The metric of response times, in milliseconds, with the tags endpoint, method and status. */
  public static final String RESPONSE_TIME = "response_time";

  private static final byte FORMAT = 1;

  /** Starts a sample for {@code Rivulet.record}: {@code Sample.of("queue_depth", 12)}. */
  public static SampleDraft of(String metric, double value) {
    return new SampleDraft().metric(metric).value(value);
  }

  /** The record of the log. */
  public Event toEvent() {
    var payload = new ByteWriter(64);
    payload.oneByte(FORMAT);
    payload.oneByte(kind == null ? 0 : kind.ordinal() + 1);
    payload.text(node);
    values.write(payload);
    return new Event(
        project,
        values.count() == 1 ? Kind.SAMPLE : Kind.SKETCH,
        series.metric(),
        series.text(),
        id,
        occurredAt,
        receivedAt,
        Properties.slice(payload.toBytes(), 0, payload.length()));
  }

  /**
   * Reads a record of the log of kind {@link Kind#SAMPLE} or {@link Kind#SKETCH}.
   *
   * @throws IllegalArgumentException when its bytes are of another form
   */
  public static Sample of(Event event) {
    byte[] payload = new byte[event.properties().length()];
    event.properties().copyTo(payload, 0);
    try {
      var in = new ByteReader(payload, 0);
      byte format = in.oneByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException("a sample of format " + format + ", not " + FORMAT);
      }
      int kind = in.oneByte();
      String node = in.text();
      return new Sample(
          event.project(),
          SeriesKey.parse(event.user()),
          node,
          kind == 0 ? null : MetricKind.values()[kind - 1],
          event.id(),
          event.occurredAt(),
          event.receivedAt(),
          Summary.decode(payload, in.position()));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a sample of " + payload.length + " bytes is cut off", e);
    }
  }
}
