package dev.rivulet.server.cli.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ScanTest {
  private static final long SEED = 20261123;
  private static final byte[] LIKELY = {0, 1, 0x1F, 0x20, '!', '"', '#', '[', '\\', ']', 0x7F, -1};

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void indexOf_anyBytes_isTheFirstPlace() {
    for (var round = 0; round < 20_000; round++) {
      var bytes = bytes(random.nextInt(40));
      var from = random.nextInt(bytes.length + 1);
      var to = from + random.nextInt(bytes.length - from + 1);
      var first = from;
      while (first < to && bytes[first] != '"') {
        first++;
      }
      var either = from;
      while (either < to && bytes[either] != '"' && bytes[either] != '\\') {
        either++;
      }
      assertEquals(first, Scan.indexOf(bytes, from, to, '"'), "seed " + SEED);
      assertEquals(either, Scan.indexOf(bytes, from, to, '"', '\\'), "seed " + SEED);
    }
  }

  @Test
  void isPlain_anyWord_asEachOfItsBytes() {
    for (var round = 0; round < 20_000; round++) {
      var bytes = bytes(Long.BYTES);
      var plain = true;
      for (var b : bytes) {
        plain &= b >= 0x20 && b != '"' && b != '\\';
      }
      assertEquals(plain, Scan.isPlain((long) Scan.WORDS.get(bytes, 0)), "seed " + SEED);
    }
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    for (var i = 0; i < length; i++) {
      bytes[i] = random.nextInt(6) == 0 ? LIKELY[random.nextInt(LIKELY.length)] : (byte) 'a';
    }
    return bytes;
  }
}
