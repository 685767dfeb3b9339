package dev.rivulet.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  private static final double[] QUANTILES = {0, 0.1, 0.5, 0.9, 0.99, 1};

  @Test
  void quantile_ofFewValues_isInterpolatedBetweenRanks() {
    var two = of(List.of(10L, 20L));
    assertEquals(15.0, two.quantile(0.5));
    assertEquals(19.0, two.quantile(0.9), 1e-9);
    assertEquals(7.0, of(List.of(7L)).quantile(0.9));
    assertEquals(15.0, two.mean());
  }

  @Test
  void nothing_hasNoQuantile() {
    var nothing = new Distribution();
    assertNull(nothing.quantile(0.5));
    assertNull(nothing.mean());
    assertTrue(nothing.isEmpty());
    assertThrows(IllegalArgumentException.class, () -> nothing.add(-1));
    assertThrows(IllegalStateException.class, () -> nothing.remove(1));
  }

  @Test
  void quantile_agreesWithASortedList_exactlyOrWithinItsError() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      List<Long> values = values(random);
      Distribution one = of(values);
      boolean exact = values.stream().distinct().count() <= Distribution.MOST_EXACT;
      assertEquals(exact, one.isExact(), "seed " + seed);
      agrees(values, one, seed);
      agrees(values, copy(one), seed);
    }
  }

  @Test
  void merge_equalsAddingEverything() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      List<Long> all = new ArrayList<>();
      var merged = new Distribution();
      for (int part = 0; part < 4; part++) {
        List<Long> values = values(random);
        all.addAll(values);
        merged.merge(copy(of(values)));
      }
      agrees(all, merged, seed);
    }
  }

  @Test
  void remove_takesBackWhatAddDid() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Long> stay = values(random);
      List<Long> go = values(random);
      List<Long> all = new ArrayList<>(stay);
      all.addAll(go);
      Collections.shuffle(all, random);
      Distribution one = of(all);
      boolean wasExact = one.isExact();
      go.forEach(one::remove);
      agrees(stay, one, seed);
      assertEquals(wasExact, one.isExact());
    }
  }

  @Test
  void bytes_ofFormatOne_staysReadable() {
    byte[] golden = {1, 2, 20, 4, 40, 2, 100};
    var read = Distribution.decode(new ByteReader(golden, 0));
    assertEquals(3, read.count());
    assertEquals(50, read.sum());
    assertEquals(10.0, read.quantile(0.5));
    assertEquals(30.0, read.quantile(1));
    assertThrows(
        IllegalStateException.class,
        () -> Distribution.decode(new ByteReader(new byte[] {9, 0, 0}, 0)));
    assertFalse(read.isEmpty());
  }

  private static void agrees(List<Long> values, Distribution one, long seed) {
    List<Long> sorted = values.stream().sorted().toList();
    assertEquals(sorted.size(), one.count(), "seed " + seed);
    assertEquals(sorted.stream().mapToLong(Long::longValue).sum(), one.sum(), "seed " + seed);
    if (sorted.isEmpty()) {
      return;
    }
    for (double q : QUANTILES) {
      double rank = q * (sorted.size() - 1);
      double low = sorted.get((int) Math.floor(rank));
      double high = sorted.get((int) Math.ceil(rank));
      double found = one.quantile(q);
      if (one.isExact()) {
        assertEquals(low + (rank - Math.floor(rank)) * (high - low), found, 1e-6, "seed " + seed);
      } else {
        assertTrue(
            found >= low * (1 - Distribution.ERROR) - 1e-9
                && found <= high * (1 + Distribution.ERROR) + 1e-9,
            () -> "q " + q + ": " + found + " of " + low + " to " + high + ", seed " + seed);
      }
    }
  }

  private static List<Long> values(Random random) {
    int count = random.nextInt(random.nextBoolean() ? 20 : 2_000);
    double scale = Math.pow(10, 1 + random.nextInt(9));
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add((long) (scale * Math.abs(random.nextGaussian())));
    }
    return values;
  }

  private static Distribution of(List<Long> values) {
    var one = new Distribution();
    values.forEach(one::add);
    return one;
  }

  private static Distribution copy(Distribution one) {
    var out = new ByteWriter(16);
    one.encodeTo(out);
    return Distribution.decode(new ByteReader(out.toBytes(), 0));
  }
}
