package dev.rivulet.server.cli.imports;

import dev.rivulet.server.cli.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Access logs as Apache and nginx write them, "common" and "combined":
 *
 * <pre>host ident user [time] "method target protocol" status bytes "referrer" "user agent"</pre>
 *
 * <p>Parsed over the bytes, without expressions or strings. The target loses its query; otherwise
 * it stays as it is, {@code %}-encodings included. Fields after the user agent are ignored. Not
 * safe for use by several threads.
 */
final class AccessLogFormat implements LineFormat {
  private static final byte[] USER = ascii(",\"user\":\"");
  private static final byte[] ID = ascii("\",\"id\":");
  private static final byte[] TIME = ascii(",\"time\":");
  private static final byte[] PATH = ascii(",\"properties\":{\"path\":");
  private static final byte[] METHOD = ascii(",\"method\":\"");
  private static final byte[] STATUS = ascii("\",\"status\":");
  private static final byte[] BYTES = ascii(",\"bytes\":");
  private static final byte[] REFERRER = ascii(",\"referrer\":");
  private static final byte[] USER_AGENT = ascii(",\"userAgent\":");
  private static final byte[] END = ascii("}}");

  /** Ids of people are bounded on the server; no address comes near. */
  private static final int MAX_HOST = 180;

  private static final int MAX_METHOD = 32;
  private static final int NO_QUOTE = -1;

  private final boolean combined;
  private final boolean personWithAgent;
  private final byte[] beginning;
  private final LogTime time = new LogTime();

  /**
   * @param combined whether a line must have a referrer and a user agent; otherwise it may
   * @param personWithAgent whether the user agent is part of who someone is
   */
  AccessLogFormat(String event, boolean combined, boolean personWithAgent) {
    this.combined = combined;
    this.personWithAgent = personWithAgent;
    var writer = new EventWriter();
    writer.raw(ascii("{\"event\":"));
    writer.string(event);
    this.beginning = Arrays.copyOf(writer.bytes(), writer.length());
  }

  @Override
  public @Nullable String write(LineBlock block, int index, EventWriter out) {
    var b = block.bytes;
    var from = block.starts[index];
    var to = block.ends[index];
    if (from == to) {
      return "the line is empty";
    }
    var hostEnd = Scan.indexOf(b, from, to, ' ');
    if (hostEnd == from || hostEnd == to || hostEnd - from > MAX_HOST) {
      return "it does not begin with a client address";
    }
    var timeAt = timeStart(b, hostEnd, to);
    if (timeAt < 0) {
      return "it has no time such as [10/Oct/2000:13:55:36 -0700]";
    }
    var millis = time.millis(b, timeAt);
    if (millis == LogTime.INVALID) {
      return "its time is not a real one: " + excerpt(b, timeAt, timeAt + LogTime.LENGTH);
    }
    var requestAt = timeAt + LogTime.LENGTH + 3;
    if (requestAt > to || b[requestAt - 2] != ' ' || b[requestAt - 1] != '"') {
      return "it has no request in quotation marks after the time";
    }
    var requestEnd = requestEnd(b, requestAt, to);
    if (requestEnd == NO_QUOTE) {
      return "its request has no closing quotation mark before a status";
    }
    if (requestEnd == requestAt || (requestEnd == requestAt + 1 && b[requestAt] == '-')) {
      return "its request is missing (\"-\"): the client sent none";
    }
    var methodEnd = methodEnd(b, requestAt, requestEnd);
    if (methodEnd < 0 || b[methodEnd] != ' ') {
      return "its request has no method and path: " + excerpt(b, requestAt, requestEnd);
    }
    var pathAt = methodEnd + 1;
    var pathEnd = Scan.indexOf(b, pathAt, targetEnd(b, pathAt, requestEnd), '?');
    if (pathEnd == pathAt) {
      return "its request has no path: " + excerpt(b, requestAt, requestEnd);
    }
    var statusAt = requestEnd + 2;
    var status = number(b, statusAt, statusAt + 3);
    var bytesAt = statusAt + 4;
    if (bytesAt >= to || b[bytesAt - 1] != ' ') {
      return "it ends before the number of bytes";
    }
    var bytesEnd = Scan.indexOf(b, bytesAt, to, ' ');
    var noBytes = bytesEnd == bytesAt + 1 && b[bytesAt] == '-';
    var bytes = noBytes ? 0 : number(b, bytesAt, bytesEnd);
    if (bytes < 0) {
      return "its number of bytes is not a number: " + excerpt(b, bytesAt, bytesEnd);
    }

    var referrerAt = bytesEnd + 2;
    var referrerEnd = quoted(b, bytesEnd, to);
    var agentAt = referrerEnd + 3;
    var agentEnd = referrerEnd == NO_QUOTE ? NO_QUOTE : lastQuoted(b, referrerEnd + 1, to);
    if (combined && agentEnd == NO_QUOTE) {
      return referrerEnd == NO_QUOTE
          ? "it is cut off: a combined log has a referrer after the bytes"
          : "it is cut off: a combined log has a user agent after the referrer";
    }

    out.raw(beginning);
    out.raw(USER);
    out.content(b, from, hostEnd);
    if (personWithAgent && agentEnd != NO_QUOTE) {
      out.raw('+');
      out.hex(ContentDigest.of(b, agentAt, agentEnd));
    }
    out.raw(ID);
    out.id(block.digests[index], block.numbers[index]);
    out.raw(TIME);
    out.number(millis);
    out.raw(PATH);
    text(out, b, pathAt, pathEnd);
    out.raw(METHOD);
    out.raw(b, requestAt, methodEnd);
    out.raw(STATUS);
    out.number(status);
    if (!noBytes) {
      out.raw(BYTES);
      out.number(bytes);
    }
    if (present(b, referrerAt, referrerEnd)) {
      out.raw(REFERRER);
      text(out, b, referrerAt, referrerEnd);
    }
    if (present(b, agentAt, agentEnd)) {
      out.raw(USER_AGENT);
      text(out, b, agentAt, agentEnd);
    }
    out.raw(END);
    return null;
  }

