package dev.rivulet.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void take_anySizeOfBatch_passesAtTheSameRate() {
    for (int batch : new int[] {1, 10, 250}) {
      var bucket = new TokenBucket(100, 200, 0);
      long taken = 0;
      for (long now = 0; now <= 100 * SECOND; now += SECOND / 500) {
        if (bucket.take(batch, now) == 0) {
          taken += batch;
        }
      }
      long fair = 200 + 100 * 100;
      assertTrue(Math.abs(taken - fair) <= batch, batch + " at a time: " + taken);
    }
  }

  @Test
  void take_refused_saysWhenToComeAgain() {
    var bucket = new TokenBucket(1, 2, 0);
    assertEquals(0, bucket.take(10, 0));
    long wait = bucket.take(1, 0);
    assertEquals(9, wait);
    assertEquals(0, bucket.take(1, wait * SECOND));
  }
}
