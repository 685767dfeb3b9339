package dev.rivulet.server.ingest;

import dev.rivulet.event.Limits;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip (RFC 1952) from array to array, several members included. {@code GZIPInputStream} makes an
 * inflater with 40 KB of native state and two buffers for every body; here each thread keeps one
 * inflater. Thread-safe.
 */
final class Gunzip {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final ThreadLocal<Inflater> inflaters = ThreadLocal.withInitial(() -> new Inflater(true));

  byte[] decode(byte[] body) throws UnreadableBody {
    Inflater inflater = inflaters.get();
    try {
      return decode(body, inflater);
    } finally {
      inflater.reset(); // or the thread would keep the body
    }
  }

  private static byte[] decode(byte[] body, Inflater inflater) throws UnreadableBody {
    var crc = new CRC32();
    byte[] out = new byte[BodyDecoder.firstGuess(claimedSize(body), body.length)];
    int size = 0;
    int at = 0;
    do {
      at = skipHeader(body, at);
      inflater.reset();
      inflater.setInput(body, at, body.length - at);
      int start = size;
      while (!inflater.finished()) {
        if (size == out.length) {
          out = BodyDecoder.grown(out);
        }
        int read = inflate(inflater, out, size);
        if (read == 0 && !inflater.finished()) {
          throw corrupt("it ends too early");
        }
        size += read;
      }
      at = body.length - inflater.getRemaining();
      crc.reset();
      crc.update(out, start, size - start);
      checkTrailer(body, at, crc.getValue(), size - start);
      at += TRAILER;
    } while (!isPadding(body, at));
    if (size > Limits.BODY_BYTES) {
      throw BodyDecoder.tooLarge();
    }
    return BodyDecoder.exactly(out, size);
  }

  private static int inflate(Inflater inflater, byte[] out, int size) throws UnreadableBody {
    try {
      return inflater.inflate(out, size, out.length - size);
    } catch (DataFormatException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  /** The size of the last member, modulo 2^32, which most often is the whole. */
  private static long claimedSize(byte[] body) {
    return body.length < HEADER + TRAILER ? 0 : littleEndian(body, body.length - 4);
  }

  private static int skipHeader(byte[] body, int start) throws UnreadableBody {
    if (body.length - start < HEADER + TRAILER) {
      throw corrupt("it is too short");
    }
    if (body[start] != 0x1f || (body[start + 1] & 0xff) != 0x8b) {
      throw corrupt("the magic bytes 1f 8b are missing");
    }
    int flags = body[start + 3] & 0xff;
    if (body[start + 2] != 8 || (flags & RESERVED) != 0) {
      throw corrupt("the method is not deflate");
    }
    int at = start + HEADER;
    if ((flags & EXTRA) != 0) {
      at += at + 2 <= body.length ? 2 + ((body[at] & 0xff) | (body[at + 1] & 0xff) << 8) : 2;
    }
    if ((flags & NAME) != 0) {
      at = afterZero(body, at);
    }
    if ((flags & COMMENT) != 0) {
      at = afterZero(body, at);
    }
    if ((flags & HEADER_CRC) != 0) {
      at += 2;
    }
    if (at + TRAILER > body.length) {
      throw corrupt("the header ends too early");
    }
    return at;
  }

  private static int afterZero(byte[] body, int from) {
    int at = from;
    while (at < body.length && body[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static void checkTrailer(byte[] body, int at, long crc, int size) throws UnreadableBody {
    if (at + TRAILER > body.length) {
      throw corrupt("it ends too early");
    }
    if (littleEndian(body, at) != crc || littleEndian(body, at + 4) != size) {
      throw corrupt("the checksum does not match");
    }
  }

  private static long littleEndian(byte[] bytes, int at) {
    return (bytes[at] & 0xffL)
        | (bytes[at + 1] & 0xffL) << 8
        | (bytes[at + 2] & 0xffL) << 16
        | (bytes[at + 3] & 0xffL) << 24;
  }

  /** Zeros may fill up the stream after its last member. */
  private static boolean isPadding(byte[] body, int from) {
    for (int at = from; at < body.length; at++) {
      if (body[at] != 0) {
        return false;
      }
    }
    return true;
  }

  private static UnreadableBody corrupt(String detail) {
    return BodyDecoder.corrupt("gzip", detail);
  }
}
