package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.rivulet.event.Limits;
import dev.rivulet.event.ParserWords;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** How bodies of JSON are read, and the words for what is wrong with them. */
final class Json {
  /**
   * The lengths of names, strings and numbers are bounded by the body's: one overlong item is
   * refused by itself and does not make its neighbours unreadable. Names are not interned, for
   * senders choose them.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000)
                  .maxNameLength(Limits.BODY_BYTES)
                  .maxStringLength(Limits.BODY_BYTES)
                  .maxNumberLength(Limits.BODY_BYTES)
                  .build())
          .build();

  private static final int QUOTED_CHARS = 80;
  private static final int DETAIL_CHARS = 240;

  private Json() {}

  /** The text between quotes, shortened, without control characters and broken surrogates. */
  static String quoted(@Nullable String text) {
    return "'" + clean(String.valueOf(text), QUOTED_CHARS) + "'";
  }

  /** {@code null}, or an article and a noun: what a value is instead of what it should be. */
  static String nounOf(@Nullable JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      default -> "null";
    };
  }

  /** What the parser says, with the byte of the body where it says it. */
  static String detail(IOException e, int from) {
    if (!(e instanceof JsonProcessingException json)) {
      return clean(String.valueOf(e.getMessage()), DETAIL_CHARS);
    }
    String words = clean(ParserWords.of(json), DETAIL_CHARS);
    long at = json.getLocation() == null ? -1 : json.getLocation().getByteOffset();
    return at < 0 ? words : words + " (at byte " + (from + at) + ")";
  }

  /** Where the text begins: a UTF-8 byte order mark is skipped. */
  static int textStart(byte[] body) {
    return body.length >= 3
            && (body[0] & 0xff) == 0xef
            && (body[1] & 0xff) == 0xbb
            && (body[2] & 0xff) == 0xbf
        ? 3
        : 0;
  }

  /** Whether {@code [from, to)} holds nothing but JSON's white space. */
  static boolean isBlank(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      byte b = body[at];
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  /**
   * @throws UnreadableBody when the text from {@code from} on is blank or not UTF-8
   */
  static void checkText(byte[] body, int from) throws UnreadableBody {
    if (isBlank(body, from, body.length)) {
      throw UnreadableBody.invalidJson("the body is empty; send JSON");
    }
    int invalid = Utf8.firstInvalid(body, from, body.length);
    if (invalid >= 0) {
      throw UnreadableBody.invalidJson(notUtf8(body, invalid));
    }
  }

  static String notUtf8(byte[] body, int invalid) {
    return "byte "
        + invalid
        + " (0x"
        + HexFormat.of().toHexDigits(body[invalid])
        + ") is not UTF-8";
  }

  private static String clean(String text, int limit) {
    var out = new StringBuilder(Math.min(text.length(), limit) + 1);
    for (int i = 0; i < text.length(); i++) {
      if (i == limit) {
        out.append('…');
        break;
      }
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < Math.min(text.length(), limit)
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        out.append(c).append(text.charAt(++i));
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
