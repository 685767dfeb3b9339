package dev.rivulet.event;

import org.jspecify.annotations.Nullable;

/**
 * One admitted record: something that happened, as it stands in the log.
 *
 * @param project the project it belongs to
 * @param kind whether it is counted or tells a person's traits
 * @param name what happened, for example {@code signup}; for traits {@code identify}
 * @param user the person: a user id, else an anonymous id
 * @param id the sender's id of this event, by which retries are recognised; null when it gave none
 * @param occurredAt when it happened, in epoch milliseconds
 * @param receivedAt when it reached us, in epoch milliseconds
 * @param properties what else the sender said
 */
public record Event(
    String project,
    Kind kind,
    String name,
    String user,
    @Nullable String id,
    long occurredAt,
    long receivedAt,
    Properties properties) {

  /** Starts an event for {@code Rivulet.track}: {@code Event.named("signup").by("u1")}. */
  public static EventDraft named(String name) {
    return new EventDraft().name(name);
  }
}
