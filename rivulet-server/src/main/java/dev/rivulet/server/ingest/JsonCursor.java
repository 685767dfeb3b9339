package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.base.ParserBase;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of events from a part of a body, by places in the body. What is wrong with a
 * field is noted and does not stop the reading; of equal names the last wins, its fault included.
 * Not thread-safe.
 */
final class JsonCursor implements AutoCloseable {
  /**
   * Digits of a number that a JSON parser takes by default; a longer one could not be read back.
   */
  private static final int NUMBER_CHARS = 1_000;

  private final ParserBase parser;
  private final int from;
  private final Map<String, Fault> faults = new HashMap<>();
  private int objectStart;
  private int objectEnd;
  private boolean objectEmpty;
  private int reservedNames;

  /** Reads {@code [from, to)} of a body that is known to be UTF-8. */
  JsonCursor(byte[] body, int from, int to) throws IOException {
    // The only parser of bytes that Jackson has once encodings are not guessed.
    this.parser = (ParserBase) Json.FACTORY.createParser(body, from, to - from);
    this.from = from;
  }

  /** The next token, null at the end of the text. */
  @Nullable JsonToken next() throws IOException {
    return parser.nextToken();
  }

  /** Goes to the next field's value; false at the end of the object. */
  boolean nextField() throws IOException {
    return parser.nextToken() == JsonToken.FIELD_NAME;
  }

