package dev.rivulet.recorder;

import java.util.Locale;

/** Why a recorded value is not in the log. The set is closed. */
public enum Loss {
  /** It cannot be: NaN, infinite, or a response time below 0. */
  INVALID_VALUE,
  /** The store was away for so long that the oldest of what waited had to go. */
  BUFFER_FULL,
  /** Another process has said that the metric is of another kind. */
  KIND_CONFLICT,
  /** The recorder already has as many metrics as it may. */
  TOO_MANY_METRICS,
  /** It was recorded after {@code close}, or could not be shipped until then. */
  CLOSED,
  /**
   * It was sent, nothing told whether it arrived, and it is too late to send it again: it may be in
   * the log after all.
   */
  UNCERTAIN;

  /** The word in metrics and messages, for example {@code buffer_full}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
