package dev.rivulet.log;

/**
 * The log cannot take events now: nothing was promised, and the sender should retry with the same
 * ids.
 */
public final class LogUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public LogUnavailable(String message) {
    super(message);
  }

  public LogUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this; // an expected outcome under load, thrown often
  }
}
