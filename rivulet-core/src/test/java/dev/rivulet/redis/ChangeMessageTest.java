package dev.rivulet.redis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangeMessageTest {
  @Test
  void decode_givesWhatWasEncoded() {
    for (Set<String> projects : Set.of(Set.<String>of(), Set.of("default"), Set.of("a", "b.c"))) {
      var message = new ChangeMessage(-42, projects);
      assertEquals(message, ChangeMessage.decode(message.encode()));
    }
  }

  @Test
  void decode_ofTheMostProjectsWithTheLongestNames_givesThem() {
    Set<String> most = new HashSet<>();
    for (int i = 0; i < ChangeMessage.MOST_PROJECTS; i++) {
      most.add("p".repeat(60) + (1000 + i));
    }
    var message = new ChangeMessage(Long.MAX_VALUE, most);
    assertEquals(message, ChangeMessage.decode(message.encode()));
  }

  /** Kept for ever: nodes of two versions understand each other while one replaces the other. */
  @Test
  void encode_ofVersionOne_isTheseBytes() {
    byte[] bytes = {1, 0, 0, 0, 0, 0, 0, 0, 7, 1, 4, 's', 'h', 'o', 'p'};
    assertArrayEquals(bytes, new ChangeMessage(7, Set.of("shop")).encode());
  }

  @Test
  void decode_ofAnythingElse_isNothing() {
    byte[] good = new ChangeMessage(7, Set.of("shop", "site")).encode();
    for (int length = 0; length < good.length; length++) {
      assertNull(ChangeMessage.decode(Arrays.copyOf(good, length)), "cut to " + length);
    }
    assertNull(ChangeMessage.decode(Arrays.copyOf(good, good.length + 1)), "with a byte more");
    long seed = System.nanoTime();
    System.out.println("ChangeMessageTest seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      if (noise.length > 0 && random.nextBoolean()) {
        noise[0] = 1;
      }
      ChangeMessage read = ChangeMessage.decode(noise); // and throws nothing
      if (read != null) {
        assertEquals(read, ChangeMessage.decode(read.encode()));
      }
    }
  }
}
