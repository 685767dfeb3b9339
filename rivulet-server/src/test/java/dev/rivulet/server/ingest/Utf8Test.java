package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The JDK's decoder is the twin. */
class Utf8Test {
  @Test
  void firstInvalid_everySequenceOfThreeBytes_agreesWithTheDecoder() {
    byte[] bytes = new byte[3];
    for (int first = 0x7e; first < 0x100; first++) {
      for (int second = 0x7e; second < 0x100; second++) {
        for (int third = 0x7e; third < 0x100; third++) {
          bytes[0] = (byte) first;
          bytes[1] = (byte) second;
          bytes[2] = (byte) third;
          assertEquals(decoded(bytes), Utf8.firstInvalid(bytes, 0, 3), "" + first + second + third);
        }
      }
    }
  }

  @Test
  void firstInvalid_mutatedText_agreesWithTheDecoder() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    byte[] text =
        "plain ascii, ünïcödé, 漢字, 😀🇨🇭, end".repeat(3).getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = text.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertEquals(decoded(bytes), Utf8.firstInvalid(bytes, 0, bytes.length), "seed " + seed);
    }
  }

  private static int decoded(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(in, CharBuffer.allocate(bytes.length), true);
    return result.isError() ? in.position() : -1;
  }
}
