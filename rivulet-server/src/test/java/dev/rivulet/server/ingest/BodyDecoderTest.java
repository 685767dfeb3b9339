package dev.rivulet.server.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDecoderTest {
  private static final byte[] TEXT =
      "{\"event\":\"signup\",\"user\":\"u1\"}\n".repeat(40).getBytes(StandardCharsets.UTF_8);

  private final BodyDecoder decoder = new BodyDecoder();

  @Test
  void decode_noEncoding_isTheBodyItself() throws Exception {
    assertSame(TEXT, decoder.decode(TEXT, null));
    assertSame(TEXT, decoder.decode(TEXT, ""));
    assertSame(TEXT, decoder.decode(TEXT, " Identity "));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 70_000, 1 << 20, Limits.BODY_BYTES})
  void decode_anySize_roundTrips(int size) throws Exception {
    byte[] text = new byte[size];
    new Random(size).nextBytes(text);
    Arrays.fill(text, size / 2, size, (byte) 'x');
    assertArrayEquals(text, decoder.decode(gzip(text), "GZip"));
    assertArrayEquals(text, decoder.decode(Zstd.compress(text), "ZSTD"));
    assertArrayEquals(text, decoder.decode(zstdStream(text), "zstd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "gzip\r\nX: y", "\ud800"})
  void decode_unknownEncoding_isNamed(String encoding) {
    var refused = assertThrows(UnreadableBody.class, () -> decoder.decode(TEXT, encoding));
    assertEquals(Refusal.UNSUPPORTED_ENCODING, refused.reason());
    assertEquals(415, refused.status());
    assertTrue(refused.detail().contains("send gzip, zstd or identity"), refused.detail());
    assertTrue(refused.detail().chars().noneMatch(c -> c < ' '), refused.detail());
  }

  @Test
  void decode_severalMembersAndFrames_areOneBody() throws Exception {
    byte[] half = Arrays.copyOf(TEXT, TEXT.length / 2);
    byte[] rest = Arrays.copyOfRange(TEXT, TEXT.length / 2, TEXT.length);
    byte[] empty = gzip(new byte[0]);
    assertArrayEquals(
        TEXT, decoder.decode(joined(gzip(half), empty, gzip(rest), new byte[9]), "gzip"));
    assertArrayEquals(
        TEXT, decoder.decode(joined(Zstd.compress(half), Zstd.compress(rest)), "zstd"));
  }

  @Test
  void decode_gzipHeaderWithEverything_isSkipped() throws Exception {
    byte[] plain = gzip(TEXT);
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 2 | 4 | 8 | 16;
    byte[] fields = {3, 0, 'a', 'b', 'c', 'n', 0, 'c', 0, 1, 2};
    byte[] body = joined(header, fields, Arrays.copyOfRange(plain, 10, plain.length));
    assertArrayEquals(TEXT, decoder.decode(body, "gzip"));
    for (int length = 0; length < body.length; length++) {
      assertCorrupt(Arrays.copyOf(body, length), "gzip");
    }
  }

  @Test
  void decode_truncatedAnywhere_isRefused() throws Exception {
    for (int length = 0; length < gzip(TEXT).length; length++) {
      assertCorrupt(Arrays.copyOf(gzip(TEXT), length), "gzip");
    }
    for (int length = 1; length < zstdStream(TEXT).length; length++) {
      assertCorrupt(Arrays.copyOf(zstdStream(TEXT), length), "zstd");
    }
    assertCorrupt(TEXT, "gzip");
    assertCorrupt(TEXT, "zstd");
  }

  @Test
  void decode_anyBitFlipped_isRefusedOrTheSame() throws Exception {
    for (boolean isGzip : new boolean[] {true, false}) {
      byte[] whole = isGzip ? gzip(TEXT) : Zstd.compress(TEXT);
      for (int bit = 0; bit < whole.length * 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        byte[] decoded;
        try {
          decoded = decoder.decode(flipped, isGzip ? "gzip" : "zstd");
        } catch (UnreadableBody e) {
          continue;
        }
        // A zstd frame has no checksum by default: other bytes may come out of it, never more.
        assertTrue(!isGzip || Arrays.equals(TEXT, decoded), "bit " + bit);
      }
    }
    assertArrayEquals(TEXT, decoder.decode(gzip(TEXT), "gzip"));
  }

  @Test
  void decode_bomb_stopsAtTheBound() throws Exception {
    byte[] zeros = new byte[Limits.BODY_BYTES + 1];
    assertTooLarge(zeros, "identity");
    assertTooLarge(gzip(zeros), "gzip");
    assertTooLarge(Zstd.compress(zeros), "zstd");
    byte[] mebibytes = gzip(new byte[1 << 20]);
    byte[][] many = new byte[500][];
    Arrays.fill(many, mebibytes);
    long start = System.nanoTime();
    assertTooLarge(joined(many), "gzip");
    assertTrue(System.nanoTime() - start < 5_000_000_000L, "stopped at the bound");
  }

  @Test
  void decode_zstdWithHugeWindow_isRefused() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(out)) {
      zstd.setLong(27);
      zstd.write(TEXT);
    }
    assertCorrupt(out.toByteArray(), "zstd");
  }

  private void assertCorrupt(byte[] body, String encoding) {
    var refused =
        assertThrows(
            UnreadableBody.class,
            () -> decoder.decode(body, encoding),
            encoding + " of " + body.length);
    assertEquals(Refusal.INVALID_JSON, refused.reason());
    assertEquals(400, refused.status());
    assertTrue(refused.detail().contains("not a whole " + encoding), refused.detail());
  }

  private void assertTooLarge(byte[] body, String encoding) {
    var refused = assertThrows(UnreadableBody.class, () -> decoder.decode(body, encoding));
    assertEquals(Refusal.BODY_TOO_LARGE, refused.reason());
    assertEquals(413, refused.status());
  }

  private static byte[] gzip(byte[] text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    }
    return out.toByteArray();
  }

  private static byte[] zstdStream(byte[] text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zstd = new ZstdOutputStream(out)) {
      zstd.write(text);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
