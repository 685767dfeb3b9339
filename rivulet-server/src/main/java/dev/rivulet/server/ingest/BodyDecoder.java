package dev.rivulet.server.ingest;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a body's {@code Content-Encoding}: {@code gzip}, {@code zstd} or {@code identity}. What
 * comes out is at most {@link Limits#BODY_BYTES} long; decompression stops there, so that a bomb
 * costs no more than an honest body of that size. Thread-safe.
 */
public final class BodyDecoder {
  /** log2 of the largest zstd window, 8 MiB: what RFC 8878 asks decoders to support. */
  private static final int ZSTD_WINDOW_LOG = 23;

  private static final int SMALLEST = 512;

  /** Above this ratio the size a stream claims for itself is not believed beforehand. */
  private static final int BELIEVED_RATIO = 64;

  private final Gunzip gunzip = new Gunzip();

  /**
   * The decompressed bytes; {@code body} itself where nothing is to be undone.
   *
   * @param contentEncoding the header's value in any case, null when there is none
   * @throws UnreadableBody {@code UNSUPPORTED_ENCODING} 415, {@code BODY_TOO_LARGE} 413, or {@code
   *     INVALID_JSON} 400 for a corrupt or truncated stream
   */
  public byte[] decode(byte[] body, @Nullable String contentEncoding) throws UnreadableBody {
    String encoding =
        contentEncoding == null ? "" : contentEncoding.trim().toLowerCase(Locale.ROOT);
    byte[] decoded =
        switch (encoding) {
          case "", "identity" -> body;
          case "gzip", "x-gzip" -> gunzip.decode(body);
          case "zstd" -> zstd(body);
          default ->
              throw new UnreadableBody(
                  Refusal.UNSUPPORTED_ENCODING,
                  415,
                  "content encoding "
                      + Json.quoted(contentEncoding)
                      + " is not supported; send gzip, zstd or identity");
        };
    if (decoded.length > Limits.BODY_BYTES) {
      throw tooLarge();
    }
    return decoded;
  }

  private static byte[] zstd(byte[] body) throws UnreadableBody {
    byte[] out = new byte[firstGuess(Zstd.getFrameContentSize(body), body.length)];
    int size = 0;
    try (var in =
        new ZstdInputStreamNoFinalizer(
            new ByteArrayInputStream(body), RecyclingBufferPool.INSTANCE)) {
      in.setLongMax(ZSTD_WINDOW_LOG);
      while (true) {
        int read = in.read(out, size, out.length - size);
        if (read < 0) {
          return exactly(out, size);
        }
        size += read;
        if (size == out.length) {
          out = grown(out);
        }
      }
    } catch (IOException e) {
      throw corrupt("zstd", String.valueOf(e.getMessage()));
    }
  }

  /** A size to start with, one more than claimed: so the end is seen without growing. */
  static int firstGuess(long claimed, int compressed) {
    long believed = Math.min((long) compressed * BELIEVED_RATIO, Limits.BODY_BYTES);
    long guess = claimed > 0 && claimed <= believed ? claimed : Math.min(believed, compressed * 4L);
    return (int) Math.max(SMALLEST, guess + 1);
  }

  /** A longer copy; its length never passes the limit by more than the byte that tells of it. */
  static byte[] grown(byte[] full) throws UnreadableBody {
    if (full.length > Limits.BODY_BYTES) {
      throw tooLarge();
    }
    return Arrays.copyOf(full, Math.min(full.length * 2, Limits.BODY_BYTES + 1));
  }

  static byte[] exactly(byte[] bytes, int size) {
    return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
  }

  static UnreadableBody corrupt(String encoding, String detail) {
    return UnreadableBody.invalidJson("the body is not a whole " + encoding + " stream: " + detail);
  }

  static UnreadableBody tooLarge() {
    return new UnreadableBody(
        Refusal.BODY_TOO_LARGE,
        413,
        "the body is larger than "
            + Limits.BODY_BYTES
            + " bytes after decompression; send fewer events at a time");
  }
}
