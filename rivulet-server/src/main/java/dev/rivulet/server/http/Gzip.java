package dev.rivulet.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses answers. Not in the connection's pipeline, so that ingest and streams pay nothing. */
final class Gzip {
  private Gzip() {}

  /** For answers made for one reader. */
  static byte[] fast(byte[] plain) {
    return zip(plain, Deflater.BEST_SPEED);
  }

  /** For files that are kept compressed. */
  static byte[] tight(byte[] plain) {
    return zip(plain, Deflater.BEST_COMPRESSION);
  }

  static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b;
  }

  private static byte[] zip(byte[] plain, int level) {
    var out = new ByteArrayOutputStream(plain.length / 3 + 64);
    try (OutputStream zip = new Leveled(out, level)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static final class Leveled extends GZIPOutputStream {
    private Leveled(OutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
