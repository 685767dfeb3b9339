package dev.rivulet.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a sender says it, before admission: anything may be missing or wrong. Not
 * thread-safe.
 */
public final class EventDraft {
  /** The value of a time that was not given. */
  public static final long ABSENT = Long.MIN_VALUE;

  private Kind kind = Kind.EVENT;
  private @Nullable String name;
  private @Nullable String user;
  private @Nullable String id;
  private long occurredAt = ABSENT;
  private long sentAt = ABSENT;
  private @Nullable Properties properties;
  private @Nullable Map<String, Object> collected;

  public EventDraft kind(Kind kind) {
    this.kind = kind;
    return this;
  }

  public EventDraft name(@Nullable String name) {
    this.name = name;
    return this;
  }

  /** The person who did it. */
  public EventDraft by(@Nullable String user) {
    this.user = user;
    return this;
  }

  /** The id by which a retry of this event is recognised and counted once. */
  public EventDraft id(@Nullable String id) {
    this.id = id;
    return this;
  }

  /** When it happened; absent means when it is received. */
  public EventDraft at(Instant occurredAt) {
    return at(occurredAt.toEpochMilli());
  }

  /** When it happened, in epoch milliseconds. */
  public EventDraft at(long occurredAt) {
    this.occurredAt = occurredAt;
    return this;
  }

  /** When the sender's clock says it was sent, in epoch milliseconds; corrects a wrong clock. */
  public EventDraft sentAt(long sentAt) {
    this.sentAt = sentAt;
    return this;
  }

  /** Adds a property; the value is a string, number, boolean, list, map or null. */
  public EventDraft with(String key, @Nullable Object value) {
    if (collected == null) {
      collected = new LinkedHashMap<>();
    }
    collected.put(key, value);
    return this;
  }

  public EventDraft properties(Properties properties) {
    this.properties = properties;
    return this;
  }

  public Kind kind() {
    return kind;
  }

  public @Nullable String name() {
    return name;
  }

  public @Nullable String user() {
    return user;
  }

  public @Nullable String id() {
    return id;
  }

  public long occurredAt() {
    return occurredAt;
  }

  public long sentAt() {
    return sentAt;
  }

  public Properties properties() {
    if (collected != null) {
      properties = Properties.of(collected);
      collected = null;
    }
    return properties == null ? Properties.NONE : properties;
  }
}
