package dev.rivulet.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * Revisions in headers: {@code ETag} tells one, {@code If-Match} expects one, {@code If-None-Match:
 * *} none.
 */
final class IfMatch {
  private IfMatch() {}

  /** Tells the revision of what is answered. */
  static void tell(Exchange exchange, int revision) {
    exchange.response().putHeader(HttpHeaderNames.ETAG, tag(revision));
  }

  static String tag(int revision) {
    return "\"" + revision + "\"";
  }

  /** The revision that is to be replaced, 0 with {@code If-None-Match: *}, null for any. */
  static @Nullable Integer replaced(Exchange exchange) {
    String none = exchange.header(HttpHeaderNames.IF_NONE_MATCH);
    if (none == null) {
      return revision(exchange);
    }
    if (none.trim().equals("*")) {
      return 0;
    }
    throw Problem.badField(
        "If-None-Match",
        "If-None-Match '" + none + "' is not *, which asks that the name is still free");
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
