package dev.rivulet.admission;

import java.util.Locale;

/** Why something was not taken in. The set is closed: whatever vanishes has one of these. */
public enum Refusal {
  /** The body is not JSON, or a part of it is not. */
  INVALID_JSON,
  /** The event has no name. */
  MISSING_EVENT,
  /** The name is too long or holds characters that no name has. */
  INVALID_EVENT,
  /** Nobody did it: no user and no anonymous id. */
  MISSING_USER,
  /** The person's id is too long or holds characters that no id has. */
  INVALID_USER,
  /** The event's id is too long or holds characters that no id has. */
  INVALID_ID,
  /** The time cannot be read, or lies before 1970. */
  INVALID_TIME,
  /** The properties are not a JSON object, or nested too deep. */
  INVALID_PROPERTIES,
  /** One event is larger than the limit. */
  EVENT_TOO_LARGE,
  /** The request is larger than the limit, decompressed. */
  BODY_TOO_LARGE,
  /** The request holds more events than the limit. */
  TOO_MANY_EVENTS,
  /** The body is compressed in a way that is not known. */
  UNSUPPORTED_ENCODING,
  /** A call of a kind that is not counted. */
  UNSUPPORTED_TYPE,
  /** The sample names no metric. */
  MISSING_METRIC,
  /** The metric's name is too long or holds characters that no name has. */
  INVALID_METRIC,
  /** The value is not a finite number, or below 0 where that cannot be. */
  INVALID_VALUE,
  /** The tags are not an object of short texts, or too many. */
  INVALID_TAGS,
  /** The node's name is too long or holds characters that no name has. */
  INVALID_NODE,
  /** The metric is already of another kind. */
  KIND_CONFLICT,
  /** The sender sends faster than its key allows. */
  RATE_LIMITED;

  /** The word of the API, for example {@code missing_user}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
