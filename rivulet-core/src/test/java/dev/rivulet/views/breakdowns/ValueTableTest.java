package dev.rivulet.views.breakdowns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.rivulet.event.ByteWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ValueTableTest {
  /** Every kind of value, near misses among them: 10, "10", 10.0, a text that begins another. */
  private static Object value(Random random) {
    int number = random.nextInt(3_000) - 1_500;
    return switch (random.nextInt(5)) {
      case 0 -> (long) number;
      case 1 -> number / 2.0;
      case 2 -> Integer.toString(number);
      case 3 -> "ü".repeat(1 + random.nextInt(100)) + number % 7;
      default -> random.nextBoolean();
    };
  }

  @Test
  void at_valuesOfAnyKindInAnyOrder_addsUpAsAMapWould() {
    long seed = System.nanoTime();
    System.out.println("ValueTableTest: seed " + seed);
    var random = new Random(seed);
    var table = new ValueTable();
    Map<Object, Long> naive = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      Object value = value(random);
      var out = new ByteWriter(16);
      int before = random.nextInt(5);
      for (int pad = 0; pad < before; pad++) {
        out.oneByte(random.nextInt(256));
      }
      ValueCodec.write(out, value);
      byte[] bytes = out.toBytes();
      Value found = table.at(bytes, before, bytes.length);
      found.total++;
      assertSame(found, table.at(bytes, before, bytes.length));
      naive.merge(value, 1L, Long::sum);
    }
    Map<Object, Long> summed =
        table.values().stream().collect(Collectors.toMap(Value::value, value -> value.total));
    assertEquals(naive, summed);
  }
}