  /** The name of the field; the cursor goes on to its value. */
  String name() throws IOException {
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  @Nullable JsonToken token() {
    return parser.currentToken();
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  /** Where the current token begins, other than a field's name. */
  int start() {
    // Not currentTokenLocation(), which makes an object. The parser counts the byte it has read.
    return from + (int) parser.getTokenCharacterOffset() - 1;
  }

  /** Where the field's name begins, at its quotation mark. */
  int nameStart() {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Past the last byte of the current value. */
  int end() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
      return start() + 1;
    }
    parser.finishToken();
    return from + (int) parser.currentLocation().getByteOffset();
  }

  /** Forgets the faults of the event before. */
  void beginEvent() {
    faults.clear();
  }

  /** The first fault in the order of the reasons, or null. */
  @Nullable Fault fault() {
    return faults.isEmpty()
        ? null
        : Collections.min(faults.values(), Comparator.comparing(Fault::reason));
  }

  /** A string, or a number as its text; null for JSON's null and for what is noted as a fault. */
  @Nullable String text(String field, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        passed(field);
        return parser.getText();
      }
      case VALUE_NULL -> passed(field);
      default -> {
        fault(field, whenWrong, field + " is " + Json.nounOf(token) + ", not a string");
        parser.skipChildren();
      }
    }
    return null;
  }

  /** A finite number; NaN for what is noted as a fault. */
  double number(String field, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      double value = parser.getTextLength() > NUMBER_CHARS ? Double.NaN : parser.getDoubleValue();
      if (Double.isFinite(value)) {
        passed(field);
        return value;
      }
    }
    String found =
        token.isScalarValue() && token != JsonToken.VALUE_NULL
            ? Json.quoted(parser.getText())
            : Json.nounOf(token);
    fault(field, whenWrong, field + " is " + found + ", not a finite JSON number");
    parser.skipChildren();
    return Double.NaN;
  }

  /** Whether an object begins here, whose fields are read next; else null, or a noted fault. */
  boolean isObject(String field, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.VALUE_NULL) {
      passed(field);
      return token == JsonToken.START_OBJECT;
    }
    fault(field, whenWrong, field + " is " + Json.nounOf(token) + ", not an object");
    parser.skipChildren();
    return false;
  }

  /** A string, or a number or boolean as its text; null for null and for a noted fault. */
  @Nullable String scalar(String field, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
        ? parser.getText()
        : text(field, whenWrong);
  }

  /** Notes that a field that was read is wrong all the same. */
  void wrong(String field, Refusal reason, String detail) {
    fault(field, reason, detail);
  }

  /** A string, null for anything else; nothing is noted. */
  @Nullable String stringOrNull() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /**
   * The place of a string, its quotation marks included; null for JSON's null and for what is noted
   * as a fault.
   */
  @Nullable Span string(String field, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      passed(field);
      int start = start();
      return new Span(start, end());
    }
    if (token == JsonToken.VALUE_NULL) {
      passed(field);
    } else {
      fault(field, whenWrong, field + " is " + Json.nounOf(token) + ", not a string");
      parser.skipChildren();
    }
    return null;
  }

  /** The place of an object nested at most {@code depth} deep; null for anything else. */
  @Nullable Span sideObject(int depth) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      boolean kept = skipObject(depth) == null && !objectEmpty;
      return kept ? new Span(objectStart, objectEnd) : null;
    }
    parser.skipChildren();
    return null;
  }

  /** A time in epoch milliseconds; {@link EventDraft#ABSENT} for null and for a noted fault. */
  long time(String field) throws IOException {
    JsonToken token = parser.currentToken();
    long time = timeOrAbsent();
    if (time != TimeText.INVALID || token == JsonToken.VALUE_NULL) {
      passed(field);
    } else {
      String value =
          token.isScalarValue() ? Json.quoted(parser.getText()) : "as " + Json.nounOf(token);
      fault(field, Refusal.INVALID_TIME, field + " " + value + " " + TimeText.EXPECTED);
    }
    return time;
  }

  /**
   * A time in epoch milliseconds, {@link EventDraft#ABSENT} for anything else; nothing is noted.
   */
  long timeOrAbsent() throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case VALUE_STRING ->
          TimeText.parse(
              parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> epochMillis(token);
      default -> {
        parser.skipChildren();
        yield TimeText.INVALID;
      }
    };
  }

  private long epochMillis(JsonToken token) throws IOException {
    int length = parser.getTextLength();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return length > 18 ? TimeText.INVALID : TimeText.bounded(parser.getLongValue());
    }
    return length > NUMBER_CHARS ? TimeText.INVALID : TimeText.bounded(parser.getDoubleValue());
  }

  /**
   * Skips an object that is to be kept as bytes, and tells whether there is one: false for null and
   * for what is noted as a fault. Its place is then known until the next call.
   *
   * @param depth how deep it may be nested; an object of scalars has depth 1
   */
  boolean object(String field, int depth, Refusal whenWrong) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      String fault = skipObject(depth);
      if (fault == null) {
        passed(field);
        return true;
      }
      fault(field, whenWrong, field + " " + fault);
    } else if (token == JsonToken.VALUE_NULL) {
      passed(field);
    } else {
      fault(field, whenWrong, field + " is " + Json.nounOf(token) + ", not an object");
      parser.skipChildren();
    }
    return false;
  }

  /** Where the object of {@link #object} begins. */
  int objectStart() {
    return objectStart;
  }

  /** Past the closing brace of the object of {@link #object}. */
  int objectEnd() {
    return objectEnd;
  }

  /** Whether the object of {@link #object} has no fields. */
  boolean objectEmpty() {
    return objectEmpty;
  }

  /** Which {@link ReservedName}s are fields of the object of {@link #object}, as bits. */
  int reservedNames() {
    return reservedNames;
  }

  private @Nullable String skipObject(int allowed) throws IOException {
    objectStart = start();
    int depth = 1;
    int deepest = 1;
    int longest = 0;
    int fields = 0;
    int reserved = 0;
    while (depth > 0) {
      switch (parser.nextToken()) {
        case FIELD_NAME -> {
          if (depth == 1) {
            fields++;
            reserved |= ReservedName.bitOf(parser.currentName());
          }
        }
        case START_OBJECT, START_ARRAY -> deepest = Math.max(deepest, ++depth);
        case END_OBJECT, END_ARRAY -> depth--;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            longest = Math.max(longest, parser.getTextLength());
        default -> {}
      }
    }
    objectEnd = start() + 1;
    objectEmpty = fields == 0;
    reservedNames = reserved;
    if (deepest > allowed) {
      return "is nested " + deepest + " deep; at most " + allowed + " are taken";
    }
    if (longest > NUMBER_CHARS) {
      return "holds a number of " + longest + " characters; at most " + NUMBER_CHARS + " are taken";
    }
    return null;
  }

  private void fault(String field, Refusal reason, String detail) {
    faults.put(field, new Fault(reason, detail));
  }

  private void passed(String field) {
    if (!faults.isEmpty()) {
      faults.remove(field);
    }
  }

  /** What is wrong with a field. */
  record Fault(Refusal reason, String detail) {}

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
