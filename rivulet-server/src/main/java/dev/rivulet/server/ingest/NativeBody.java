package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.Limits;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body in the native format: one item, an array of them, or one on each line.
 *
 * @param <D> what an item is before admission
 * @param noun what an item is called in errors
 * @param reader reads one object and hands it over, or rejects it
 */
record NativeBody<D>(String noun, ItemReader<D> reader) {
  private static final int TYPICAL_BYTES = 200;

  /** Reads one object, whose opening brace is the current token. */
  interface ItemReader<D> {
    void read(JsonCursor in, byte[] body, ParsedBody.Collector<D> items) throws IOException;
  }

  /**
   * Reads a decompressed body.
   *
   * @param contentType the header's value: {@code application/x-ndjson}, {@code application/ndjson}
   *     and {@code application/jsonl} mean one item on each line, anything else one JSON text
   * @throws UnreadableBody {@code INVALID_JSON} 400 when it is empty or, being one JSON text,
   *     malformed; {@code TOO_MANY_EVENTS} 413. A malformed line is a rejection of that line
   */
  ParsedBody<D> parse(byte[] body, @Nullable String contentType) throws UnreadableBody {
    int from = Json.textStart(body);
    return isLines(contentType) ? lines(body, from) : text(body, from);
  }

  private static boolean isLines(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return switch (type.trim().toLowerCase(Locale.ROOT)) {
      case "application/x-ndjson", "application/ndjson", "application/jsonl" -> true;
      default -> false;
    };
  }

  private ParsedBody<D> text(byte[] body, int from) throws UnreadableBody {
    Json.checkText(body, from);
    try (var in = new JsonCursor(body, from, body.length)) {
      JsonToken first = in.next();
      ParsedBody<D> parsed;
      if (first == JsonToken.START_OBJECT) {
        var one = new ParsedBody.Collector<D>(1);
        reader.read(in, body, one);
        parsed = one.body(true);
      } else if (first == JsonToken.START_ARRAY) {
        parsed = array(in, body);
      } else {
        throw UnreadableBody.invalidJson(
            "the body is "
                + Json.nounOf(first)
                + ", not "
                + article()
                + " object or an array of them");
      }
      if (in.next() != null) {
        throw UnreadableBody.invalidJson(
            "more JSON follows the first; send several "
                + noun
                + "s as an array, or with the content type application/x-ndjson");
      }
      return parsed;
    } catch (IOException e) {
      throw UnreadableBody.invalidJson(Json.detail(e, from));
    }
  }

  private ParsedBody<D> array(JsonCursor in, byte[] body) throws IOException, UnreadableBody {
    var items =
        new ParsedBody.Collector<D>(
            Math.min(Limits.REQUEST_EVENTS, body.length / TYPICAL_BYTES + 1));
    for (JsonToken item = in.next(); item != JsonToken.END_ARRAY; item = in.next()) {
      checkCount(items);
      if (item == JsonToken.START_OBJECT) {
        reader.read(in, body, items);
      } else {
        items.reject(Refusal.INVALID_JSON, notAnItem(item));
        in.skip();
      }
    }
    return items.body(false);
  }

  private ParsedBody<D> lines(byte[] body, int from) throws UnreadableBody {
    var items = new ParsedBody.Collector<D>(16);
    int end;
    for (int start = from; start < body.length; start = end + 1) {
      end = start;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (!Json.isBlank(body, start, end)) {
        checkCount(items);
        line(body, start, end, items);
      }
    }
    if (items.items() == 0) {
      throw UnreadableBody.invalidJson("the body is empty; send " + article() + " on each line");
    }
    return items.body(false);
  }

  /** A parser for each line: what a malformed one opens cannot reach into the next. */
  private void line(byte[] body, int start, int end, ParsedBody.Collector<D> items) {
    int invalid = Utf8.firstInvalid(body, start, end);
    if (invalid >= 0) {
      items.reject(Refusal.INVALID_JSON, Json.notUtf8(body, invalid));
      return;
    }
    var line = new ParsedBody.Collector<D>(1);
    try (var in = new JsonCursor(body, start, end)) {
      JsonToken first = in.next();
      if (first != JsonToken.START_OBJECT) {
        items.reject(Refusal.INVALID_JSON, notAnItem(first));
        return;
      }
      reader.read(in, body, line);
      if (in.next() != null) {
        items.reject(Refusal.INVALID_JSON, "more JSON follows the " + noun + " on its line");
        return;
      }
    } catch (IOException e) {
      items.reject(Refusal.INVALID_JSON, Json.detail(e, start));
      return;
    }
    items.append(line);
  }

  private String notAnItem(@Nullable JsonToken item) {
    return "the item is " + Json.nounOf(item) + ", not " + article() + " object";
  }

  private String article() {
    return (noun.startsWith("e") ? "an " : "a ") + noun;
  }

  private void checkCount(ParsedBody.Collector<D> items) throws UnreadableBody {
    if (items.isFull()) {
      throw tooMany(413, noun);
    }
  }

  static UnreadableBody tooMany(int status, String noun) {
    return new UnreadableBody(
        Refusal.TOO_MANY_EVENTS,
        status,
        "the body holds more than "
            + Limits.REQUEST_EVENTS
            + " "
            + noun
            + "s; send them in several requests");
  }
}
