package dev.rivulet.admission;

import static dev.rivulet.event.EventDraft.ABSENT;

import dev.rivulet.admission.Verdict.Accepted;
import dev.rivulet.admission.Verdict.Refused;
import dev.rivulet.event.Event;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Kind;
import dev.rivulet.event.Limits;
import org.jspecify.annotations.Nullable;

/** The gate: what an event must be to be counted. Pure and thread-safe. */
public final class Admission {
  private Admission() {}

  /**
   * Admits or refuses {@code draft}.
   *
   * @param receivedAt when it reached us, in epoch milliseconds
   */
  public static Verdict admit(String project, EventDraft draft, long receivedAt) {
    String name = draft.kind() == Kind.TRAITS ? "identify" : draft.name();
    Refused wrong = checkKind(draft.kind());
    if (wrong == null) {
      wrong = checkName(name);
    }
    if (wrong == null) {
      wrong = checkUser(draft.user());
    }
    if (wrong == null) {
      wrong = checkId(draft.id());
    }
    if (wrong == null && draft.properties().length() > Limits.EVENT_BYTES) {
      wrong =
          new Refused(
              Refusal.EVENT_TOO_LARGE,
              "properties of "
                  + draft.properties().length()
                  + " bytes: at most "
                  + Limits.EVENT_BYTES
                  + " are taken");
    }
    long occurredAt =
        wrong == null ? Checks.occurredAt(draft.occurredAt(), draft.sentAt(), receivedAt) : ABSENT;
    if (wrong == null && occurredAt == ABSENT) {
      wrong = new Refused(Refusal.INVALID_TIME, Checks.timeDetail(draft.occurredAt()));
    }
    if (wrong != null || name == null || draft.user() == null) {
      return wrong != null ? wrong : new Refused(Refusal.MISSING_EVENT, "there is no event");
    }
    String id = draft.id() == null || draft.id().isEmpty() ? null : draft.id();
    return new Accepted(
        new Event(
            project,
            draft.kind(),
            name,
            draft.user(),
            id,
            occurredAt,
            receivedAt,
            draft.properties()));
  }

  /** Persons are erased by those who may, and tombstones are nobody's to send. */
  private static @Nullable Refused checkKind(Kind kind) {
    return kind.said()
        ? null
        : new Refused(
            Refusal.INVALID_EVENT,
            "a record of kind " + kind + " cannot be sent: send an event, or traits of a person");
  }

  private static @Nullable Refused checkName(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      return new Refused(Refusal.MISSING_EVENT, "an event needs a name in 'event'");
    }
    if (name.equals(Limits.EVERY) || name.equals(Limits.OTHER)) {
      return new Refused(
          Refusal.INVALID_EVENT, "event '" + name + "' is a reserved name: choose another");
    }
    return Checks.text(name, "event", Limits.NAME_CHARS, Refusal.INVALID_EVENT);
  }

  private static @Nullable Refused checkUser(@Nullable String user) {
    if (user == null || user.isEmpty()) {
      return new Refused(
          Refusal.MISSING_USER, "an event needs a person: a user id or an anonymous id");
    }
    return Checks.text(user, "user", Limits.USER_CHARS, Refusal.INVALID_USER);
  }

  private static @Nullable Refused checkId(@Nullable String id) {
    return id == null ? null : Checks.text(id, "id", Limits.ID_CHARS, Refusal.INVALID_ID);
  }
}
