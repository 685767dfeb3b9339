package dev.rivulet.measure;

import dev.rivulet.event.EventDraft;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A sample as a sender says it, before admission: anything may be missing or wrong. Not
 * thread-safe.
 */
public final class SampleDraft {
  private final SortedMap<String, String> tags = new TreeMap<>();
  private @Nullable String metric;
  private double value = Double.NaN;
  private @Nullable Summary values;
  private String node = "";
  private @Nullable MetricKind kind;
  private @Nullable String id;
  private long occurredAt = EventDraft.ABSENT;

  public SampleDraft metric(@Nullable String metric) {
    this.metric = metric;
    return this;
  }

  public SampleDraft value(double value) {
    this.value = value;
    return this;
  }

  /** Many values at once, in place of one; not to be changed afterwards. */
  public SampleDraft values(Summary values) {
    this.values = values;
    return this;
  }

  /** Adds a tag; an empty value is no tag. */
  public SampleDraft tag(String key, String value) {
    if (value.isEmpty()) {
      tags.remove(key);
    } else {
      tags.put(key, value);
    }
    return this;
  }

  /** The process that measured. */
  public SampleDraft node(@Nullable String node) {
    this.node = node == null ? "" : node;
    return this;
  }

  /** What the values are; the first kind of a metric stays. */
  public SampleDraft kind(@Nullable MetricKind kind) {
    this.kind = kind;
    return this;
  }

  /** The id by which a retry of this sample is recognised and counted once. */
  public SampleDraft id(@Nullable String id) {
    this.id = id;
    return this;
  }

  /** When it was measured; absent means when it is received. */
  public SampleDraft at(Instant occurredAt) {
    return at(occurredAt.toEpochMilli());
  }

  /** When it was measured, in epoch milliseconds. */
  public SampleDraft at(long occurredAt) {
    this.occurredAt = occurredAt;
    return this;
  }

  public @Nullable String metric() {
    return metric;
  }

  public double value() {
    return value;
  }

  public @Nullable Summary values() {
    return values;
  }

  public SortedMap<String, String> tags() {
    return tags;
  }

  public String node() {
    return node;
  }

  public @Nullable MetricKind kind() {
    return kind;
  }

  public @Nullable String id() {
    return id;
  }

  public long occurredAt() {
    return occurredAt;
  }
}
