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
  /** How far ahead of us a sender's clock may be before we take our own. */
  private static final long CLOCK_SKEW_MILLIS = 5 * 60 * 1000;

  private static final int SHOWN_CHARS = 60;

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
    long occurredAt = wrong == null ? occurredAt(draft, receivedAt) : ABSENT;
    if (wrong == null && occurredAt == ABSENT) {
      wrong = new Refused(Refusal.INVALID_TIME, timeDetail(draft));
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
    return check(name, "event", Limits.NAME_CHARS, Refusal.INVALID_EVENT);
  }

  private static @Nullable Refused checkUser(@Nullable String user) {
    if (user == null || user.isEmpty()) {
      return new Refused(
          Refusal.MISSING_USER, "an event needs a person: a user id or an anonymous id");
    }
    return check(user, "user", Limits.USER_CHARS, Refusal.INVALID_USER);
  }

  private static @Nullable Refused checkId(@Nullable String id) {
    return id == null ? null : check(id, "id", Limits.ID_CHARS, Refusal.INVALID_ID);
  }

  private static @Nullable Refused check(String text, String field, int most, Refusal reason) {
    if (text.length() > most) {
      return new Refused(
          reason,
          field
              + " '"
              + shown(text)
              + "' has "
              + text.length()
              + " characters: at most "
              + most
              + " are taken");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c == 0x7f) {
        return new Refused(
            reason,
            field
                + " '"
                + shown(text)
                + "' holds the control character U+"
                + hex(c)
                + " at position "
                + i
                + ": use printable text");
      }
      if (Character.isSurrogate(c)) {
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else {
          return new Refused(
              reason,
              field
                  + " '"
                  + shown(text)
                  + "' holds half a character (the surrogate U+"
                  + hex(c)
                  + ") at position "
                  + i
                  + ": use well-formed Unicode");
        }
      }
    }
    return null;
  }

  /** The event's time by the rules of the field, or {@link EventDraft#ABSENT} when it cannot be. */
  private static long occurredAt(EventDraft draft, long receivedAt) {
    long said = draft.occurredAt();
    if (said == ABSENT) {
      return receivedAt;
    }
    if (said < 0) {
      return ABSENT;
    }
    long corrected = said;
    if (draft.sentAt() > 0) {
      long age = Math.max(0, draft.sentAt()) - said;
      corrected = receivedAt - age;
      if (age > receivedAt) {
        return ABSENT;
      }
    }
    return corrected > receivedAt + CLOCK_SKEW_MILLIS || corrected < 0 ? receivedAt : corrected;
  }

  private static String timeDetail(EventDraft draft) {
    return "time "
        + draft.occurredAt()
        + " lies before 1970-01-01T00:00:00Z (0): give ISO-8601 or epoch milliseconds";
  }

  /** The start of a value, safe to print. */
  private static String shown(String text) {
    String start = text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    var safe = new StringBuilder(start.length());
    for (int i = 0; i < start.length(); i++) {
      char c = start.charAt(i);
      safe.append(c < 0x20 || c == 0x7f || Character.isSurrogate(c) ? '\ufffd' : c);
    }
    return safe.toString();
  }

  private static String hex(char c) {
    return String.format("%04X", (int) c);
  }
}
