package dev.rivulet.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rivulet.event.ByteReader;
import dev.rivulet.event.ByteWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void value_anyDoubles_isTheDecimalSumRoundedOnce() {
    for (int seed = 0; seed < 2_000; seed++) {
      List<Double> values = values(new Random(seed));
      var expected = BigDecimal.ZERO;
      var sum = new ExactSum();
      for (double value : values) {
        expected = expected.add(new BigDecimal(value));
        sum.add(value);
      }
      assertEquals(expected.doubleValue(), sum.value(), "seed " + seed);
    }
  }

  @Test
  void add_anyOrderAnySplit_sameBytes() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      List<Double> values = values(random);
      var whole = new ExactSum();
      values.forEach(whole::add);
      Collections.shuffle(values, random);
      int cut = random.nextInt(values.size());
      var left = new ExactSum();
      values.subList(0, cut).forEach(left::add);
      var right = new ExactSum();
      values.subList(cut, values.size()).forEach(right::add);
      left.add(right);
      assertArrayEquals(bytes(whole), bytes(left), "seed " + seed);
      ExactSum read = ExactSum.read(new ByteReader(bytes(whole), 0));
      assertEquals(whole.value(), read.value(), "seed " + seed);
      assertArrayEquals(bytes(whole), bytes(read), "seed " + seed);
    }
  }

  @Test
  void add_extremes_cancelExactly() {
    var sum = new ExactSum();
    sum.add(1e308);
    sum.add(Double.MIN_VALUE);
    sum.add(1);
    sum.add(-1e308);
    sum.add(-1);
    assertEquals(Double.MIN_VALUE, sum.value());
    sum.add(-Double.MIN_VALUE);
    assertEquals(0.0, sum.value());
    assertEquals(1, bytes(sum).length, "nothing is stored of nothing");
  }

  @Test
  void value_pastTheLargestDouble_isInfinite() {
    var sum = new ExactSum();
    sum.add(Double.MAX_VALUE);
    sum.add(Double.MAX_VALUE);
    assertEquals(Double.POSITIVE_INFINITY, sum.value());
    sum.add(-Double.MAX_VALUE);
    assertEquals(Double.MAX_VALUE, sum.value(), "the sum itself is not lost");
  }

  @Test
  void add_notFinite_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ExactSum().add(Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> new ExactSum().add(Double.NEGATIVE_INFINITY));
  }

  private static List<Double> values(Random random) {
    List<Double> values = new ArrayList<>();
    int count = 1 + random.nextInt(60);
    int shape = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      values.add(
          switch (shape) {
            case 0 -> (double) random.nextInt(1_000) - 500;
            case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(9));
            case 2 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(2_000) - 1_000);
            default -> random.nextBoolean() ? 0.1 : -0.1 * (1 + random.nextInt(3));
          });
    }
    return values;
  }

  private static byte[] bytes(ExactSum sum) {
    var out = new ByteWriter(64);
    sum.write(out);
    return out.toBytes();
  }
}
