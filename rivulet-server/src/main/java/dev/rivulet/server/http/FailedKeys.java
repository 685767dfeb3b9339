package dev.rivulet.server.http;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How often each address presented a wrong key, so that keys cannot be guessed in bulk. Remembers
 * at most {@value #MOST_ADDRESSES} addresses; when more misbehave at once, new ones share one
 * bucket. Thread-safe.
 */
final class FailedKeys {
  private static final int MOST_ADDRESSES = 10_000;
  private static final String OTHERS = "";
  private static final double SECONDS = 60;

  private final ConcurrentHashMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final int perMinute;

  FailedKeys(int perMinute) {
    this.perMinute = perMinute;
  }

  /**
   * Seconds for which {@code address} must wait before another key of its is looked at; 0: none.
   */
  long secondsLeft(String address, long nowNanos) {
    TokenBucket known = buckets.get(address);
    if (known == null && buckets.size() >= MOST_ADDRESSES) {
      known = buckets.get(OTHERS);
    }
    return known == null ? 0 : known.secondsLeft(nowNanos);
  }

  void add(String address, long nowNanos) {
    if (buckets.size() >= MOST_ADDRESSES && !buckets.containsKey(address)) {
      buckets.values().removeIf(bucket -> bucket.isFull(nowNanos));
    }
    String name =
        buckets.size() < MOST_ADDRESSES || buckets.containsKey(address) ? address : OTHERS;
    buckets
        .computeIfAbsent(name, fresh -> new TokenBucket(perMinute / SECONDS, perMinute, nowNanos))
        .take(1, nowNanos);
  }
}
