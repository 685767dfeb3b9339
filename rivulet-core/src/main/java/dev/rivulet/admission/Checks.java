package dev.rivulet.admission;

import static dev.rivulet.event.EventDraft.ABSENT;

import dev.rivulet.admission.Verdict.Refused;
import org.jspecify.annotations.Nullable;

/** What events and samples are checked for alike. */
final class Checks {
  /** How far ahead of us a sender's clock may be before we take our own. */
  private static final long CLOCK_SKEW_MILLIS = 5 * 60 * 1000;

  private static final int SHOWN_CHARS = 60;

  private Checks() {}

  /** What is wrong with a text that is stored and shown, or null. */
  static @Nullable Refused text(String text, String field, int most, Refusal reason) {
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

  /**
   * The time of a record by the rules of the field, or {@link EventDraft#ABSENT} when it cannot be.
   */
  static long occurredAt(long said, long sentAt, long receivedAt) {
    if (said == ABSENT) {
      return receivedAt;
    }
    if (said < 0) {
      return ABSENT;
    }
    long corrected = said;
    if (sentAt > 0) {
      long age = Math.max(0, sentAt) - said;
      corrected = receivedAt - age;
      if (age > receivedAt) {
        return ABSENT;
      }
    }
    return corrected > receivedAt + CLOCK_SKEW_MILLIS || corrected < 0 ? receivedAt : corrected;
  }

  static String timeDetail(long said) {
    return "time "
        + said
        + " lies before 1970-01-01T00:00:00Z (0): give ISO-8601 or epoch milliseconds";
  }

  /** The start of a value, safe to print. */
  static String shown(String text) {
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
