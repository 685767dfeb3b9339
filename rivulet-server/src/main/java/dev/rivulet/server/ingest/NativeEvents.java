package dev.rivulet.server.ingest;

import com.fasterxml.jackson.core.JsonToken;
import dev.rivulet.admission.Refusal;
import dev.rivulet.event.EventDraft;
import dev.rivulet.event.Limits;
import dev.rivulet.event.Properties;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The native format: {@code {"event","user","id"?,"time"?,"properties"?}}, one of them, an array of
 * them, or one on each line. Unknown fields are ignored. Properties stay slices of the body, which
 * must not be changed afterwards. Stateless.
 */
public final class NativeEvents {
  private static final int TYPICAL_EVENT_BYTES = 200;

  private NativeEvents() {}

  /**
   * Reads a decompressed body.
   *
   * @param contentType the header's value: {@code application/x-ndjson}, {@code application/ndjson}
   *     and {@code application/jsonl} mean one event on each line, anything else one JSON text
   * @throws UnreadableBody {@code INVALID_JSON} 400 when it is empty or, being one JSON text,
   *     malformed; {@code TOO_MANY_EVENTS} 413. A malformed line is a rejection of that line
   */
  public static ParsedBody parse(byte[] body, @Nullable String contentType) throws UnreadableBody {
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

  private static ParsedBody text(byte[] body, int from) throws UnreadableBody {
    Json.checkText(body, from);
    try (var in = new JsonCursor(body, from, body.length)) {
      JsonToken first = in.next();
      ParsedBody parsed;
      if (first == JsonToken.START_OBJECT) {
        var one = new ParsedBody.Collector(1);
        event(in, body, one);
        parsed = one.body(true);
      } else if (first == JsonToken.START_ARRAY) {
        parsed = array(in, body);
      } else {
        throw UnreadableBody.invalidJson(
            "the body is " + Json.nounOf(first) + ", not an event object or an array of them");
      }
      if (in.next() != null) {
        throw UnreadableBody.invalidJson(
            "more JSON follows the first; send several events as an array, or with the content"
                + " type application/x-ndjson");
      }
      return parsed;
    } catch (IOException e) {
      throw UnreadableBody.invalidJson(Json.detail(e, from));
    }
  }

  private static ParsedBody array(JsonCursor in, byte[] body) throws IOException, UnreadableBody {
    var items =
        new ParsedBody.Collector(
            Math.min(Limits.REQUEST_EVENTS, body.length / TYPICAL_EVENT_BYTES + 1));
    for (JsonToken item = in.next(); item != JsonToken.END_ARRAY; item = in.next()) {
      checkCount(items);
      if (item == JsonToken.START_OBJECT) {
        event(in, body, items);
      } else {
        items.reject(Refusal.INVALID_JSON, notAnEvent(item));
        in.skip();
      }
    }
    return items.body(false);
  }

  private static ParsedBody lines(byte[] body, int from) throws UnreadableBody {
    var items = new ParsedBody.Collector(16);
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
      throw UnreadableBody.invalidJson("the body is empty; send an event on each line");
    }
    return items.body(false);
  }

  /** A parser for each line: what a malformed one opens cannot reach into the next. */
  private static void line(byte[] body, int start, int end, ParsedBody.Collector items) {
    int invalid = Utf8.firstInvalid(body, start, end);
    if (invalid >= 0) {
      items.reject(Refusal.INVALID_JSON, Json.notUtf8(body, invalid));
      return;
    }
    var line = new ParsedBody.Collector(1);
    try (var in = new JsonCursor(body, start, end)) {
      JsonToken first = in.next();
      if (first != JsonToken.START_OBJECT) {
        items.reject(Refusal.INVALID_JSON, notAnEvent(first));
        return;
      }
      event(in, body, line);
      if (in.next() != null) {
        items.reject(Refusal.INVALID_JSON, "more JSON follows the event on its line");
        return;
      }
    } catch (IOException e) {
      items.reject(Refusal.INVALID_JSON, Json.detail(e, start));
      return;
    }
    items.append(line);
  }

  private static void event(JsonCursor in, byte[] body, ParsedBody.Collector items)
      throws IOException {
    int start = in.start();
    var draft = new EventDraft();
    in.beginEvent();
    while (in.nextField()) {
      switch (in.name()) {
        case "event" -> draft.name(in.text("event", Refusal.INVALID_EVENT));
        case "user" -> draft.by(in.text("user", Refusal.INVALID_USER));
        case "id" -> draft.id(in.text("id", Refusal.INVALID_ID));
        case "time" -> draft.at(in.time("time"));
        case "properties" -> {
          boolean given = in.object("properties", Limits.NESTING, Refusal.INVALID_PROPERTIES);
          draft.properties(
              given && !in.objectEmpty()
                  ? Properties.slice(body, in.objectStart(), in.objectEnd() - in.objectStart())
                  : Properties.NONE);
        }
        default -> in.skip();
      }
    }
    int length = in.start() + 1 - start;
    var fault = in.fault();
    if (length > Limits.EVENT_BYTES) {
      items.reject(Refusal.EVENT_TOO_LARGE, tooLarge(length));
    } else if (fault != null) {
      items.reject(fault.reason(), fault.detail());
    } else {
      items.accept(draft);
    }
  }

  static String tooLarge(int length) {
    return "the event is "
        + length
        + " bytes of JSON; at most "
        + Limits.EVENT_BYTES
        + " are taken";
  }

  static String notAnEvent(@Nullable JsonToken item) {
    return "the item is " + Json.nounOf(item) + ", not an event object";
  }

  private static void checkCount(ParsedBody.Collector items) throws UnreadableBody {
    if (items.isFull()) {
      throw tooMany(413);
    }
  }

  static UnreadableBody tooMany(int status) {
    return new UnreadableBody(
        Refusal.TOO_MANY_EVENTS,
        status,
        "the body holds more than "
            + Limits.REQUEST_EVENTS
            + " events; send them in several requests");
  }
}
