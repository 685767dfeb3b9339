package dev.rivulet.server.http;

/**
 * A rate limit: tokens flow in evenly up to a burst, each item takes one. A request larger than
 * what is there is let through while any token is left and leaves a debt, so that every size of
 * batch passes at the same average rate. Thread-safe.
 */
final class TokenBucket {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private double tokens;
  private long filledAt;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = nowNanos;
  }

  /**
   * Takes {@code count} tokens.
   *
   * @return 0 when taken, else after how many seconds it is worth trying again
   */
  synchronized long take(long count, long nowNanos) {
    fill(nowNanos);
    if (tokens < 1) {
      return Math.max(1, (long) Math.ceil((1 - tokens) / perSecond));
    }
    tokens -= count;
    return 0;
  }

  /** Seconds until a token is there; 0 when one is. */
  synchronized long secondsLeft(long nowNanos) {
    fill(nowNanos);
    return tokens >= 1 ? 0 : Math.max(1, (long) Math.ceil((1 - tokens) / perSecond));
  }

  /** Whether nothing would be lost by forgetting this bucket. */
  synchronized boolean isFull(long nowNanos) {
    fill(nowNanos);
    return tokens >= burst;
  }

  private void fill(long nowNanos) {
    tokens = Math.min(burst, tokens + Math.max(0, nowNanos - filledAt) / NANOS * perSecond);
    filledAt = nowNanos;
  }
}
