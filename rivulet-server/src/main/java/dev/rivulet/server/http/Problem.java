package dev.rivulet.server.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of a request, answered as a problem document (RFC 9457). The message says which value
 * is wrong and what would be right. It is an expected outcome and so carries no stack trace.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final String MEDIA_TYPE = "application/problem+json";

  private final int status;
  private final String detail;
  private final @Nullable String field;
  private final @Nullable String reason;
  private final transient Map<String, String> headers;

  private Problem(
      int status,
      String detail,
      @Nullable String field,
      @Nullable String reason,
      Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.detail = detail;
    this.field = field;
    this.reason = reason;
    this.headers = headers;
  }

  static Problem of(int status, String detail) {
    return new Problem(status, detail, null, null, Map.of());
  }

  /** 400: the parameter or field {@code field} has a value that is no good. */
  static Problem badField(String field, String detail) {
    return new Problem(400, detail, field, null, Map.of());
  }

  static Problem badRequest(String detail) {
    return of(400, detail);
  }

  static Problem notFound(String detail) {
    return of(404, detail);
  }

  static Problem unauthorized(String detail) {
    return new Problem(401, detail, null, null, Map.of("WWW-Authenticate", "Bearer"));
  }

  static Problem forbidden(String detail) {
    return of(403, detail);
  }

  static Problem methodNotAllowed(String detail, String allowed) {
    return new Problem(405, detail, null, null, Map.of("Allow", allowed));
  }

  static Problem tooManyRequests(String detail, long retryAfterSeconds) {
    return new Problem(429, detail, null, null, retryAfter(retryAfterSeconds));
  }

  /** 503: nothing was promised, trying again is right. */
  static Problem unavailable(String detail, long retryAfterSeconds) {
    return new Problem(503, detail, null, null, retryAfter(retryAfterSeconds));
  }

  private static Map<String, String> retryAfter(long seconds) {
    return Map.of("Retry-After", Long.toString(Math.max(1, seconds)));
  }

  /** This problem with a word of the closed set of refusals. */
  Problem withReason(String word) {
    return new Problem(status, detail, field, word, headers);
  }

  /** This problem about the field {@code name}. */
  Problem withField(@Nullable String name) {
    return new Problem(status, detail, name, reason, headers);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] toJson() {
    var out = new ByteArrayOutputStream(192);
    try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
      json.writeStartObject();
      // RFC 9457, 4.2.1: "about:blank" says that the status tells the kind of problem.
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", HttpResponseStatus.valueOf(status).reasonPhrase());
      json.writeNumberField("status", status);
      json.writeStringField("detail", detail);
      if (field != null) {
        json.writeStringField("field", field);
      }
      if (reason != null) {
        json.writeStringField("reason", reason);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
