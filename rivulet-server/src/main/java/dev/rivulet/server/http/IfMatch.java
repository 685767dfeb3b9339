package dev.rivulet.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/** Revisions in headers: {@code ETag} tells one, {@code If-Match} expects one. */
final class IfMatch {
  private IfMatch() {}

  /** Tells the revision of what is answered. */
  static void tell(Exchange exchange, int revision) {
    exchange.response().putHeader(HttpHeaderNames.ETAG, tag(revision));
  }

  static String tag(int revision) {
    return "\"" + revision + "\"";
  }

  /** The revision of {@code If-Match}, as an answer's {@code ETag} gave it; null without. */
  static @Nullable Integer revision(Exchange exchange) {
    String header = exchange.header(HttpHeaderNames.IF_MATCH);
    if (header == null) {
      return null;
    }
    String tag = header.trim();
    try {
      return Integer.valueOf(
          tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")
              ? tag.substring(1, tag.length() - 1)
              : tag);
    } catch (NumberFormatException e) {
      throw Problem.badField(
          "If-Match",
          "If-Match '" + header + "' is not a revision as an ETag gave it, for example \"3\"");
    }
  }
}
