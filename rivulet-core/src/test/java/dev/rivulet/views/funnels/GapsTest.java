package dev.rivulet.views.funnels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GapsTest {
  @Test
  void quantile_ofFewTimes_isInterpolated() {
    var gaps = new Gaps();
    assertNull(gaps.quantileSeconds(0.5));
    for (long millis : new long[] {4_000, 1_000, 2_000, 10_000}) {
      gaps.add(millis);
    }
    assertEquals(3.0, gaps.quantileSeconds(0.5));
    assertEquals(8.2, gaps.quantileSeconds(0.9), 1e-9);
    assertEquals(10.0, gaps.quantileSeconds(1));
    assertTrue(gaps.isExact());
  }

  @Test
  void quantile_pastTheBound_isOffByAHundredth() {
    var gaps = new Gaps();
    for (int i = 0; i <= Gaps.MOST_EXACT; i++) {
      gaps.add(i * 1_000L);
    }
    assertFalse(gaps.isExact());
    for (double q : new double[] {0.01, 0.5, 0.9, 1}) {
      Double found = gaps.quantileSeconds(q);
      assertNotNull(found);
      assertEquals(q * Gaps.MOST_EXACT, found, q * Gaps.MOST_EXACT * 0.0101);
    }
  }

  @Test
  void histogram_takesItsStartsAndItsEnd() {
    var gaps = new Gaps();
    for (long millis : new long[] {0, 999, 1_000, 4_999, 5_000, 9_000}) {
      gaps.add(millis);
    }
    assertArrayEquals(new long[] {2, 2, 2}, gaps.histogram(new long[] {0, 1_000, 5_000, 9_000}));
  }

  @Test
  void bins_ofTheLongestWindow_haveAPlace() {
    var gaps = new Gaps();
    gaps.bins();
    gaps.add(Funnel.LONGEST_WINDOW_MILLIS);
    Double days = gaps.quantileSeconds(0.5);
    assertNotNull(days);
    assertEquals(365.0 * 86_400, days, 365.0 * 864);
  }
}