  /** Where the time begins: user names may hold spaces and brackets, so a bracket is not enough. */
  private static int timeStart(byte[] b, int from, int to) {
    var last = to - LogTime.LENGTH - 1;
    for (var i = Scan.indexOf(b, from, last, '[');
        i < last;
        i = Scan.indexOf(b, i + 1, last, '[')) {
      if (b[i + LogTime.LENGTH + 1] == ']' && b[i + 3] == '/') {
        return i + 1;
      }
    }
    return -1;
  }

  /** The quotation mark that ends the request: not escaped, and a status of 3 digits follows. */
  private static int requestEnd(byte[] b, int from, int to) {
    var last = to - 4;
    for (var i = Scan.indexOf(b, from, last, '"', '\\');
        i < last;
        i = Scan.indexOf(b, i + 1, last, '"', '\\')) {
      if (b[i] == '\\') {
        i++;
      } else if (b[i + 1] == ' '
          && number(b, i + 2, i + 5) >= 0
          && (i + 5 == to || b[i + 5] == ' ')) {
        return i;
      }
    }
    return NO_QUOTE;
  }

  /** The closing quotation mark of the quoted field that begins after the blank at {@code from}. */
  private static int quoted(byte[] b, int from, int to) {
    if (from + 2 >= to || b[from] != ' ' || b[from + 1] != '"') {
      return NO_QUOTE;
    }
    for (var i = Scan.indexOf(b, from + 2, to, '"', '\\');
        i < to;
        i = Scan.indexOf(b, i + 1, to, '"', '\\')) {
      if (b[i] == '\\') {
        i++;
      } else if (i + 1 == to || b[i + 1] == ' ') {
        return i;
      }
    }
    return NO_QUOTE;
  }

  /**
   * As {@link #quoted}, but a field whose line was cut off ends with the line: writers cut long
   * lines, and all that is counted stands before.
   */
  private static int lastQuoted(byte[] b, int from, int to) {
    var end = quoted(b, from, to);
    var begins = from + 1 < to && b[from] == ' ' && b[from + 1] == '"';
    return end == NO_QUOTE && begins ? to : end;
  }

  private static int methodEnd(byte[] b, int from, int to) {
    var i = from;
    for (; i < to && i - from <= MAX_METHOD; i++) {
      var letter = b[i];
      if ((letter < 'A' || letter > 'Z') && letter != '-' && letter != '_') {
        break;
      }
    }
    return i == from || i == to ? -1 : i;
  }

  /** The end of the target: a protocol after the last blank is not part of it. */
  private static int targetEnd(byte[] b, int from, int to) {
    for (var i = to - 1; i >= from; i--) {
      if (b[i] == ' ') {
        var protocol = to - i > 5 && b[i + 1] == 'H' && b[i + 2] == 'T' && b[i + 3] == 'T';
        return protocol && b[i + 4] == 'P' && b[i + 5] == '/' ? i : to;
      }
    }
    return to;
  }

  /** A decimal number, or −1. */
  private static long number(byte[] b, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    var value = 0L;
    for (var i = from; i < to; i++) {
      var digit = b[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static boolean present(byte[] b, int from, int to) {
    return to > from && !(to == from + 1 && b[from] == '-');
  }

  private static void text(EventWriter out, byte[] b, int from, int to) {
    if (Scan.indexOf(b, from, to, '\\') == to) {
      out.string(b, from, to);
    } else {
      out.logged(b, from, to);
    }
  }

  private static String excerpt(byte[] b, int from, int to) {
    return Printable.of(b, from, to, EXCERPT);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
