package dev.rivulet.redis;

/** Redis can be reached, but must not be used as it is; the message says what to change. */
public final class UnsuitableRedis extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsuitableRedis(String message) {
    super(message);
  }
}
