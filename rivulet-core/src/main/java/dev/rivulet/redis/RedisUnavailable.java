package dev.rivulet.redis;

import org.jspecify.annotations.Nullable;

/**
 * Redis could not be reached, or went away, or took too long: nothing is known about the commands
 * whose replies had not been read. They may have been applied; re-read before writing again.
 */
public final class RedisUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RedisUnavailable(String message) {
    super(message);
  }

  public RedisUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
