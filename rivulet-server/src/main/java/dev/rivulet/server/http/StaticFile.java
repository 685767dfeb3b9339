package dev.rivulet.server.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A file of the pages, ready to be sent.
 *
 * @param zipped the same compressed, null when that gains nothing
 * @param tag its entity tag, quoted
 */
record StaticFile(String mediaType, byte[] bytes, byte @Nullable [] zipped, String tag) {
  private static final int TAG_BYTES = 12;

  static StaticFile of(String name, byte[] bytes) {
    String mediaType = mediaType(name);
    byte[] zipped =
        mediaType.startsWith("image/png") || mediaType.startsWith("font/")
            ? null
            : Gzip.tight(bytes);
    boolean gains = zipped != null && zipped.length < bytes.length * 9L / 10;
    String tag = HexFormat.of().formatHex(sha256(bytes), 0, TAG_BYTES);
    return new StaticFile(mediaType, bytes, gains ? zipped : null, '"' + tag + '"');
  }

  /** The source that a Content-Security-Policy takes for an inline script. */
  static String scriptHash(byte[] script) {
    return "'sha256-" + Base64.getEncoder().encodeToString(sha256(script)) + "'";
  }

  private static String mediaType(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "json" -> "application/json";
      case "png" -> "image/png";
      case "woff2" -> "font/woff2";
      default -> "text/plain; charset=utf-8";
    };
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
